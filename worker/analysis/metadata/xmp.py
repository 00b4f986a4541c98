"""Reads properties from an XMP packet."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator


def xmp_text(packet: bytes, *names: str) -> str | None:
    """The first of these properties that the packet has as an attribute or element, with its usual prefix.

    This searches instead of parsing XML: packets are often broken or truncated, and an XML parser would need protection
    against entity expansion attacks.
    """
    return next((value for name in names for value in _values(packet, name)), None)


def _values(packet: bytes, name: str) -> Iterator[str]:
    # An element may hold its value in a list: <exif:ISOSpeedRatings><rdf:Seq><rdf:li>200</rdf:li>…
    # The quantifiers are possessive, so that no packet can make this search slow.
    attribute = rb"\s*+=\s*+[\"']([^\"'<]{1,400}+)"
    element = rb">(?:\s*+<rdf:\w++>){0,2}+\s*+([^<]{1,400}+)<"
    pattern = rb"\b" + re.escape(name.encode()) + rb"(?:" + attribute + rb"|" + element + rb")"
    for match in re.finditer(pattern, packet):
        value = (match[1] or match[2]).decode("utf-8", "replace").strip()
        if value:
            yield value


def xmp_number(packet: bytes, *names: str) -> float | None:
    """The first of these properties that there is, written as "28/10", "2.8" or "3"."""
    above, _, below = (xmp_text(packet, *names) or "").partition("/")
    try:
        value = float(above) / float(below or 1)
    except (ValueError, ZeroDivisionError):
        return None
    return value if math.isfinite(value) else None
