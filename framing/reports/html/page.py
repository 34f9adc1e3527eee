"""A page of its own for one or many drafts: nothing in it comes from elsewhere or goes there."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from framing.reports.html.article import article, asset, counts, identity, settled, summary
from framing.reports.html.key import families, glossary, key
from framing.reports.html.markup import Element, element, markup, raw
from framing.reports.html.sentence import percent
from framing.reports.html.strip import strip
from framing.reports.html.whole import whole
from framing.reports.layout import plural
from framing.reports.names import family_name

if TYPE_CHECKING:
    from framing.analysis import Analysis
    from framing.evidence import Extractor

__all__ = ["page", "policy"]

_KEYS = (
    ("j or n", "next finding"),
    ("k or p", "previous finding"),
    ("c", "copy a link to the sentence"),
    ("Esc", "close the box"),
)
_LABELS = {"": "all sentences", "editorial": "editorial", "reporting": "reporting"}


def page(
    analyses: Sequence[Analysis],
    extractors: Mapping[str, Extractor] | None = None,
    desks: Sequence[str] | None = None,
) -> str:
    r"""Return a whole page about drafts.

    Parameters
    ----------
    analyses : sequence of Analysis
        One per draft.
    extractors : mapping of str to Extractor, optional
        What finds evidence, by name: their documentation explains the marks.
    desks : sequence of str, optional
        The desk of each draft.

    Returns
    -------
    str
        An HTML document, ended by a newline.

    Examples
    --------
    >>> from framing.analysis import analyze
    >>> from framing.model import LinearModel
    >>> page([analyze("It rained.", model=LinearModel({}, -1.0))])[:15]
    '<!DOCTYPE html>'
    """
    analyses = [settled(analysis) for analysis in analyses]
    known = list(desks or ())
    if len(set(known)) < 2:  # a desk that all share tells nothing
        known = [""] * len(analyses)
    style, script = asset("article.css") + asset("page.css"), asset("page.js")
    title = analyses[0].document.name if len(analyses) == 1 else plural(len(analyses), "draft")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy(style, script)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", f"{title} – framing report"),
        element("link", rel="icon", href="data:,"),
        raw("style", style),
    )
    body = element(
        "body",
        _header(analyses, known),
        element(
            "main",
            *(_draft(one, desk) for one, desk in zip(analyses, known, strict=True)),
        ),
        element(
            "footer",
            element("div", glossary(analyses, extractors or {}), class_="framing"),
            class_="fr-about",
        ),
        raw("script", script),
    )
    return "<!DOCTYPE html>\n" + markup(element("html", head, body, lang="en")) + "\n"


def policy(style: str, script: str) -> str:
    """Return the Content-Security-Policy under which exactly this style and script may run.

    Examples
    --------
    >>> policy("", "").split("; ")[:2]
    ["default-src 'none'", 'img-src data:']
    """
    return "; ".join(
        [
            "default-src 'none'",
            "img-src data:",
            f"style-src '{_digest(style)}'",
            f"script-src '{_digest(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}"


def _header(analyses: Sequence[Analysis], desks: Sequence[str]) -> Element:
    found, judged = counts(analyses)
    many = len(analyses) > 1
    share = f" ({percent(found / judged)})" if found else ""
    total = (
        f"{plural(len(analyses), 'draft')}, {plural(judged, 'sentence')} judged,"
        f" {found} editorial{share}"
    )
    return element(
        "header",
        element(
            "div",
            element("h1", "Where the writer comments", class_="fr-h1"),
            element("p", total, class_="fr-total") if many else None,
            _index(analyses, desks) if many else None,
            _controls(analyses, desks),
            class_="framing",
        ),
    )


def _index(analyses: Sequence[Analysis], desks: Sequence[str]) -> Element:
    """Return the table of drafts."""
    with_desks = any(desks)
    titles = ["Draft", *(["Desk"] if with_desks else []), "Judged", "Editorial", "Share", "Where"]
    return element(
        "div",
        element(
            "table",
            element("thead", element("tr", *(element("th", text, scope="col") for text in titles))),
            element(
                "tbody",
                *(
                    _index_row(one, desk if with_desks else None)
                    for one, desk in zip(analyses, desks, strict=True)
                ),
            ),
            class_="fr-index",
            aria_label="Drafts",
        ),
        class_="fr-sources",
    )


def _index_row(analysis: Analysis, desk: str | None) -> Element:
    name = identity(analysis.document)
    found, judged = counts([analysis])
    share = percent(found / judged) if judged else "–"
    return element(
        "tr",
        element("th", element("a", analysis.document.name, href=f"#{name}"), scope="row"),
        None if desk is None else element("td", desk),
        *(element("td", text, class_="fr-count") for text in (str(judged), str(found), share)),
        element("td", strip(analysis), class_="fr-where"),
        data_draft=name,
    )


def _controls(analyses: Sequence[Analysis], desks: Sequence[str]) -> Element:
    """Return what needs the script; it stays hidden where scripts do not run."""
    kinds = {"": "any evidence"} | {name: family_name(name) for name in families(analyses)}
    known = sorted({desk for desk in desks if desk})
    selects = [_select("label", "Show", _LABELS), _select("family", "Because of", kinds)]
    if known:
        selects.append(_select("desk", "Desk", {"": "all desks"} | {one: one for one in known}))
    keys: list[Element | str] = []
    for pressed, what in _KEYS:
        keys += [element("kbd", pressed), f" {what}  "]
    return element(
        "form",
        element(
            "div",
            *selects,
            element(
                "span",
                element("button", "Previous", type="button", id="fr-previous"),
                element("button", "Next", type="button", id="fr-next"),
                element("button", "Print", type="button", id="fr-print"),
                class_="fr-buttons",
            ),
            element("output", class_="fr-status", id="fr-status", role="status"),
            class_="fr-bar-of-controls",
        ),
        element("p", *keys, class_="fr-keys"),
        class_="fr-controls",
        id="fr-controls",
        hidden=True,
        aria_label="Filter and move",
    )


def _select(name: str, label: str, options: Mapping[str, str]) -> Element:
    return element(
        "label",
        f"{label} ",
        element(
            "select",
            *(element("option", text, value=value) for value, text in options.items()),
            name=name,
            id=f"fr-by-{name}",
            autocomplete="off",
        ),
    )


def _draft(analysis: Analysis, desk: str) -> Element:
    name = identity(analysis.document)
    return element(
        "article",
        element(
            "div",
            element(
                "div",
                element("h2", analysis.document.name, class_="fr-h2"),
                element("span", f"desk: {desk}", class_="fr-desk") if desk else None,
                summary(analysis),
                strip(analysis),
                key(analysis),
                class_="fr-head",
            ),
            article(analysis, link=True),
            whole(analysis.profile),
            class_="framing",
        ),
        id=name,
        class_="fr-draft",
        data_desk=desk or None,
        aria_label=analysis.document.name,
    )
