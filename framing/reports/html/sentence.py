"""One sentence: its words marked, and the box that says why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from framing.model import Contribution, Verdict
from framing.reports.characters import cells
from framing.reports.html.markup import Element, element
from framing.reports.layout import TOP, choose, is_whole, quotes, shares, signed
from framing.reports.names import FAMILIES, family, feature_name

__all__ = ["because", "degree", "label_of", "look", "percent", "reasons", "sentence", "why"]

#: Probabilities from which the mark of an editorial sentence grows stronger.
_STEPS = (0.55, 0.7, 0.85)
#: What weighs less than this share of the weightiest reason is no reason of its own.
_LEAST = 0.2
_REASONS = 4
_SPOKEN = frozenset({"quotation", "attributed"})
# Small words and grammar are reasons only where there are no others.
_GROUND = frozenset({"surface", "wording"})
# The bar of an amount: the longest, in steps, and the amount that it stands for.
_LONGEST, _FULL = 16, 2.0


class Segment(NamedTuple):
    """Characters of a sentence that are marked alike.

    Attributes
    ----------
    start, end : int
        Half-open offsets into the sentence's text.
    family : str
        Of what weighs most on them, "" for none.
    amount : float
        What it weighs.
    reason : bool
        Whether it is one of the reasons for "editorial".
    spoken : bool
        Whether somebody else than the author speaks.
    """

    start: int
    end: int
    family: str
    amount: float
    reason: bool
    spoken: bool


def percent(probability: float) -> str:
    """Show a probability.

    Examples
    --------
    >>> percent(0.834)
    '83%'
    """
    return f"{probability:.0%}"


def degree(verdict: Verdict) -> int:
    """Return how strongly an editorial sentence is marked, 1 to 4.

    Examples
    --------
    >>> from framing.text import Sentence
    >>> degree(Verdict(Sentence("Shame!"), "editorial", 0.9))
    4
    """
    return 1 + sum((verdict.probability or 0.0) >= step for step in _STEPS)


def look(name: str) -> str:
    """Return the class that a family's marks are drawn by; plug-ins share one.

    Examples
    --------
    >>> look("loaded"), look("clickbait")
    ('fr-loaded', 'fr-other')
    """
    return f"fr-{name}" if name in FAMILIES else "fr-other"


def label_of(verdict: Verdict) -> str:
    """Say what a sentence was called, and how surely.

    Examples
    --------
    >>> from framing.text import Sentence
    >>> label_of(Verdict(Sentence("Shame!"), "editorial", 0.9))
    'editorial 90%'
    """
    if verdict.label is None or verdict.probability is None:
        return f"{verdict.sentence.kind}, not judged"
    unsure = ", unsure" if verdict.unsure else ""
    return f"{verdict.label} {percent(verdict.probability)}{unsure}"


def reasons(verdict: Verdict) -> list[Contribution]:
    """Return what speaks most for "editorial" on words of a sentence, weightiest first.

    Examples
    --------
    >>> from framing.analysis import analyze
    >>> verdict = analyze("It is a disgraceful decision.")[0]
    >>> reasons(verdict)[0].feature
    'evaluation.negative.strong'
    """
    text = verdict.sentence.text
    found = [
        one
        for one in verdict.contributions
        if one.amount > 0 and not any(is_whole(text, mark.start, mark.end) for mark in one.evidence)
    ]
    found = [one for one in found if family(one.feature) not in _GROUND] or found
    return [one for one in found[:_REASONS] if one.amount >= _LEAST * found[0].amount]


def _shown(verdict: Verdict) -> tuple[list[Contribution], list[Contribution]]:
    """Part contributions into those to show, the reasons among them, and the rest."""
    shown, left_out = choose(verdict.contributions, TOP)
    more = [one for one in reasons(verdict) if one in left_out]
    shown = sorted([*shown, *more], key=lambda one: -abs(one.amount))
    return shown, [one for one in left_out if one not in more]


def segments(verdict: Verdict) -> Iterator[Segment]:
    """Cut a sentence where its marks change.

    Examples
    --------
    >>> from framing.evidence import Evidence
    >>> from framing.text import Sentence
    >>> one = Contribution("evaluation.negative", 2.0, (Evidence(2, 5, "evaluation.negative"),))
    >>> verdict = Verdict(Sentence("A sad end."), "editorial", 0.9, 2.0, 0.0, (one,))
    >>> [(s.start, s.end, s.family) for s in segments(verdict)]
    [(0, 2, ''), (2, 5, 'evaluation'), (5, 10, '')]
    """
    text = verdict.sentence.text
    why = reasons(verdict) if verdict.label == "editorial" else []
    best: list[tuple[str, float, bool]] = [("", 0.0, False)] * len(text)
    for one in sorted(_shown(verdict)[0], key=lambda one: (one in why, abs(one.amount))):
        for mark, share in shares(text, one):
            for at in range(mark.start, mark.end):
                best[at] = (family(one.feature), share, one in why)
    spoken = [False] * len(text)
    for voice in verdict.sentence.voices:
        if voice.kind in _SPOKEN:
            spoken[voice.start : voice.end] = [True] * (voice.end - voice.start)
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or best[at] != best[start] or spoken[at] != spoken[start]:
            yield Segment(start, at, *best[start], spoken[start])
            start = at


def sentence(verdict: Verdict, name: str, number: int | None) -> Element:
    """Return a sentence with its words marked.

    Parameters
    ----------
    verdict : Verdict
        The sentence and what was found in it.
    name : str
        Its id on the page; its box is called ``name-why``.
    number : int or None
        Which of the article's editorial sentences it is.
    """
    if verdict.label is None:
        return element(
            "span", *_pieces(verdict), id=name, class_="fr-unjudged", title=label_of(verdict)
        )
    return element(
        "mark" if number is not None else "span",
        *_pieces(verdict),
        id=name,
        class_=_classes(verdict),
        tabindex=0,
        role=None if number is not None else "group",
        aria_describedby=f"{name}-why",
        data_number=number,
        data_percent=percent(verdict.probability or 0.0) if number is not None else None,
        data_families=_families(verdict) if number is not None else None,
    )


def _families(verdict: Verdict) -> str:
    return " ".join(sorted({family(one.feature) for one in reasons(verdict)}))


def _classes(verdict: Verdict) -> str:
    names = ["fr-s"]
    if verdict.label == "editorial":
        names += ["fr-editorial", f"fr-degree-{degree(verdict)}"]
    if verdict.unsure:
        names.append("fr-unsure")
    return " ".join(names)


def _pieces(verdict: Verdict) -> Iterator[Element | str]:
    shown = cells(verdict.sentence.text)
    for one in segments(verdict):
        text = "".join(shown[one.start : one.end])
        names = ["fr-e", look(one.family)] if one.family else []
        if one.family:
            names.append("fr-reason" if one.reason else "fr-hint")
        if one.spoken:
            names.append("fr-spoken")
        yield element("span", text, class_=" ".join(names)) if names else text


def why(verdict: Verdict, name: str, *, link: bool = False) -> Element:
    """Return the box that says why: what the score is the sum of.

    Parameters
    ----------
    verdict : Verdict
        The sentence and what was found in it.
    name : str
        The sentence's id on the page.
    link : bool
        Whether it offers a link to the sentence.
    """
    one = verdict.sentence
    shown, left_out = _shown(verdict)
    rows = [_row(one.text, part) for part in shown]
    if left_out:
        rows.append(_aside(sum(part.amount for part in left_out), f"{len(left_out)} more"))
    if verdict.base is not None:
        rows.append(_aside(verdict.base, "base"))
    total = None
    if verdict.score is not None:
        total = element("span", f"score {_amount(verdict.score)}", class_="fr-score")
    return element(
        "div",
        element(
            "div",
            element("b", label_of(verdict)),
            total,
            element("span", f"line {one.line}", class_="fr-place"),
            class_="fr-verdict",
        ),
        element("div", *rows, class_="fr-sum", role="list"),
        element("a", "Link to this sentence", class_="fr-link", href=f"#{name}") if link else None,
        class_="fr-why",
        id=f"{name}-why",
        hidden=True,
    )


def _row(text: str, one: Contribution) -> Element:
    return element(
        "div",
        _bar(one.amount),
        element("span", _amount(one.amount), class_="fr-amount"),
        because(text, one),
        class_="fr-row",
        role="listitem",
    )


def because(text: str, one: Contribution) -> Element:
    """Name the evidence that a contribution rests on, and quote it.

    Examples
    --------
    >>> from framing.evidence import Evidence
    >>> one = Contribution("loaded.label.weak", 1.0, (Evidence(2, 7, "loaded.label.weak"),))
    >>> "".join(because("A cabal of zealots met.", one).itertext())
    'loaded wording: label, weak “cabal”'
    """
    kind = look(family(one.feature))
    return element(
        "span",
        element("span", feature_name(one.feature), class_=f"fr-name fr-e {kind}"),
        " ",
        element("span", quotes(text, one, "“”"), class_="fr-words"),
        None if one.amount else element("i", " marked, no weight"),
        class_="fr-because",
    )


def _aside(amount: float, what: str) -> Element:
    return element(
        "div",
        _bar(amount),
        element("span", _amount(amount), class_="fr-amount"),
        element("span", what, class_="fr-rest"),
        class_="fr-row",
        role="listitem",
    )


def _amount(amount: float) -> str:
    return signed(amount).replace("-", "−")


def _bar(amount: float) -> Element:
    """Draw an amount to the right of a line if it speaks for "editorial", else to the left."""
    side = "fr-for" if amount > 0 else "fr-against"
    length = max(round(min(abs(amount) / _FULL, 1.0) * _LONGEST), 1 if amount else 0)
    return element("span", class_=f"fr-bar {side} fr-long-{length}")
