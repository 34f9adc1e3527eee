"""Rhetoric: how a writer argues: questions, irony, contrast, generalisation, conclusion.

What
    Frames of rhetorical questions and of irony, connectives by which a writer opposes or
    concludes, comparisons, words and phrases that make a case into a rule; question marks,
    exclamation marks and ellipses of the author's own. Lexicon features end in the strength
    ``weak``, ``medium`` or ``strong``.
Why
    A report says what happened; an argument leads the reader somewhere. The leading is done by
    small fixed forms that keep their job whatever the subject is, so that they carry over to
    topics that no training text had.
Marked
    "Why should anyone trust the council again?" (``rhetoric.question`` on "Why should
    anyone", ``rhetoric.question_mark``)
    "That is why the levy failed." (``rhetoric.consequence`` on "That is why")
Not marked
    "“Why should anyone trust them?” she asked." (her question, not the author's)
    "The clerk knew why the levy failed." (connectives tied to the start of a sentence do not
    count inside it)
References
    Halliday & Hasan (1976), Cohesion in English, on adversative and causal conjunction.
    Ilie (1994), What Else Can I Tell You?, on rhetorical questions.
    Attardo (2000), Irony as relevant inappropriateness, Journal of Pragmatics 32.
    Wiebe, Wilson, Bruce, Bell & Martin (2004), Learning subjective language, Computational
    Linguistics 30.
"""

from __future__ import annotations

from framing.evidence import Extractor
from framing.lexicon import shipped

__all__ = ["RHETORIC"]

_MARKS = {
    "?": ("rhetoric.question_mark",),
    "!": ("rhetoric.exclamation_mark",),
    "…": ("rhetoric.ellipsis",),
    "...": ("rhetoric.ellipsis",),
}


def _shape(raw: str) -> tuple[str, ...]:
    return _MARKS.get(raw, ())


RHETORIC = Extractor(
    "rhetoric",
    {
        "rhetoric.comparison.*": "words that compare, measure or belittle (measly, likewise) by"
        " strength, count per sentence; source: lexicon rhetoric",
        "rhetoric.consequence.*": "connectives that conclude (That is why) by strength, count per"
        " sentence; source: lexicon rhetoric, after Halliday & Hasan 1976",
        "rhetoric.contrast.*": "connectives that oppose (for all their boasts) by strength, count"
        " per sentence; source: lexicon rhetoric, after Halliday & Hasan 1976",
        "rhetoric.generalisation.*": "phrases that make a case into a rule (history will judge)"
        " by strength, count per sentence; source: lexicon rhetoric",
        "rhetoric.generaliser.*": "words that generalise (everyone, ubiquitously) by strength,"
        " count per sentence; source: lexicon rhetoric",
        "rhetoric.irony.*": "frames of irony (what could possibly go wrong) by strength, count"
        " per sentence; source: lexicon rhetoric, after Attardo 2000",
        "rhetoric.question.*": "frames of rhetorical questions (Are we so) by strength, count"
        " per sentence; source: lexicon rhetoric, after Ilie 1994",
        "rhetoric.question_mark": "question marks outside quotations, count per sentence;"
        " source: Wiebe et al. 2004",
        "rhetoric.exclamation_mark": "exclamation marks outside quotations, count per sentence;"
        " source: Wiebe et al. 2004",
        "rhetoric.ellipsis": "ellipses outside quotations (… or ...), count per sentence;"
        " source: framing",
    },
    lexicon=shipped("rhetoric"),
    opinion=True,
    shape=_shape,
    doc=__doc__,
)
