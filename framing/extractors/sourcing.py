"""Sourcing: who is said to have said it.

What
    Attribution in all its forms, whoever speaks: words of report by the stance they take to
    what is reported, phrases that attribute, phrases for nobody in particular; how much of the
    sentence stands between quotation marks or in an attributed clause; scare quotes; and the
    speakers, by how well they are known. ``sourcing.attribution`` and ``sourcing.vague`` end in
    the strength ``weak``, ``medium`` or ``strong``.
Why
    An attributed opinion is news, the same opinion without a source is the writer's. How a
    report verb is chosen shows through all the same: "admitted" takes what follows for true,
    "claimed" doubts it. A sentence that begins in another's words is built around them.
Marked
    "Police said two men were held." (``sourcing.attributed`` on the clause,
    ``sourcing.speaker.unnamed`` on "Police", ``sourcing.attribution`` on "Police said")
    "Critics say the plan failed." (``sourcing.vague.strong`` on "Critics say")
Not marked
    "The plan failed." (nobody is said to have said it)
    "The voters’ plan of the ’90s failed." (apostrophes are no quotation marks)
References
    Kiparsky & Kiparsky (1970), Fact; Hooper (1975), On assertive predicates: on report verbs.
    Wiebe, Wilson & Cardie (2005), Annotating expressions of opinions and emotions in language,
    Language Resources and Evaluation 39, on sources.
    Recasens, Danescu-Niculescu-Mizil & Jurafsky (2013), Linguistic models for analyzing and
    detecting biased language, ACL, on factive and assertive verbs.
    Soni, Mitra, Gilbert & Eisenstein (2014), Modeling factuality judgments in social media
    text, ACL, on cue words and sources.
"""

from __future__ import annotations

from collections.abc import Sequence

from framing.evidence import Extractor
from framing.lexicon import shipped
from framing.voice import Heard

__all__ = ["SOURCING"]


_SPOKEN = {
    kind: (f"sourcing.{kind}", f"sourcing.any_{kind}") for kind in ("quotation", "attributed")
}
_SPEAKERS = {source: f"sourcing.speaker.{source}" for source in ("named", "unnamed", "vague")}


def _hear(size: int, voices: Sequence[Heard]) -> list[tuple[int, int, str, float]]:
    found: list[tuple[int, int, str, float]] = []
    for start, end, kind, speaker, source in voices:
        if kind in _SPOKEN:
            share, any_of_kind = _SPOKEN[kind]
            found += (start, end, share, (end - start) / size), (start, end, any_of_kind, 1.0)
            if not start:
                found.append((start, end, "sourcing.opening", 1.0))
            if speaker and source:
                found.append((speaker[0], speaker[1], _SPEAKERS[source], 1.0))
        elif kind == "scare":
            found.append((start, end, "sourcing.scare", 1.0))
    return found


SOURCING = Extractor(
    "sourcing",
    {
        "sourcing.report.doubting": "words of report that doubt what is reported (claim, allege),"
        " count per sentence; source: lexicon sourcing, after Recasens et al. 2013",
        "sourcing.report.endorsing": "words of report that take what is reported for true (admit,"
        " reveal), count per sentence; source: lexicon sourcing, after Kiparsky & Kiparsky 1970",
        "sourcing.report.neutral": "words of report and of those who give it (said, spokesman),"
        " count per sentence; source: lexicon sourcing, after Hooper 1975",
        "sourcing.attribution.*": "phrases that attribute (according to) by strength, count per"
        " sentence; source: lexicon sourcing",
        "sourcing.vague.*": "phrases that attribute to nobody in particular (critics say) by"
        " strength, count per sentence; source: lexicon sourcing",
        "sourcing.quotation": "quotations, share of the sentence's tokens; source: framing.voice",
        "sourcing.attributed": "attributed clauses, share of the sentence's tokens;"
        " source: framing.voice",
        "sourcing.any_quotation": "quotations, count per sentence; source: framing.voice",
        "sourcing.any_attributed": "attributed clauses, count per sentence; source: framing.voice",
        "sourcing.opening": "quotations and attributed clauses that open the sentence, count"
        " per sentence; source: framing.voice",
        "sourcing.scare": "scare quotes, by which the author keeps a distance, count per"
        " sentence; source: framing.voice",
        "sourcing.speaker.named": "what is said by somebody with a name, count per sentence;"
        " source: framing.voice",
        "sourcing.speaker.unnamed": "what is said by somebody in a role (the ministry), count per"
        " sentence; source: framing.voice",
        "sourcing.speaker.vague": "what is said by nobody in particular (critics, some), count"
        " per sentence; source: framing.voice",
    },
    lexicon=shipped("sourcing"),
    hear=_hear,
    quoted=True,
    doc=__doc__,
)
