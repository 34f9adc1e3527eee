"""Interjection: an aside in which the writer turns to the reader.

What
    Formulas dropped into or before a sentence: approval and contempt ("and rightly so", "shame
    on"), comment on one's own words ("to be fair", "much needed"), and openers that take a
    stand ("Small wonder"). An opener that is plain elsewhere counts only at the start.
Why
    A report has no place for them: whoever says "small wonder" has already concluded.
Marked
    "Small wonder the meeting was held in August." (``interjection.phrase`` on "Small wonder")
    "A justification to stay is much needed." (``interjection.phrase`` on "is much needed")
Not marked
    "“Small wonder they met in August,” said the clerk." (another's voice)
    "Still images from the camera were shown to the jury." (an adjective, not the opener)
    "Two of the divers were seriously injured." (a fixed expression, see ``neutral``)
References
    Quirk, Greenbaum, Leech & Svartvik (1985), A Comprehensive Grammar of the English Language,
    on disjuncts and comment clauses.
    Hyland (2005), Metadiscourse: Exploring Interaction in Writing.
"""

from __future__ import annotations

from framing.evidence import Extractor
from framing.lexicon import shipped

__all__ = ["INTERJECTION"]

INTERJECTION = Extractor(
    "interjection",
    {
        "interjection.phrase.*": (
            "asides and openers of comment, by strength (weak, medium, strong), "
            "count per sentence; source: lexicon interjection, after Quirk et al. 1985"
        ),
    },
    lexicon=shipped("interjection"),
    opinion=True,
    doc=__doc__,
)
