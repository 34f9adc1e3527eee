"""Write the rules' pages into docs/rules, as ``framing explain-rule`` prints them.

Run ``python tools/rule_pages.py`` after a change in ``framing/checking/pages``.
"""

from __future__ import annotations

from pathlib import Path

from framing.checking.pages import page
from framing.checking.rules import RULES

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "rules"
TOP = """\
# Rules

<!-- written by: python tools/rule_pages.py -->

What `framing check` may find. `framing explain-rule CODE` prints the same pages.
How rules are selected, and which of them make a check fail: [checking drafts](../check.md#rules).

| code | name | what a finding says |
|---|---|---|
"""


def main() -> None:
    """Write the pages and their index."""
    FOLDER.mkdir(exist_ok=True)
    rows = [f"| [{one.code}]({one.code}.md) | {one.name} | {one.summary} |\n" for one in RULES]
    names = "".join(f"{one.code}\n" for one in RULES)
    contents = f"\n```{{toctree}}\n:hidden:\n\n{names}```\n"
    (FOLDER / "README.md").write_text(TOP + "".join(rows) + contents, encoding="utf-8")
    for rule in RULES:
        (FOLDER / f"{rule.code}.md").write_text(page(rule.code), encoding="utf-8")


if __name__ == "__main__":
    main()
