"""Pictures of analyses and of measures (matplotlib, the extra ``plot``).

Each function draws on the axes that it is given, or on new ones, and returns them. What a picture
shows is said in words by :func:`alt_text`, for whoever cannot see it; :func:`save` writes both.
Colours are of Okabe and Ito's palette, which colour-blind readers tell apart, and nothing is
told by colour alone.
"""

from __future__ import annotations

from framing.plots.articles import commentary, contributions, devices
from framing.plots.drawing import alt_text, save
from framing.plots.measures import calibration, precision_recall

__all__ = [
    "alt_text",
    "calibration",
    "commentary",
    "contributions",
    "devices",
    "precision_recall",
    "save",
]
