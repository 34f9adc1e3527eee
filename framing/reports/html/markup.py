"""Elements: the only way by which text becomes HTML, so that all of it is escaped.

A tree of the standard library's elements is built, and its serializer escapes what it writes.
Nothing in this package puts markup together from strings.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from framing.reports.characters import one_line

__all__ = ["Element", "element", "markup", "raw"]

#: What an element may hold: others, text, or nothing.
Child = Element | str | None


def element(tag: str, *children: Child, **attributes: str | float | bool | None) -> Element:
    r"""Make an element; text in it is shown on one line, with escapes for what controls.

    Parameters
    ----------
    tag : str
        Its name.
    *children : Element, str or None
        What it holds; None is left out.
    **attributes : str, float, bool or None
        ``class_`` is ``class`` and ``aria_label`` is ``aria-label``; True is an attribute
        without a value, None and False are left out.

    Examples
    --------
    >>> print(markup(element("p", "a <b> & ", element("b", "\x1b[31m"), class_='x"y', hidden=True)))
    <p class="x&quot;y" hidden="">a &lt;b&gt; &amp; <b>\x1b[31m</b></p>
    """
    made = Element(tag)
    for name, value in attributes.items():
        if value is not None and value is not False:
            text = "" if value is True else one_line(str(value))
            made.set(name.rstrip("_").replace("_", "-"), text)
    _fill(made, children)
    return made


def _fill(made: Element, children: Iterable[Child]) -> None:
    last: Element | None = None
    for child in children:
        if isinstance(child, Element):
            made.append(child)
            last = child
        elif child and last is None:
            made.text = (made.text or "") + one_line(child)
        elif child and last is not None:
            last.tail = (last.tail or "") + one_line(child)


def raw(tag: str, text: str, **attributes: str) -> Element:
    """Make a ``style`` or ``script`` element of our own text, which is written as it is.

    Raises
    ------
    ValueError
        If the text would end the element.

    Examples
    --------
    >>> print(markup(raw("style", "a > b {}")))
    <style>a > b {}</style>
    """
    if "</" in text or "<!--" in text:
        raise ValueError(f"this text would end the {tag} element")
    made = element(tag, **attributes)
    made.text = text
    return made


def markup(made: Element) -> str:
    """Return an element as HTML."""
    return ElementTree.tostring(made, encoding="unicode", method="html")
