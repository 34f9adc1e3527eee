"""The screen of the server: a field for the draft, and beside it the draft marked."""

from __future__ import annotations

from framing.reports.html.markup import Element, element, markup

__all__ = ["screen"]

_HINT = "Paste a draft here, or drop a file. It is marked while you type."
_PRIVATE = (
    "The draft goes no further than this machine, and nothing is stored. It reads English news;"
    " a mark is a question to an editor, not a judgement."
)
_DOWNLOADS = (("html", "Page"), ("json", "JSON"), ("csv", "CSV"))


def screen(
    draft: str = "", name: str = "", *, marked: Element | None = None, problem: str = ""
) -> str:
    """Return the whole screen.

    Parameters
    ----------
    draft : str
        What stands in the field.
    name : str
        What the draft is called; its ending tells the format.
    marked : Element, optional
        The draft with its marks.
    problem : str
        What kept it from being marked.

    Examples
    --------
    >>> "<textarea" in screen("It rained.")
    True
    """
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", "framing: mark a draft"),
        element("link", rel="icon", href="data:,"),
        element("link", rel="stylesheet", href="/screen.css"),
        element("script", src="/screen.js", defer=True),
    )
    # Line breaks are the author's; everywhere else text is on one line.
    field = element(
        "textarea",
        id="fr-draft",
        name="draft",
        aria_describedby="fr-hint",
        spellcheck="false",
        autocomplete="off",
    )
    field.text = f"\n{draft}"  # a textarea leaves out its first line break
    body = element(
        "body",
        element(
            "form",
            element(
                "div",
                element("h1", "Where the writer comments", class_="fr-h1"),
                element("label", "Draft", for_="fr-draft", class_="fr-label"),
                element("p", _HINT, id="fr-hint", class_="fr-quiet"),
                field,
                element("input", type="hidden", name="name", id="fr-name", value=name),
                _buttons(),
                element("p", _PRIVATE, class_="fr-quiet"),
                class_="framing fr-editor",
            ),
            method="post",
            action="/",
            accept_charset="utf-8",
            autocomplete="off",
            aria_label="Draft",
        ),
        element(
            "main",
            element("p", problem or None, id="fr-problem", role="alert", hidden=not problem),
            element("div", marked, id="fr-marked"),
            element("p", class_="fr-quiet", id="fr-state", role="status"),
        ),
    )
    return "<!DOCTYPE html>\n" + markup(element("html", head, body, lang="en")) + "\n"


def _buttons() -> Element:
    downloads = (
        element("button", text, type="submit", formaction=f"/download/{kind}", class_="fr-download")
        for kind, text in _DOWNLOADS
    )
    return element(
        "div",
        element("button", "Mark", type="submit", id="fr-mark"),
        element(
            "label", "Open a file", for_="fr-file", id="fr-open", class_="fr-button", hidden=True
        ),
        element("input", type="file", id="fr-file", class_="fr-file", hidden=True),
        element("span", "Download", class_="fr-quiet"),
        *downloads,
        class_="fr-buttons",
    )
