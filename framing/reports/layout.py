"""What a report on an article shows, line by line: the one place where marks are drawn.

A line is a list of pieces, each with the name of a style. The names of styles say what a piece
is, not how it looks; plain text and the terminal each have their own way of showing it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from framing.evidence import Evidence
from framing.model import Contribution, Verdict
from framing.reports.characters import cells, one_line, shorten, visible, width
from framing.values import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from framing.analysis import Analysis
    from framing.dropping import Dropped

__all__ = [
    "AGAINST",
    "FOR",
    "TOP",
    "UNWEIGHED",
    "Piece",
    "choose",
    "is_whole",
    "lay_out",
    "plural",
    "quotes",
    "shares",
    "signed",
    "skipped",
    "without",
    "wrap",
]

#: Styles of marked words: what they add up to speaks for editorial, for reporting, or is nothing.
FOR, AGAINST, UNWEIGHED = "for", "against", "unweighed"
#: Contributions shown of a sentence unless all are asked for.
TOP = 5

_INDENT = "    "
_LONGEST_QUOTE = 40
_LONGEST_NAME = 36
_NARROWEST = 24
# Evidence that covers a sentence of more words than this is about the sentence, not its words.
_FEW_WORDS = 3


class Piece(NamedTuple):
    """A stretch of a line that is shown in one style.

    Attributes
    ----------
    text : str
        Already safe to print.
    style : str
        "" for plain.
    """

    text: str
    style: str = ""


Line = list[Piece]


def lay_out(
    analysis: Analysis, *, columns: int = 80, only: str | None = None, top: int | None = TOP
) -> Iterator[Line]:
    r"""Yield the lines of a report on every sentence.

    Parameters
    ----------
    analysis : Analysis
        What to show.
    columns : int
        Width of the page.
    only : str, optional
        Show only the sentences with this label.
    top : int or None
        How many contributions of a sentence are shown, the largest first; None for all. Marks
        without weight are shown besides.

    Examples
    --------
    >>> from framing.analysis import analyze
    >>> from framing.model import LinearModel
    >>> lines = lay_out(analyze("It rained.", model=LinearModel({}, -1.0)))
    >>> print("\n".join("".join(piece.text for piece in line) for line in lines))
    <text>
    <BLANKLINE>
    1:1  reporting 0.27  score -1.00
        It rained.
          -1.00  base
    <BLANKLINE>
    1 sentence judged: 0 editorial
    """
    columns = max(columns, _NARROWEST)
    yield [Piece(visible(analysis.document.name), "name")]
    yield []
    marks: set[str] = set()
    for verdict in analysis:
        if only is None or verdict.label == only:
            for line in _sentence(verdict, columns, top):
                marks.update(piece.style for piece in line)
                yield line
            yield []
    legend = _legend(marks)
    if legend:
        yield legend
    yield [Piece(_summary(analysis), "summary")]


def _sentence(verdict: Verdict, columns: int, top: int | None) -> Iterator[Line]:
    sentence = verdict.sentence
    place = Piece(f"{sentence.line}:{sentence.column}  ", "place")
    if verdict.label is None or verdict.probability is None:
        yield [place, Piece(f"{sentence.kind}, not judged", "aside")]
        yield from wrap(sentence.text, ["aside"] * len(sentence.text), columns)
        return
    judged = [place, Piece(f"{verdict.label} {verdict.probability:.2f}", verdict.label)]
    if verdict.unsure:
        judged.append(Piece(", unsure", "aside"))
    if verdict.score is not None:
        judged.append(Piece(f"  score {signed(verdict.score)}", "aside"))
    yield judged
    shown, left_out = choose(verdict.contributions, top)
    yield from wrap(sentence.text, _styles(sentence.text, shown), columns)
    yield from _amounts(verdict, shown, left_out, columns)


def choose(
    contributions: Iterable[Contribution], top: int | None
) -> tuple[list[Contribution], list[Contribution]]:
    """Part contributions into those to show and those to leave out.

    Examples
    --------
    >>> shown, left_out = choose([Contribution("a.b", -2.0, ()), Contribution("a.c", 1.0, ())], 1)
    >>> [one.feature for one in shown], [one.feature for one in left_out]
    (['a.b'], ['a.c'])
    """
    weighed = [one for one in contributions if one.amount]
    unweighed = [one for one in contributions if not one.amount]
    return [*weighed[:top], *unweighed], [] if top is None else weighed[top:]


def is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether evidence is about a sentence as a whole rather than about words in it.

    Examples
    --------
    >>> is_whole("Shame on you.", 0, 13), is_whole("They should be ashamed of it.", 0, 29)
    (False, True)
    """
    return start == 0 and end == len(text) and len(text.split()) > _FEW_WORDS


