"""Examples in modules that need an extra are run where it is installed."""

from __future__ import annotations

from importlib.util import find_spec

collect_ignore = [
    path
    for package, path in (("matplotlib", "framing/plots"), ("spacy", "framing/spacy.py"))
    if find_spec(package) is None
]
