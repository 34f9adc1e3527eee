"""The article as a whole: where it comments, by which devices, and on whose word it rests.

Everything here is counted from verdicts, marks and voices that are there already, so it costs
next to nothing; only readability, which is computed when asked for, loads textstat.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import compress
from typing import TYPE_CHECKING, Any

from framing.claims import Claim, Claims, find_claims
from framing.lexicon import shipped
from framing.model import Verdict
from framing.values import Value
from framing.voice import by_tokens

if TYPE_CHECKING:
    import pandas as pd

    from framing.analysis import Analysis

__all__ = ["PARTS", "Profile", "Source", "devices", "has_syllables", "profile_of", "readability"]

#: The parts of an article that have a share of their own.
PARTS = ("headline", "lead", "ending")

# These say how a sentence is made, not how it comments: words, facts, sources.
_PLAIN = frozenset(
    {"facticity", "neutral", "quoted", "readability", "sourcing", "surface", "wording"}
)
_SPOKEN = frozenset({"quotation", "attributed"})
_STANCES = {
    "sourcing.report.doubting": "doubting",
    "sourcing.report.endorsing": "endorsing",
    "sourcing.report.neutral": "neutral",
}

#: Measure → textstat's function; these need nothing but letters, words and sentences.
_OFFLINE = {
    "ari": "automated_readability_index",
    "coleman_liau": "coleman_liau_index",
    "lix": "lix",
    "rix": "rix",
}
#: These need syllables, which textstat counts with a dictionary that must be there already.
_SYLLABLES = {
    "flesch_reading_ease": "flesch_reading_ease",
    "flesch_kincaid": "flesch_kincaid_grade",
    "gunning_fog": "gunning_fog",
}


class Source(Value):
    """Somebody whom an article lets speak.

    Attributes
    ----------
    speaker : str
        By the fullest name that the article gives.
    source : str or None
        ``"named"``, ``"unnamed"``, ``"vague"`` or None.
    claims : int
        Statements hung on the source.
    words_quoted : int
        Words of the source between quotation marks.
    verbs : mapping of str to int
        Word of report → how often.
    loaded : mapping of str to str
        Those that doubt or endorse what is said → which of the two; all others are neutral.
    """

    speaker: str
    source: str | None
    claims: int
    words_quoted: int
    verbs: dict[str, int]
    loaded: dict[str, str]


class Profile(Value):
    """An article as a whole.

    Attributes
    ----------
    document : str
        Its name.
    sentences, judged, editorial : int
        Sentences of any kind, those with a verdict, those called editorial.
    share_editorial : float
        ``editorial / judged``, 0 if nothing was judged.
    share_headline, share_lead, share_ending : float or None
        The same in the headlines, in the first and in the last paragraph of prose; None if
        nothing was judged there.
    share_quoted, share_attributed : float
        Share of the judged sentences' words that stand in quotations, and that are hung on a
        source in any way.
    devices : mapping of str to float
        Family of evidence → marks per 100 judged sentences, in the writer's own voice.
    sources : tuple of Source
        Who speaks, most claims first.
    """

    document: str
    sentences: int
    judged: int
    editorial: int
    share_editorial: float
    share_headline: float | None
    share_lead: float | None
    share_ending: float | None
    share_quoted: float
    share_attributed: float
    devices: dict[str, float]
    sources: tuple[Source, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return what the JSON report calls ``profile``."""
        plain = {name: self.__dict__[name] for name in self._fields if name != "document"}
        plain["devices"] = [
            {"family": family, "per_100_sentences": value} for family, value in self.devices.items()
        ]
        plain["sources"] = [
            {
                "speaker": one.speaker,
                "source": one.source,
                "claims": one.claims,
                "words_quoted": one.words_quoted,
                "verbs": [
                    {"verb": verb, "count": count, "stance": one.loaded.get(verb, "neutral")}
                    for verb, count in one.verbs.items()
                ],
            }
            for one in self.sources
        ]
        return plain

    def to_frame(self) -> pd.DataFrame:
        """Return one row: the numbers, and a column ``devices.<family>`` for each family."""
        import pandas as pd

        return pd.DataFrame([self.numbers()])

    def numbers(self) -> dict[str, Any]:
        """Return all that fits into one row of a table."""
        row = {name: self.__dict__[name] for name in self._fields[:-2]}
        row["sources_named"] = sum(one.source == "named" for one in self.sources)
        row["sources"] = len(self.sources)
        return row | {f"devices.{name}": value for name, value in self.devices.items()}

    def sources_frame(self) -> pd.DataFrame:
        """Return one row a source."""
        import pandas as pd

        columns = ["document", "speaker", "source", "claims", "words_quoted", "verbs", "loaded"]
        return pd.DataFrame(
            [
                [
                    self.document,
                    one.speaker,
                    one.source,
                    one.claims,
                    one.words_quoted,
                    ", ".join(one.verbs),
                    ", ".join(one.loaded),
                ]
                for one in self.sources
            ],
            columns=columns,
        )


