"""An article as it was written, its editorial sentences marked, each with the reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from framing.model import Verdict
from framing.reports.characters import one_line
from framing.reports.html.key import glossary, key
from framing.reports.html.markup import Element, element, markup, raw
from framing.reports.html.sentence import because, label_of, percent, reasons, sentence, why
from framing.reports.html.strip import strip
from framing.reports.html.whole import whole
from framing.reports.layout import plural, skipped, without

if TYPE_CHECKING:
    from framing.analysis import Analysis
    from framing.evidence import Extractor
    from framing.text import Document

__all__ = [
    "article",
    "asset",
    "card",
    "counts",
    "fragment",
    "identity",
    "names",
    "settled",
    "summary",
]

_NOTED = 3


@cache
def asset(name: str, package: str = __package__) -> str:
    """Return a style sheet or script that ships with a package, by default this one."""
    return (files(package) / name).read_text(encoding="utf-8")


def fragment(
    analysis: Analysis, extractors: Mapping[str, Extractor] | None = None, *, style: bool = True
) -> str:
    r"""Return an article as a piece of HTML that fits into any page.

    It needs no script and nothing from elsewhere, and its style touches nothing around it.

    Parameters
    ----------
    analysis : Analysis
        What to show.
    extractors : mapping of str to Extractor, optional
        What finds evidence, by name: their documentation explains the marks.
    style : bool
        Whether the style sheet comes with it.

    Returns
    -------
    str
        One ``div`` element.

    Examples
    --------
    >>> from framing.analysis import analyze
    >>> from framing.model import LinearModel
    >>> "It rained." in fragment(analyze("It rained.", model=LinearModel({}, -1.0)))
    True
    """
    return markup(card(analysis, extractors or {}, style=style))


def card(
    analysis: Analysis, extractors: Mapping[str, Extractor], *, style: bool = False
) -> Element:
    """Return what :func:`fragment` returns, as an element."""
    analysis = settled(analysis)
    return element(
        "div",
        raw("style", asset("article.css")) if style else None,
        _head(analysis),
        article(analysis),
        whole(analysis.profile),
        glossary([analysis], extractors),
        class_="framing",
        lang="en",
    )


def settled(analysis: Analysis) -> Analysis:
    """Return an analysis whose verdicts keep their contributions, which are asked for often."""
    return analysis.replace(verdicts=tuple(verdict.replace() for verdict in analysis))


def _head(analysis: Analysis) -> Element:
    name = analysis.document.name
    return element(
        "div",
        None if name == "<text>" else element("div", name, class_="fr-name-of"),
        summary(analysis),
        strip(analysis),
        key(analysis),
        class_="fr-head",
    )


def summary(analysis: Analysis) -> Element:
    """Say in one line how much of an article is editorial."""
    found, judged = counts([analysis])
    left = skipped(analysis)
    return element(
        "div",
        element("b", f"{found} of {plural(judged, 'sentence')} editorial"),
        f" ({percent(found / judged)})" if found else None,
        f"; {left}" if left else None,
        f"; {without(analysis.dropped)}" if analysis.dropped else None,
        class_="fr-summary",
    )


def counts(analyses: Iterable[Analysis]) -> tuple[int, int]:
    """Return how many sentences are editorial, and how many were judged."""
    labels = [verdict.label for analysis in analyses for verdict in analysis]
    return labels.count("editorial"), len(labels) - labels.count(None)


def identity(document: Document) -> str:
    """Return a short id of a draft, by its name and text: the same whenever it is shown.

    Examples
    --------
    >>> from framing.text import Document
    >>> identity(Document("It rained."))
    'fr-6266ce64'
    """
    known = f"{document.name}\0{document.source}".encode("utf-8", "backslashreplace")
    return f"fr-{sha256(known).hexdigest()[:8]}"


def names(analysis: Analysis) -> list[str]:
    """Return the id of each sentence."""
    stem = identity(analysis.document)
    return [f"{stem}-{number}" for number in range(1, len(analysis) + 1)]


def article(analysis: Analysis, *, link: bool = False) -> Element:
    """Return the article: block after block, each with its sentences and the notes on them.

    Parameters
    ----------
    analysis : Analysis
        What to show.
    link : bool
        Whether each sentence offers a link to itself.
    """
    return element("div", *_blocks(analysis, link), class_="fr-article")


def _blocks(analysis: Analysis, link: bool) -> Iterator[Element | str]:
    document, ids = analysis.document, names(analysis)
    numbers = _numbers(analysis.verdicts)
    verbatim = _is_verbatim(document)
    numbered = list(zip(range(len(analysis)), _paragraphs(analysis), strict=True))
    end = 0
    for _, group in groupby(numbered, key=lambda pair: pair[1]):
        block = [at for at, _ in group]
        before, lead = _gap(document, end, analysis[block[0]].sentence.start, verbatim)
        yield from before
        inside: list[Element | str] = [lead]
        for at in block:
            verdict = analysis[at]
            if at != block[0]:
                inside.append(_between(document, end, verdict.sentence.start, verbatim))
            shown = sentence(verdict, ids[at], numbers[at])
            if verdict.label is not None:
                box = why(verdict, ids[at], link=link)
                # Around both, so that the box stays open while the focus goes into it.
                shown = element("div", shown, box, class_="fr-unit")
            inside.append(shown)
            end = verdict.sentence.end
        found = [(numbers[at], ids[at], analysis[at]) for at in block if numbers[at] is not None]
        kind = analysis[block[0]].sentence.kind.replace(" ", "-")
        bullet = " fr-bullet" if kind == "list-item" and not verbatim else ""
        yield element(
            "div",
            element("div", *inside, class_="fr-text"),
            _notes(found) if found else None,
            class_=f"fr-block fr-{kind}{bullet}",
        )
    if verbatim:
        yield from _outside(document.source[end:])


def _paragraphs(analysis: Analysis) -> Sequence[int]:
    """Return the block of each sentence; each its own where the document does not tell."""
    known = analysis.document.paragraphs
    return known if len(known) == len(analysis) else range(len(analysis))


def _numbers(verdicts: Sequence[Verdict]) -> list[int | None]:
    """Return the number of each editorial sentence among them."""
    found = 0
    numbers: list[int | None] = []
    for verdict in verdicts:
        found += verdict.label == "editorial"
        numbers.append(found if verdict.label == "editorial" else None)
    return numbers


def _is_verbatim(document: Document) -> bool:
    """Tell whether what stands between the sentences is the author's text, not markup."""
    return getattr(document, "format", "text") == "text" and all(
        document.source[one.start : one.end] == one.text for one in document
    )