def shares(text: str, one: Contribution) -> Iterator[tuple[Evidence, float]]:
    """Yield the marks on words that a contribution rests on, each with its share of the amount.

    Examples
    --------
    >>> one = Contribution("a.b", 3.0, (Evidence(0, 3, "a.b", 2.0), Evidence(4, 7, "a.b")))
    >>> [share for _, share in shares("One two three four five.", one)]
    [2.0, 1.0]
    """
    total = sum(mark.value for mark in one.evidence)
    for mark in one.evidence:
        if not is_whole(text, mark.start, mark.end):
            yield mark, one.amount * mark.value / total if total else 0.0


def _styles(text: str, contributions: Iterable[Contribution]) -> list[str]:
    """Return the style of each code point: the sign of what the evidence on it adds up to."""
    sums: list[float | None] = [None] * len(text)
    for one in contributions:
        for mark, share in shares(text, one):
            for at in range(mark.start, mark.end):
                sums[at] = (sums[at] or 0.0) + share
    return [
        "" if amount is None else FOR if amount > 0 else AGAINST if amount < 0 else UNWEIGHED
        for amount in sums
    ]


def wrap(text: str, styles: list[str], columns: int) -> Iterator[Line]:
    """Break a sentence into indented lines; a word longer than a line is cut.

    Parameters
    ----------
    text : str
        The sentence.
    styles : list of str
        The style of each of its code points.
    columns : int
        Width of the page.
    """
    shown = cells(text)
    room = columns - len(_INDENT)
    start = taken = 0
    space = -1
    before = ""
    at = 0
    while at < len(shown):
        wide = width(shown[at], before)
        if taken + wide > room and shown[at] != " " and at > start:
            end = space if space > start else at
            yield _join(shown, styles, start, end)
            start = end
            while start < len(shown) and shown[start] in (" ", ""):
                start += 1
            at, taken, before, space = start, 0, "", -1
            continue
        if shown[at] == " ":
            space = at
        taken += wide
        before = shown[at][-1:] or before
        at += 1
    yield _join(shown, styles, start, len(shown))


def _join(shown: list[str], styles: list[str], start: int, end: int) -> Line:
    """Join the cells of a line into pieces of one style each."""
    line = [Piece(_INDENT)]
    text = ""
    for at in range(start, end):
        text += shown[at]
        if at + 1 == end or styles[at + 1] != styles[at]:
            if text:
                line.append(Piece(text, styles[at]))
            text = ""
    return line


def _amounts(
    verdict: Verdict, shown: list[Contribution], left_out: list[Contribution], columns: int
) -> Iterator[Line]:
    """Yield what the score is the sum of."""
    names = [visible(one.feature) for one in shown]
    longest = min(max(map(width, names), default=0), _LONGEST_NAME)
    for one, name in zip(shown, names, strict=True):
        lead = f"{_INDENT}  {signed(one.amount)}  "
        rest = name + " " * (longest - width(name)) + "  " + quotes(verdict.sentence.text, one)
        note = "" if one.amount else "  (marked, no weight)"
        yield [
            Piece(lead, "amount " + _style_of(one.amount)),
            Piece(shorten(rest.rstrip(), columns - len(lead) - len(note)) + note),
        ]
    if left_out:
        together = sum(one.amount for one in left_out)
        yield _aside(together, f"{len(left_out)} more")
    if verdict.base is not None:
        yield _aside(verdict.base, "base")


