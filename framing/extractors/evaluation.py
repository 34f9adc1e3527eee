"""Evaluation: words that say good or bad, and how it feels.

What
    Evaluative words by polarity ("graceful", "shoddy", "astonishing"), words of feeling
    ("heartbreaking"), words that judge ideas and arguments ("nonsense", "irony"), and phrases
    ("a complete waste"). Strong entries are nearly always a verdict, weak ones often plain.
    A word of several kinds counts for each of them.
Why
    Whether something is good is the one thing a reporter must leave to somebody else. Evaluation
    in the writer's own voice is the surest single sign of comment.
Marked
    "The new footbridge is graceful." (``evaluation.positive`` on "graceful")
    "The bill is a shoddy piece of work." (``evaluation.negative`` on "shoddy")
    "The outcome is astonishing." (``evaluation.neutral`` on "astonishing")
    "It is heartbreaking to watch." (``evaluation.emotion`` on "heartbreaking")
    "The irony is that the ban will raise prices." (``evaluation.abstraction`` on "irony")
    "The new timetable is a complete waste." (``evaluation.phrase`` on "a complete waste")
Not marked
    "“It is a disgrace, a shambles and a fraud,” said Owen Brack." (another's voice)
    "The opposition said that the reform was a mockery." (an attributed clause)
    "Two passengers were in critical condition." (a fixed expression, see ``neutral``)
References
    Hunston & Thompson, eds. (2000), Evaluation in Text: Authorial Stance and the Construction of
    Discourse.
    Martin & White (2005), The Language of Evaluation: Appraisal in English.
    Wilson, Wiebe & Hoffmann (2005), Recognizing Contextual Polarity in Phrase-Level Sentiment
    Analysis.
    Schmid (2000), English Abstract Nouns as Conceptual Shells.
"""

from __future__ import annotations

from framing.evidence import Extractor
from framing.lexicon import shipped

__all__ = ["EVALUATION"]

EVALUATION = Extractor(
    "evaluation",
    {
        "evaluation.positive.*": (
            "words that call something good, by strength (weak, medium, strong), "
            "count per sentence; source: lexicon evaluation, after Martin & White 2005"
        ),
        "evaluation.negative.*": (
            "words that call something bad, by strength (weak, medium, strong), "
            "count per sentence; source: lexicon evaluation, after Martin & White 2005"
        ),
        "evaluation.neutral.*": (
            "words that call something remarkable, neither good nor bad, by strength (weak, "
            "medium, strong), count per sentence; source: lexicon evaluation, after "
            "Martin & White 2005"
        ),
        "evaluation.emotion.*": (
            "words of feeling, by strength (weak, medium, strong), "
            "count per sentence; source: lexicon evaluation, after Martin & White 2005, on affect"
        ),
        "evaluation.abstraction.*": (
            "words that judge ideas and arguments, by strength (weak, medium, strong), "
            "count per sentence; source: lexicon evaluation, after Schmid 2000"
        ),
        "evaluation.phrase.*": (
            "evaluative phrases, by strength (weak, medium, strong), "
            "count per sentence; source: lexicon evaluation, after Hunston & Thompson 2000"
        ),
    },
    lexicon=shipped("evaluation"),
    opinion=True,
    doc=__doc__,
)
