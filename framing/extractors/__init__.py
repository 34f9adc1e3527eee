"""The built-in extractors, one file per family; BUILTIN is the only list of them."""

from __future__ import annotations

from framing.extractors.evaluation import EVALUATION
from framing.extractors.facticity import FACTICITY
from framing.extractors.hedging import HEDGING
from framing.extractors.insinuation import INSINUATION
from framing.extractors.interjection import INTERJECTION
from framing.extractors.loaded import LOADED
from framing.extractors.neutral import NEUTRAL
from framing.extractors.quoted import QUOTED
from framing.extractors.readability import READABILITY
from framing.extractors.rhetoric import RHETORIC
from framing.extractors.sourcing import SOURCING
from framing.extractors.stance import STANCE
from framing.extractors.surface import SURFACE
from framing.extractors.wording import WORDING

__all__ = ["BUILTIN"]

BUILTIN = (
    EVALUATION,
    FACTICITY,
    HEDGING,
    INSINUATION,
    INTERJECTION,
    LOADED,
    NEUTRAL,
    QUOTED,
    READABILITY,
    RHETORIC,
    SOURCING,
    STANCE,
    SURFACE,
    WORDING,
)
