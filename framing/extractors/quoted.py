"""Quoted: how much evidence of each family stands in somebody else's voice.

What
    One feature per family, ``quoted.evaluation`` and so on: the count of its marks that lie in
    quotations and attributed clauses. A plug-in's family has its ``quoted.name`` too. Families
    that count everybody's words (sourcing) or are style alone (surface, wording) have none.
Why
    A sentence full of a source's indignation is a reporter at work; the model may learn that
    from the other side as well.
Marked
    "“It is a disgrace,” she said." (``quoted.evaluation`` on "disgrace")
Not marked
    "It is a disgrace." (that is the author's: ``evaluation``)
    "The “disgrace” was a late bus." (scare quotes are the author's own)
References
    Wiebe, Wilson & Cardie (2005), Annotating expressions of opinions and emotions in language,
    Language Resources and Evaluation 39, on nested sources.
"""

from __future__ import annotations

from framing.evidence import Extractor

__all__ = ["QUOTED"]

QUOTED = Extractor(
    "quoted",
    {
        "quoted.evaluation": "evaluation and emotion in another's voice, count per sentence;"
        " source: extractor evaluation",
        "quoted.facticity": "what can be checked in another's voice, count per sentence;"
        " source: extractor facticity",
        "quoted.hedging": "hedges in another's voice, count per sentence; source: extractor"
        " hedging",
        "quoted.insinuation": "insinuation in another's voice, count per sentence; source:"
        " extractor insinuation",
        "quoted.interjection": "opinion interjections in another's voice, count per sentence;"
        " source: extractor interjection",
        "quoted.loaded": "loaded phrasing in another's voice, count per sentence; source:"
        " extractor loaded",
        "quoted.rhetoric": "rhetoric in another's voice, count per sentence; source: extractor"
        " rhetoric",
        "quoted.stance": "stance in another's voice, count per sentence; source: extractor stance",
        "quoted.*": "marks of any other family in another's voice, sum of their values per"
        " sentence; source: the extractor of that family",
    },
    quoted=True,
    doc=__doc__,
)
