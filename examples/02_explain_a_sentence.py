"""Explain a sentence: its score is a sum over marked words, and nothing else.

The same opinion is looked at twice: in the writer's own voice, and in a source's mouth.
"""

from __future__ import annotations

import framing

OWN = "The council's excuse is a disgrace, and nobody should believe a word of it."
QUOTED = "“The council's excuse is a disgrace, and nobody should believe a word of it,” she said."


def explain(text: str) -> framing.Verdict:
    [verdict] = framing.analyze(text)
    assert verdict.score is not None and verdict.base is not None
    print(f"{verdict.label} {verdict.probability:.2f}  {text}")

    # Underline what speaks for a comment (^) and what speaks for a report (~).
    line = [" "] * len(text)
    for part in verdict.contributions:
        for mark in part.evidence:
            if mark.end - mark.start < len(text):  # some marks are about the sentence as a whole
                for at in range(mark.start, mark.end):
                    line[at] = "^" if part.amount > 0 else "~"
    print(f"{' ' * len(f'{verdict.label} {verdict.probability:.2f}  ')}{''.join(line).rstrip()}")

    for part in verdict.contributions[:4]:
        print(f"    {part.amount:+.2f}  {part.feature}")
    rest = sum(part.amount for part in verdict.contributions[4:])
    print(f"    {rest:+.2f}  {len(verdict.contributions[4:])} more")
    print(f"    {verdict.base:+.2f}  base")
    total = verdict.base + sum(part.amount for part in verdict.contributions)
    print(f"    {total:+.2f}  in all, which is the score: {verdict.score:+.2f}\n")
    assert abs(total - verdict.score) < 1e-9
    return verdict


def main() -> None:
    own, quoted = explain(OWN), explain(QUOTED)
    for voice in quoted.sentence.voices:
        said = quoted.sentence.text[voice.start : voice.end]
        print(f"Somebody else's voice ({voice.kind}): {said}")
    assert own.score is not None and quoted.score is not None
    print(f"The quotation marks were worth {own.score - quoted.score:.2f} points.")


if __name__ == "__main__":
    main()
