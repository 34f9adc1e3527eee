"""Write an extractor: house style says that "slam" and its like are not words of report.

An extractor is a value. It marks; it weighs nothing until a model is trained with it, so a
verdict never changes because something was installed.
"""

from __future__ import annotations

from collections.abc import Iterator

import framing
from framing.testing import Case, check_extractor, run_case

SLAMS = frozenset({"blasted", "blasts", "lambasted", "lambasts", "slammed", "slams"})


def find_shouting(sentence: framing.Sentence) -> Iterator[framing.Evidence]:
    """Shouting: words of report that turn a remark into a fight.

    What
        Verbs such as "slam" where somebody said something.
    Why
        They tell the reader how to hear what follows.
    Marked
        "The mayor slammed the plan." ("slammed")
    Not marked
        "“They slammed it,” she said." (her word, not the author's)
    References
        House style 7.
    """
    tokens = sentence.tokens
    for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
        if word in SLAMS:
            yield framing.Evidence(start, end, "shouting.verb")


# In a module, ``@framing.extractor(…)`` above the function does the same. In a script that is run
# the function keeps a name of its own, so that work in several processes can find it.
WHAT = "words for criticising that shout, count per sentence; source: house style 7"
shouting = framing.extractor("shouting", {"shouting.verb": WHAT})(find_shouting)


def main() -> None:
    # The contract: declared features, marks inside the sentence, the same each time, picklable.
    check_extractor(shouting)

    # Cases are examples that must and must not fire; a package keeps them in a TSV file.
    for case in (
        Case("shouting.verb", True, "The mayor slammed the plan.", ("slammed",)),
        Case("shouting.verb", False, "“They slammed it,” she said."),
    ):
        assert run_case(case, [shouting]) == []

    # Shown beside the shipped model: marked, without weight, and the score stays what it was.
    model = framing.load_model()
    text = "The mayor slammed the plan on Monday."
    [before] = framing.analyze(text, model=model)
    [after] = framing.analyze(text, model=model.with_extractors([shouting]))
    assert before.score == after.score
    marked = [part for part in after.contributions if part.feature == "shouting.verb"]
    print(f"marked without weight: {[text[e.start : e.end] for p in marked for e in p.evidence]}")

    # Trained with it, the feature has a weight, and the score is a sum that it is part of.
    loud = ["The mayor slammed a shameful plan.", "Critics blasted this disgraceful idea."] * 5
    calm = ["The mayor opposed the plan on Monday.", "Critics spoke against it at 9."] * 5
    classifier = framing.EditorialClassifier(["evaluation", shouting], min_df=1, C=1.0)
    classifier.fit(loud + calm, [1] * len(loud) + [0] * len(calm))
    [verdict] = classifier.explain([text])
    for part in verdict.contributions:
        print(f"{part.amount:+.2f}  {part.feature}")

    # A model file names its extractors; to judge with it elsewhere, this one must be installed
    # there: examples/plugin shows the package.


if __name__ == "__main__":
    main()
