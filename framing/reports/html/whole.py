"""The article as a whole: what its profile tells besides the share of editorial sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from framing.reports.html.markup import Element, element
from framing.reports.html.sentence import look, percent
from framing.reports.names import family_name

__all__ = ["whole"]

_SHARES = {
    "share_headline": "editorial in the headline",
    "share_lead": "editorial in the lead",
    "share_ending": "editorial in the ending",
    "share_quoted": "of the words quoted",
    "share_attributed": "of the words hung on a source",
}


def whole(profile: Mapping[str, Any]) -> Element | None:
    """Return shares, devices and sources, folded; None if the profile tells none of them.

    Parameters
    ----------
    profile : mapping
        ``analysis.profile``.

    Examples
    --------
    >>> whole({"share_editorial": 0.2}) is None
    True
    """
    shares = [
        element("li", element("b", percent(profile[name])), f" {text}")
        for name, text in _SHARES.items()
        if profile.get(name) is not None
    ]
    parts = [
        element("ul", *shares, class_="fr-shares") if shares else None,
        _devices(profile.get("devices") or ()),
        _sources(profile.get("sources") or ()),
    ]
    if not any(part is not None for part in parts):
        return None
    return element(
        "details", element("summary", "The article as a whole"), *parts, class_="fr-whole"
    )


def _devices(devices: Sequence[Mapping[str, Any]]) -> Element | None:
    rows = [
        element(
            "li",
            element("span", family_name(one["family"]), class_=f"fr-e {look(one['family'])}"),
            f" {one['per_100_sentences']:.0f}",
        )
        for one in devices
        if one["per_100_sentences"]
    ]
    if not rows:
        return None
    return element(
        "div",
        element("div", "Marks per 100 sentences", class_="fr-term"),
        element("ul", *rows, class_="fr-devices"),
    )


def _sources(sources: Sequence[Mapping[str, Any]]) -> Element | None:
    if not sources:
        return None
    titles = ("Source", "", "Statements", "Words quoted", "Words of report")
    rows = [
        element(
            "tr",
            element("th", one["speaker"] or "nobody named", scope="row"),
            element("td", one["source"] or ""),
            element("td", str(one["claims"]), class_="fr-count"),
            element("td", str(one["words_quoted"]), class_="fr-count"),
            element("td", ", ".join(map(_verb, one["verbs"]))),
        )
        for one in sources
    ]
    return element(
        "div",
        element(
            "table",
            element("caption", "Who speaks"),
            element("thead", element("tr", *(_title(text) for text in titles))),
            element("tbody", *rows),
        ),
        class_="fr-sources",
        # It can be wider than a telephone, and must then be scrolled, by keyboard too.
        role="group",
        aria_label="Who speaks",
        tabindex=0,
    )


def _title(text: str) -> Element:
    return element("th", text, scope="col") if text else element("td")


def _verb(one: Mapping[str, Any]) -> str:
    times = f" ×{one['count']}" if one["count"] > 1 else ""
    loaded = f" ({one['stance']})" if one["stance"] != "neutral" else ""
    return f"{one['verb']}{times}{loaded}"