def profile_of(analysis: Analysis) -> Profile:
    r"""Return an article as a whole.

    Parameters
    ----------
    analysis : Analysis

    Returns
    -------
    Profile

    Examples
    --------
    >>> from framing.analysis import analyze
    >>> from framing.model import LinearModel
    >>> text = "Pier Reopens\n\nIt failed, Ada Crane claimed. “It did,” she said."
    >>> found = profile_of(analyze(text, model=LinearModel({}, -1.0)))
    >>> found.share_lead, found.share_headline, round(found.share_quoted, 2)
    (0.0, 0.0, 0.18)
    >>> [(one.speaker, one.claims, one.verbs, one.loaded) for one in found.sources]
    [('Ada Crane', 2, {'claimed': 1, 'said': 1}, {'claimed': 'doubting'})]
    """
    verdicts = [verdict for verdict in analysis if verdict.label is not None]
    prose = _paragraphs(analysis)
    headlines = [verdict for verdict in verdicts if verdict.sentence.kind == "headline"]
    quoted, attributed = _shares(verdicts)
    return Profile(
        analysis.document.name,
        len(analysis),
        len(verdicts),
        sum(verdict.label == "editorial" for verdict in verdicts),
        _share(verdicts) or 0.0,
        _share(headlines),
        _share(prose[0]) if prose else None,
        _share(prose[-1]) if prose else None,
        quoted,
        attributed,
        devices(verdicts),
        _sources(find_claims(analysis)),
    )


def _share(verdicts: Sequence[Verdict]) -> float | None:
    """Return the editorial share of judged sentences, None if there are none."""
    if not verdicts:
        return None
    return sum(verdict.label == "editorial" for verdict in verdicts) / len(verdicts)


def _paragraphs(analysis: Analysis) -> list[list[Verdict]]:
    """Return the judged sentences by paragraph, headlines left out."""
    found: dict[int, list[Verdict]] = {}
    for verdict, paragraph in zip(analysis, analysis.document.paragraphs, strict=True):
        if verdict.label is not None and verdict.sentence.kind != "headline":
            found.setdefault(paragraph, []).append(verdict)
    return list(found.values())


def _shares(verdicts: Iterable[Verdict]) -> tuple[float, float]:
    """Return the share of words in quotations, and in anybody's voice but the writer's."""
    words = quoted = attributed = 0
    for verdict in verdicts:
        tokens = verdict.sentence.tokens
        in_quotation, in_any = [False] * len(tokens), [False] * len(tokens)
        for start, end, kind, _, _ in by_tokens(tokens, verdict.sentence.voices):
            if kind in _SPOKEN:
                in_any[start:end] = [True] * (end - start)
                if kind == "quotation":
                    in_quotation[start:end] = [True] * (end - start)
        said = [raw[0].isalnum() for raw in tokens.raw]
        words += sum(said)
        quoted += sum(compress(said, in_quotation))
        attributed += sum(compress(said, in_any))
    return (quoted / words, attributed / words) if words else (0.0, 0.0)


