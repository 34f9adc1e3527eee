"""Sphinx extension: links of a page to files of the repository that are no pages.

The pages are read in the repository too, where ``../datasets/README.md`` leads somewhere. Here
such a link leads to the page that was made of the file, or becomes the path itself.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s:#]+)(#[^)\s]*)?\)")
_FENCE = re.compile(r"^(```|~~~|:::)", re.MULTILINE)


def rewritten(text: str, folder: Path, pages: dict[Path, str], docs: Path) -> str:
    """Return Markdown whose links lead to pages of these docs, or show a path.

    Parameters
    ----------
    text : str
        Markdown of a page.
    folder : Path
        Folder that the links of the page are relative to.
    pages : dict of Path to str
        File of the repository → name of the page that is made of it.
    docs : Path
        Root of the pages.
    """

    def link(match: re.Match[str]) -> str:
        label, target, anchor = match.group(1), match.group(2), match.group(3) or ""
        file = Path(os.path.normpath(folder / target))
        if file in pages:
            return f"[{label}](/{pages[file]}.md{anchor})"
        if file.is_relative_to(docs):
            return f"[{label}](/{file.relative_to(docs).as_posix()}{anchor})"
        path = file.relative_to(docs.parent).as_posix()
        return label if path == label.strip("`") else f"{label} (`{path}`)"

    return _LINK.sub(link, text)


def _on_read(app: Sphinx, docname: str, content: list[str]) -> None:
    source = Path(app.env.doc2path(docname))
    if source.suffix != ".md":
        return
    docs = Path(app.srcdir).resolve()
    made: dict[Path, str] = app.config.repository_pages
    # A page that was made of a file keeps the links of that file.
    origin = next((file for file, page in made.items() if page == docname), source)
    content[0] = rewritten(content[0], origin.resolve().parent, made, docs)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_config_value("repository_pages", {}, "env")
    app.connect("source-read", _on_read)
    return {"version": "1", "parallel_read_safe": True}