def _aside(amount: float, what: str) -> Line:
    return [Piece(f"{_INDENT}  {signed(amount)}  {what}", "aside")]


def signed(amount: float) -> str:
    """Show an amount with its sign; what rounds to nothing is +0.00, never -0.00.

    Examples
    --------
    >>> signed(1.234), signed(-0.001)
    ('+1.23', '+0.00')
    """
    return f"{round(amount, 2) + 0.0:+.2f}"


def _style_of(amount: float) -> str:
    return FOR if amount > 0 else AGAINST if amount < 0 else UNWEIGHED


def quotes(text: str, one: Contribution, marks: str = '""') -> str:
    """Quote the words that a contribution rests on, each wording once; else name the neighbours.

    Examples
    --------
    >>> one = Contribution("a.b", 3.0, (Evidence(0, 3, "a.b"), Evidence(4, 7, "a.b")))
    >>> quotes("One One three four five.", one)
    '"One" ×2'
    """
    if one.neighbours:
        return "see " + ", ".join(f"{other.line}:{other.column}" for other in one.neighbours)
    found: dict[str, int] = {}
    for mark in one.evidence:
        if is_whole(text, mark.start, mark.end):
            what = "(whole sentence)"
        else:
            words = shorten(one_line(text[mark.start : mark.end]), _LONGEST_QUOTE)
            what = f"{marks[0]}{words}{marks[1]}"
        found[what] = found.get(what, 0) + 1
    return ", ".join(f"{what} ×{times}" if times > 1 else what for what, times in found.items())


def _legend(marks: set[str]) -> Line:
    words = {FOR: "for editorial", AGAINST: "for reporting", UNWEIGHED: "marked, no weight"}
    line = [Piece("marks: ")]
    for style, text in words.items():
        if style in marks:
            line += [Piece(text, style), Piece("   ")]
    return line[:-1]


def plural(number: int, what: str) -> str:
    """Count things in words.

    Examples
    --------
    >>> plural(1, "file"), plural(2, "file")
    ('1 file', '2 files')
    """
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def skipped(verdicts: Iterable[Verdict]) -> str:
    """Say how many sentences were not judged, and of which kinds; "" if all were.

    Examples
    --------
    >>> from framing.text import Sentence
    >>> skipped([Verdict(Sentence("By Jane Roe", kind="byline"))])
    'skipped 1 (1 byline)'
    """
    kinds = Counter(verdict.sentence.kind for verdict in verdicts if verdict.label is None)
    if not kinds:
        return ""
    ordered = sorted(kinds.items(), key=lambda item: (-item[1], item[0]))
    return f"skipped {kinds.total()} ({', '.join(f'{count} {kind}' for kind, count in ordered)})"


def _summary(analysis: Analysis) -> str:
    judged = sum(verdict.label is not None for verdict in analysis)
    editorial = sum(verdict.label == "editorial" for verdict in analysis)
    text = f"{plural(judged, 'sentence')} judged: {editorial} editorial"
    if editorial:
        text += f" ({editorial / judged:.0%})"
    left = [one for one in (skipped(analysis), without(analysis.dropped)) if one]
    return "; ".join([text, *left])


def without(dropped: Iterable[Dropped]) -> str:
    """Say which plug-ins had no part in a result because they failed, "" if none did.

    Examples
    --------
    >>> from framing.dropping import Dropped
    >>> without([Dropped("bad", "extractor 'bad' fails")])
    "without the extractor 'bad', which failed"
    """
    names = " and ".join(repr(one.extractor) for one in dropped)
    return visible(f"without the extractor {names}, which failed") if names else ""