def _between(document: Document, start: int, end: int, verbatim: bool) -> str:
    if verbatim:
        return document.source[start:end]
    return " " if end > start else ""


def _gap(
    document: Document, start: int, end: int, verbatim: bool
) -> tuple[Iterator[Element | str], str]:
    """Return what stands between two blocks, and what opens the second (a bullet)."""
    if not verbatim:
        return iter([" "]), ""
    text = document.source[start:end]
    cut = max(text.rfind("\n"), text.rfind("\r")) + 1
    return _outside(text[:cut]), text[cut:]


def _outside(text: str) -> Iterator[Element | str]:
    """Yield text that belongs to no sentence, such as a row of asterisks."""
    if one_line(text).strip():
        yield element("div", text, class_="fr-block fr-gap")
    elif text:
        yield " "


def _notes(found: Sequence[tuple[int | None, str, Verdict]]) -> Element:
    """Return what stands beside a block: for each editorial sentence the main reasons."""
    rows = [
        element(
            "div",
            element("a", str(number), class_="fr-number", href=f"#{name}"),
            element("b", label_of(verdict), class_="fr-called"),
            *(because(verdict.sentence.text, one) for one in reasons(verdict)[:_NOTED]),
            class_="fr-note",
            role="listitem",
        )
        for number, name, verdict in found
    ]
    return element("div", *rows, class_="fr-notes", role="list", aria_label="Why")
