"""Write an extractor: house style says that people have no nicknames ("boffins", "tots").

An extractor is a value. It marks; it weighs nothing until a model is trained with it, so a
verdict never changes because something was installed.
"""

from __future__ import annotations

from collections.abc import Iterator

import framing
from framing.testing import Case, check_extractor, run_case

NICKNAMES = frozenset({"boffin", "boffins", "bigwig", "bigwigs", "tot", "tots"})


def find_nicknames(sentence: framing.Sentence) -> Iterator[framing.Evidence]:
    """Nicknames: what tabloids call people.

    What
        Nouns such as "boffin" for somebody who has a profession.
    Why
        They tell the reader how seriously to take somebody.
    Marked
        "The boffins measured the wave." ("boffins")
    Not marked
        "“The boffins know,” she said." (her word, not the author's)
    References
        House style 7.
    """
    tokens = sentence.tokens
    for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
        if word in NICKNAMES:
            yield framing.Evidence(start, end, "nickname.person")


# In a module, ``@framing.extractor(…)`` above the function does the same. In a script that is run
# the function keeps a name of its own, so that work in several processes can find it.
WHAT = "nicknames for people, count per sentence; source: house style 7"
nickname = framing.extractor("nickname", {"nickname.person": WHAT})(find_nicknames)


def main() -> None:
    # The contract: declared features, marks inside the sentence, the same each time, picklable.
    check_extractor(nickname)

    # Cases are examples that must and must not fire; a package keeps them in a TSV file.
    for case in (
        Case("nickname.person", True, "The boffins measured the wave.", ("boffins",)),
        Case("nickname.person", False, "“The boffins know,” she said."),
    ):
        assert run_case(case, [nickname]) == []

    # Shown beside the shipped model: marked, without weight, and the score stays what it was.
    model = framing.load_model()
    text = "The boffins measured the wave on Monday."
    [before] = framing.analyze(text, model=model)
    [after] = framing.analyze(text, model=model.with_extractors([nickname]))
    assert before.score == after.score
    marked = [part for part in after.contributions if part.feature == "nickname.person"]
    print(f"marked without weight: {[text[e.start : e.end] for p in marked for e in p.evidence]}")

    # Trained with it, the feature has a weight, and the score is a sum that it is part of.
    loud = ["The boffins have a shameful plan.", "Two bigwigs had this disgraceful idea."] * 5
    calm = ["The engineers have a plan for Monday.", "Two directors had this idea at 9."] * 5
    classifier = framing.EditorialClassifier(["evaluation", nickname], min_df=1, C=1.0)
    classifier.fit(loud + calm, [1] * len(loud) + [0] * len(calm))
    [verdict] = classifier.explain([text])
    for part in verdict.contributions:
        print(f"{part.amount:+.2f}  {part.feature}")

    # A model file names its extractors; to judge with it elsewhere, this one must be installed
    # there: examples/plugin shows the package.


if __name__ == "__main__":
    main()
