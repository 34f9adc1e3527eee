"""Profiles for reading: drafts as a whole, on one screen each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from framing.reports.characters import one_line, shorten, visible, width
from framing.reports.csv import table
from framing.reports.layout import plural
from framing.values import TYPE_CHECKING

if TYPE_CHECKING:
    from framing.profile import Profile, Source

__all__ = ["as_csv", "as_text"]

Readability = Mapping[str, Mapping[str, float | None]]

_BAR = 20
_LONGEST_NAME = 34
_SHOWN_SOURCES = 12
_MEASURES = {
    "ari": "automated readability index, US grade",
    "coleman_liau": "Coleman–Liau, US grade",
    "lix": "LIX, points",
    "rix": "RIX, long words a sentence",
    "flesch_reading_ease": "Flesch reading ease, points",
    "flesch_kincaid": "Flesch–Kincaid, US grade",
    "gunning_fog": "Gunning fog, years of school",
}


def as_text(profile: Profile, readability: Readability | None = None) -> str:
    r"""Show one draft as a whole.

    Parameters
    ----------
    profile : Profile
    readability : mapping, optional
        What :func:`framing.profile.readability` returns.

    Returns
    -------
    str
        Lines ended by a newline.

    Examples
    --------
    >>> from framing.analysis import analyze
    >>> from framing.model import LinearModel
    >>> from framing.profile import profile_of
    >>> analysis = analyze("It failed, Ada Crane claimed.", model=LinearModel({}, -1.0))
    >>> print(as_text(profile_of(analysis)), end="")
    <text>
      1 sentence, 1 judged, 0 editorial
    <BLANKLINE>
      editorial sentences
        overall                0 %  ....................
        lead                   0 %  ....................
        ending                 0 %  ....................
    <BLANKLINE>
      words not the writer's
        in quotations          0 %  ....................
        hung on a source      40 %  ########............
    <BLANKLINE>
      sources: 1 (1 named)
        claims  quoted
             1       0  Ada Crane, named: claimed (doubting)
    """
    counts = f"{plural(profile.sentences, 'sentence')}, {profile.judged} judged"
    lines = [visible(profile.document), f"  {counts}, {profile.editorial} editorial", ""]
    lines.append("  editorial sentences")
    for name, share in (
        ("overall", profile.share_editorial),
        ("headline", profile.share_headline),
        ("lead", profile.share_lead),
        ("ending", profile.share_ending),
    ):
        if share is not None:
            lines.append(_bar(name, share))
    lines += ["", "  words not the writer's"]
    lines.append(_bar("in quotations", profile.share_quoted))
    lines.append(_bar("hung on a source", profile.share_attributed))
    if profile.devices:
        lines += ["", "  devices, marks per 100 sentences"]
        for family, value in sorted(profile.devices.items(), key=lambda one: (-one[1], one[0])):
            lines.append(f"    {visible(family):<20} {value:5.0f}")
    lines += ["", *_sources(profile.sources)]
    if readability is not None:
        lines += ["", *_readability(readability)]
    return "\n".join(lines) + "\n"


def _bar(name: str, share: float) -> str:
    filled = round(share * _BAR)
    return f"    {name:<20} {share:>4.0%}".replace("%", " %") + f"  {'#' * filled:.<{_BAR}}"


def _sources(sources: Sequence[Source]) -> list[str]:
    if not sources:
        return ["  sources: none"]
    kinds = [one.source for one in sources]
    counted = ", ".join(
        f"{kinds.count(kind)} {kind}" for kind in ("named", "unnamed", "vague") if kind in kinds
    )
    lines = [f"  sources: {len(sources)}" + (f" ({counted})" if counted else "")]
    lines.append("    claims  quoted")
    for one in sources[:_SHOWN_SOURCES]:
        who = shorten(visible(one_line(one.speaker)), _LONGEST_NAME)
        if one.source:
            who += f", {one.source}"
        verbs = ", ".join(_verb(verb, one) for verb in one.verbs)
        lines.append(f"    {one.claims:>6}  {one.words_quoted:>6}  {who}: {verbs}".rstrip(": "))
    if len(sources) > _SHOWN_SOURCES:
        lines.append(f"    and {len(sources) - _SHOWN_SOURCES} more")
    return lines


def _verb(verb: str, one: Source) -> str:
    stance = one.loaded.get(verb)
    shown = visible(one_line(verb))
    return f"{shown} ({stance})" if stance else shown


def _readability(measured: Readability) -> list[str]:
    longest = max(map(width, _MEASURES.values()))
    lines = [f"  {'readability':<{longest + 2}}  reporting  editorial"]
    missing = []
    for name, what in _MEASURES.items():
        values = [measured[label][name] for label in ("reporting", "editorial")]
        if values == [None, None]:
            missing.append(what.partition(",")[0])
            continue
        cells = "  ".join(f"{'-' if value is None else f'{value:.1f}':>9}" for value in values)
        lines.append(f"    {what:<{longest}}  {cells}")
    if missing:
        lines.append(f"    not measured: {', '.join(missing)};")
        lines.append("    they count syllables with NLTK's cmudict, which is not on this machine")
    return lines


def as_csv(profiles: Sequence[Profile]) -> str:
    r"""Return one row a draft.

    Examples
    --------
    >>> from framing.analysis import analyze
    >>> from framing.model import LinearModel
    >>> from framing.profile import profile_of
    >>> as_csv([profile_of(analyze("It rained.", model=LinearModel({}, -1.0)))])[:27]
    'document,sentences,judged,e'
    """
    rows = [profile.numbers() for profile in profiles]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    return table(columns, ([row.get(name) for name in columns] for row in rows))
