"""Quoted: how much evidence of each family stands in somebody else's voice.

What
    One feature per family, ``quoted.evaluation`` and so on: the count of its marks that lie in
    quotations and attributed clauses.
Why
    A sentence full of a source's indignation is a reporter at work; the model may learn that
    from the other side as well.
Marked
    "“It is a disgrace,” she said." (``quoted.evaluation`` on "disgrace")
Not marked
    "It is a disgrace." (that is the author's: ``evaluation``)
References
    Wiebe, Wilson & Cardie (2005), on nested sources.
"""

from __future__ import annotations

from framing.evidence import Extractor

__all__ = ["QUOTED"]

QUOTED = Extractor(
    "quoted",
    {"quoted.*": "marks of a family in another's voice, count per sentence; source: framing"},
    quoted=True,
    doc=__doc__,
)
