"""The rules' pages: what each is about, and sentences on which it must and must not fire."""

from __future__ import annotations

import os
import re

__all__ = ["examples", "page"]


def page(code: str) -> str:
    """Return a rule's page, Markdown.

    Examples
    --------
    >>> page("FR001").splitlines()[0]
    '# FR001: editorial-sentence'
    """
    path = os.path.join(os.path.dirname(__file__), f"{code}.md")
    with open(path, encoding="utf-8") as file:
        return file.read()


def examples(text: str, heading: str) -> list[str]:
    r"""Return the examples below a heading of a page; lines in code blocks are one draft.

    Parameters
    ----------
    text : str
        A page.
    heading : str
        ``"Fires on"`` or ``"Does not fire on"``.

    Examples
    --------
    >>> examples("# X\n\n## Fires on\n\n- It is bad.\n- It is\n\n## Other\n", "Fires on")
    ['It is bad.', 'It is']
    """
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if found is None:
        return []
    body = found.group(1)
    blocks = [block.strip("\n") for block in re.findall(r"^```\n(.*?)^```", body, re.M | re.S)]
    return re.findall(r"^- (.+)$", re.sub(r"^```\n.*?^```", "", body, flags=re.M | re.S), re.M) + (
        blocks
    )
