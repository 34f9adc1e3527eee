"""Sphinx extension: pages that are made of what the repository holds already.

Extractors from their docstrings and test cases; data cards, guideline, notebooks, changelog
and contributing from their files. They are written before the build and ignored by git.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing.errors import FramingError
from framing.evidence import Extractor
from framing.extractors import BUILTIN
from framing.testing import Case, load_cases

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_SECTIONS = ("What", "Why", "Marked", "Not marked", "References")
_SHOWN_CASES = 4
#: The page made of the register of data sets; the cards hang on it.
_DATA = "generated/data/index"


def extractor_page(one: Extractor, cases: list[Case]) -> str:
    """Return the page of an extractor: its docstring, its features, and cases that tests run."""
    title, _, body = cleandoc(one.doc).partition("\n")
    lines = [f"# {one.name}", "", title.partition(": ")[2].capitalize(), ""]
    for name, text in _sections(body):
        lines += [f"## {name}", ""]
        lines += [f"- {row}" for row in _rows(text)] if name in _SECTIONS[2:] else [_joined(text)]
        lines += [""]
    lines += ["## Features", ""]
    for name, what in sorted(one.features.items()):
        lines += [f"### `{name}`", "", _escaped(what), ""]
        lines += _shown([case for case in cases if _belongs(case.feature, name)])
    if one.lexicon and not one.learned:
        lexicon = one.lexicon
        lines += [
            "## Lexicon",
            "",
            f"{len(lexicon):,} phrases; source: {lexicon.source}; licence: {lexicon.licence}.",
            "",
        ]
    return "\n".join(lines)


def _sections(body: str) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for line in body.splitlines():
        if line.strip() in _SECTIONS and not line.startswith(" "):
            found.append((line.strip(), []))
        elif found and line.strip():
            found[-1][1].append(line)
    return found


def _rows(lines: list[str]) -> list[str]:
    """Join the rows of a section: an example begins with a quotation mark, a source anywhere."""
    rows: list[str] = []
    for line in (line.strip() for line in lines):
        if rows and not (line.startswith(('"', "“")) or rows[-1].endswith((".", ")"))):
            rows[-1] += f" {line}"
        else:
            rows.append(line)
    # An example that is a quotation needs no quotation marks of ours around its own.
    return [_escaped(row.replace("``", "`").replace('"“', "“").replace('”"', "”")) for row in rows]


def _joined(lines: list[str]) -> str:
    return _escaped(" ".join(line.strip() for line in lines).replace("``", "`"))


def _escaped(text: str) -> str:
    return re.sub(r"([*_<\[\]])(?![^`]*`[^`]*$)", r"\\\1", text) if "`" not in text else text


def _belongs(feature: str, name: str) -> bool:
    stem = name.removesuffix("*").rstrip(".")
    return feature == name or feature.startswith(stem)


def _shown(cases: list[Case]) -> list[str]:
    """Show some cases as a table: the sentence and the words that are marked."""
    kept = [
        *[case for case in cases if case.fires][:_SHOWN_CASES],
        *[case for case in cases if not case.fires][:_SHOWN_CASES],
    ]
    if not kept:
        return []
    rows = [
        f"| {_cell(case.text)} | {', '.join(map(_cell, case.marked)) or '–'} |" for case in kept
    ]
    return ["| sentence | marked |", "|---|---|", *rows, ""]


def _cell(text: str) -> str:
    return re.sub(r"([\\`*_<>\[\]|#&$])", r"\\\1", text)


def _write(path: Path, text: str) -> None:
    """Write a page if it changed, so that Sphinx builds only what is new."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def _on_start(app: Sphinx) -> None:
    docs = Path(app.srcdir).resolve()
    root = docs.parent
    pages = {
        root / "datasets" / "GUIDELINE.md": "generated/data/guideline",
        root / "datasets" / "README.md": _DATA,
        root / "CONTRIBUTING.md": "generated/contributing",
        root / "CHANGELOG.md": "generated/changelog",
    }
    for card in sorted((root / "datasets").glob("*/card.md")):
        pages[card] = f"generated/data/{card.parent.name}"
    if (root / "SECURITY.md").exists():
        pages[root / "SECURITY.md"] = "generated/reporting-security"
    for file, page in pages.items():
        text = file.read_text(encoding="utf-8")
        if page == _DATA:
            text += _contents(pages.values())
        _write(docs / f"{page}.md", text)
    for notebook in sorted((root / "examples" / "notebooks").glob("*.ipynb")):
        text = notebook.read_text(encoding="utf-8")
        _write(docs / "generated" / "notebooks" / notebook.name, text)
    for one in BUILTIN:
        try:
            cases = load_cases(root / "tests" / "cases" / f"{one.name}.tsv")
        except FramingError:
            cases = []
        _write(docs / "generated" / "extractors" / f"{one.name}.md", extractor_page(one, cases))
    app.config.repository_pages = pages


def _contents(pages: Iterable[str]) -> str:
    folder = _DATA.removesuffix("index")
    inner = "\n".join(
        page.removeprefix(folder) for page in pages if page.startswith(folder) and page != _DATA
    )
    return f"\n```{{toctree}}\n:hidden:\n\n{inner}\n```\n"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("builder-inited", _on_start, priority=100)
    return {"version": "1", "parallel_read_safe": True}
