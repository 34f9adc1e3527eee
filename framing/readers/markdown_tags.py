"""The tags that Markdown lets through."""

from __future__ import annotations

from framing.patterns import late

__all__ = ["TAG"]

_ATTRIBUTE = (
    r"\s++[a-zA-Z_:][\w.:-]*+"
    r"(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|\{[^{}]*+\}|[^\s\"'=<>`]++))?+"
)
#: A whole start or end tag, with the braces that MDX allows in attributes.
TAG = late(
    rf"<(?:(?P<name>[a-zA-Z][a-zA-Z0-9-]*+)(?P<attributes>(?:{_ATTRIBUTE})*+)\s*+(?P<empty>/?)"
    r"|/(?P<closed>[a-zA-Z][a-zA-Z0-9-]*+)\s*+)>"
)
