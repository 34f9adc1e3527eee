"""Stance: where the writer stands, how sure they are, and what they want done.

What
    Attitude words ("disgracefully", "I"), certainty as single words ("undoubtedly") and phrases
    ("the plain truth is"), necessity as single words ("ought", "overdue") and exhortation in
    phrases ("it is time for", "cannot be tolerated"), and frames of opinion ("in my opinion",
    "it is outrageous that"). Strong entries speak for a comment in most contexts.
Why
    To insist, to demand and to say "I think" are what an editorial is for; a report lets its
    sources do so.
Marked
    "Disgracefully, the fund has not paid." (``stance.attitude`` on "Disgracefully")
    "The sums plainly do not add up." (``stance.certainty`` on "plainly")
    "It behoves the board to answer." (``stance.necessity`` on "behoves")
    "The plain truth is that nobody asked." (``stance.certain`` on "The plain truth is")
    "The council must act." (``stance.deontic`` on "must act")
    "In my opinion, the tax was dead on arrival." (``stance.phrase`` on "In my opinion")
Not marked
    "The union said the minister should resign." (an attributed clause)
    "The firm holds a patent for the valve." (a fixed expression, see ``neutral``)
    "The committee has to date heard nine witnesses." (so far, not duty)
References
    Biber & Finegan (1989), Styles of Stance in English: Lexical and Grammatical Marking of
    Evidentiality and Affect.
    Palmer (2001), Mood and Modality, on deontic and epistemic modality.
    Hyland (2005), Metadiscourse: Exploring Interaction in Writing, on boosters and attitude.
"""

from __future__ import annotations

from framing.evidence import Extractor
from framing.lexicon import shipped

__all__ = ["STANCE"]

STANCE = Extractor(
    "stance",
    {
        "stance.attitude.*": (
            "sentence adverbs, exclamations and the first person, by strength (weak, medium, "
            "strong), count per sentence; source: lexicon stance, after Biber & Finegan 1989"
        ),
        "stance.certainty.*": (
            "single words of certainty (boosters), by strength (weak, medium, strong), "
            "count per sentence; source: lexicon stance, after Hyland 2005"
        ),
        "stance.necessity.*": (
            "single words of duty and need, by strength (weak, medium, strong), "
            "count per sentence; source: lexicon stance, after Palmer 2001"
        ),
        "stance.certain.*": (
            "phrases that assert beyond doubt, by strength (weak, medium, strong), "
            "count per sentence; source: lexicon stance, after Hyland 2005"
        ),
        "stance.deontic.*": (
            "phrases that exhort or recommend, by strength (weak, medium, strong), "
            "count per sentence; source: lexicon stance, after Palmer 2001"
        ),
        "stance.phrase.*": (
            "frames of opinion, first person or not, by strength (weak, medium, strong), "
            "count per sentence; source: lexicon stance, after Biber & Finegan 1989"
        ),
    },
    lexicon=shipped("stance"),
    opinion=True,
    doc=__doc__,
)
