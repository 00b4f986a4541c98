"""Blanks the location and the serial numbers in XMP (https://developer.adobe.com/xmp/docs/XMPNamespaces).

Properties become spaces, so the packet keeps its length.
"""

from __future__ import annotations

import re

from worker.analysis.metadata.errors import CannotBlank

_PROPERTY = (
    r"[\w.-]+:(?:GPS\w*|\w*SerialNumber|(?:City|State|Country|Location|CountryCode|LocationCreated|LocationShown)"
    r"(?=[\s=>/]))"
)
_XMP_PATTERNS = (
    rf"<(?P<name>{_PROPERTY})(?:\s[^<>]*)?/>",
    rf"<(?P<name>{_PROPERTY})(?:\s[^<>]*)?>.{{0,20000}}?</(?P=name)\s*>",
    rf"(?<=\s){_PROPERTY}\s*=\s*(?:\"[^\"]{{0,20000}}\"|'[^']{{0,20000}}')",
)
_MAX_XMP = 16 * 1024 * 1024
_XMP_LEFT = r"GPSL(?:at|ong)itude\b"


def blank_xmp(packet: bytearray) -> None:
    """Blank properties in an XMP packet, in place: elements with all their content, and attributes.

    Raises:
        CannotBlank: coordinates remain that are no property we know, or the packet is too large.
    """
    if len(packet) > _MAX_XMP:
        raise CannotBlank("XMP")
    encoding, unit = _encoding(packet)
    text = packet.decode(encoding, "surrogateescape" if unit == 1 else "surrogatepass")
    for pattern in _XMP_PATTERNS:
        text = re.sub(pattern, lambda found: " " * _units(found[0], unit), text, flags=re.DOTALL)
    if re.search(_XMP_LEFT, text):
        raise CannotBlank("XMP")
    blanked = text.encode(encoding, "surrogateescape" if unit == 1 else "surrogatepass")
    if len(blanked) != len(packet):
        raise CannotBlank("XMP")
    packet[:] = blanked


def _encoding(packet: bytearray) -> tuple[str, int]:
    """The encoding, and its bytes per unit. The zeros beside the first '<' reveal UTF-16 and UTF-32.

    Latin-1 stands for all others, because it keeps every byte as it is.
    """
    start = bytes(packet[:64])
    at = max(0, start.find(b"<"))
    for encoding, before, after in (
        ("utf-32-le", b"", bytes(3)),
        ("utf-32-be", bytes(3), b""),
        ("utf-16-le", b"", bytes(1)),
        ("utf-16-be", bytes(1), b""),
    ):
        unit = 1 + len(before) + len(after)
        unmarked = start[at + 1 :].startswith(after) and start[:at].endswith(before)
        if unmarked and at % unit == len(before) and len(packet) % unit == 0:
            return encoding, unit
    return "latin-1", 1


def _units(text: str, unit: int) -> int:
    """How many spaces take as many bytes as the text."""
    return len(text) if unit != 2 else len(text.encode("utf-16-le", "surrogatepass")) // 2
