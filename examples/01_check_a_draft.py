"""Check a draft: which sentences comment, where they stand, and by which words.

Run it on the draft that lies beside it, or on one of yours::

    python examples/01_check_a_draft.py
    python examples/01_check_a_draft.py my-draft.txt
"""

from __future__ import annotations

import sys
from pathlib import Path

import framing

DRAFT = Path(__file__).parent / "drafts" / "harbour.txt"


def main(path: Path) -> None:
    # A Path is a file, a str is the text itself; the two are never guessed.
    analysis = framing.analyze(path)

    for verdict in analysis:
        if verdict.label != "editorial":
            continue
        sentence = verdict.sentence
        print(f"{path.name}:{sentence.line}:{sentence.column}  P = {verdict.probability:.2f}")
        print(f"    {sentence.text}")
        # The largest contributions that speak for a comment, with the words they rest on.
        for part in [one for one in verdict.contributions if one.amount > 0][:3]:
            words = ", ".join(repr(sentence.text[mark.start : mark.end]) for mark in part.evidence)
            print(f"    {part.amount:+.2f}  {part.feature}  {words}")
        print()

    profile = framing.profile_of(analysis)
    print(f"{profile.editorial} of {profile.judged} judged sentences comment.")
    unnamed = [one.speaker for one in profile.sources if one.source != "named"]
    print(f"Sources without a name: {', '.join(unnamed) or 'none'}.")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DRAFT)
