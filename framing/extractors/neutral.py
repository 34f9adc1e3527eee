"""Neutral: fixed expressions of plain reporting that hold a word which elsewhere is loaded."""

from __future__ import annotations

from framing.evidence import Extractor
from framing.lexicon import shipped

__all__ = ["NEUTRAL"]

NEUTRAL = Extractor("neutral", {}, lexicon=shipped("neutral"), doc=__doc__)
