"""HTML: an article with its marks, in a notebook, on a page of its own, or served."""

from __future__ import annotations

from framing.reports.html.article import fragment
from framing.reports.html.page import page

__all__ = ["fragment", "page"]