def devices(verdicts: Iterable[Verdict]) -> dict[str, float]:
    """Return the marks of each family of evidence per 100 judged sentences.

    Families that comment are counted, not those that tell how a sentence is made (facts,
    sources, plain words). Marks of one family that overlap count once.

    Parameters
    ----------
    verdicts : iterable of Verdict
        Those without a label are left out.

    Returns
    -------
    dict of str to float
        By family, in the order of the alphabet.

    Examples
    --------
    >>> from framing.analysis import analyze
    >>> round(devices(analyze("Is it not a shameful plan?"))["evaluation"])
    100
    """
    judged = 0
    counts: Counter[str] = Counter()
    for verdict in verdicts:
        if verdict.label is None:
            continue
        judged += 1
        marks: dict[str, list[tuple[int, int]]] = {}
        for one in verdict.contributions:
            family = one.feature.partition(".")[0]
            if family not in _PLAIN:
                marks.setdefault(family, []).extend(mark[:2] for mark in one.evidence)
        for family, spans in marks.items():
            counts[family] += _apart(spans)
    return {family: 100 * counts[family] / judged for family in sorted(counts)}


def _apart(spans: Iterable[tuple[int, int]]) -> int:
    """Count spans, those that overlap once."""
    number, reached = 0, -1
    for start, end in sorted(spans):
        number += start >= reached
        reached = max(reached, end)
    return number


def _sources(claims: Claims) -> tuple[Source, ...]:
    """Put the claims of each source together."""
    by_speaker: dict[str, list[Claim]] = {}
    for one in claims:
        if one.speaker is not None:
            by_speaker.setdefault(_key(one.speaker), []).append(one)
    found = [_source(said) for said in by_speaker.values()]
    return tuple(sorted(found, key=lambda one: (-one.claims, -one.words_quoted)))


def _key(speaker: str) -> str:
    return speaker.lower().removeprefix("the ")


def _source(said: Sequence[Claim]) -> Source:
    verbs = Counter(one.verb.lower() for one in said if one.verb)
    stances = {verb: _stance(verb) for verb in verbs}
    return Source(
        str(said[0].speaker),
        next((one.source for one in said if one.source), None),
        len(said),
        sum(one.words_quoted for one in said),
        dict(verbs.most_common()),
        {verb: stance for verb, stance in stances.items() if stance != "neutral"},
    )


def _stance(verb: str) -> str:
    """Return whether a word of report doubts what is said, endorses it, or does neither."""
    return _report_words().get(verb, "neutral")


@cache
def _report_words() -> dict[str, str]:
    """Return word of report → stance, from the lexicon that the sourcing extractor uses."""
    found: dict[str, str] = {}
    for row in shipped("sourcing").rows:
        word, feature = row.split("\t", 2)[:2]
        if feature in _STANCES:
            found[word] = _STANCES[feature]
    return found


def readability(analysis: Analysis) -> dict[str, dict[str, float | None]]:
    """Return how hard the reporting and the editorial part are to read.

    Parameters
    ----------
    analysis : Analysis

    Returns
    -------
    dict of str to dict of str to float or None
        ``reporting`` and ``editorial`` → measure → value; None for measures that count
        syllables where their dictionary is not on this machine, and for a part without
        sentences. Values drift between versions of textstat.

    Notes
    -----
    Automated Readability Index (Smith & Senter 1967), Coleman–Liau (1975), LIX (Björnsson 1968)
    and RIX (Anderson 1983) need no dictionary. Flesch reading ease (1948), Flesch–Kincaid (1975)
    and Gunning fog (1952) need NLTK's ``cmudict``, which is never downloaded here.

    Examples
    --------
    >>> from framing.analysis import analyze
    >>> found = readability(analyze("The council voted on Monday. It rained."))
    >>> round(found["reporting"]["lix"], 1), found["editorial"]["lix"]
    (21.3, None)
    """
    import textstat

    counts_syllables = has_syllables()
    found: dict[str, dict[str, float | None]] = {}
    for label in ("reporting", "editorial"):
        text = " ".join(one.sentence.text for one in analysis if one.label == label)
        read = any(character.isalpha() for character in text)
        found[label] = {
            measure: float(getattr(textstat, name)(text))
            if read and (measure in _OFFLINE or counts_syllables)
            else None
            for measure, name in (_OFFLINE | _SYLLABLES).items()
        }
    return found


def has_syllables() -> bool:
    """Whether the dictionary that syllables are counted with is on this machine."""
    import nltk

    try:
        nltk.data.find("corpora/cmudict")
    except LookupError:
        return False
    return True
