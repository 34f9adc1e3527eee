"""Loaded phrasing."""

from __future__ import annotations

from framing.evidence import Extractor
from framing.lexicon import shipped

__all__ = ["LOADED"]

LOADED = Extractor(
    "loaded",
    {
        "loaded.intensity.*": "intensifiers and maximisers",
        "loaded.metaphor.*": "evaluative metaphors",
        "loaded.label.*": "loaded nouns for people and groups",
        "loaded.action.*": "loaded verbs",
        "loaded.cliche.*": "slogans and stock phrases of political speech",
    },
    lexicon=shipped("loaded"),
    doc=__doc__,
)
