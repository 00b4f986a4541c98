"""What stays of EXIF and XMP: orientation, capture time, make and model, and the colour space.

Nothing is copied. The values are read as the service reads every photo, checked, and written as a new, small EXIF
block. So nothing that we do not know can stay, and a block that is too broken to read leaves nothing.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from worker.analysis.metadata import Layout, read_capture_information, read_exif, read_orientation

ASCII, SHORT, LONG, RATIONAL, LONG8, UNDEFINED = 2, 3, 4, 5, 16, 7
SIZES = {1: 1, ASCII: 1, SHORT: 2, LONG: 4, RATIONAL: 8, 6: 1, UNDEFINED: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, LONG8: 8}
"""Bytes of one value of each type (TIFF 6.0, section 2; BigTIFF)."""

Value = tuple[int, int, bytes]
"""Tag, type, and the bytes of the values."""

_MAX_TEXT = 64
_EXIF_POINTER, _INTEROPERABILITY_POINTER, _PLACE_POINTER = 0x8769, 0xA005, 0x8825
_LITTLE = Layout("<")


@dataclass(frozen=True)
class Harmless:
    """All that stays of a photo's metadata. None where the file says nothing valid."""

    orientation: int = 1
    make: str | None = None
    model: str | None = None
    taken_at: datetime | None = None
    utc_offset_minutes: int | None = None
    colour_space: int | None = None
    is_adobe_rgb: bool = False
    software: str | None = None
    """Only of files that this service makes."""
    place: tuple[Value, ...] = ()
    """The values of the GPS directory, little-endian. Only of files that this service makes, and whose place stays."""

    @classmethod
    def of(cls, exif: bytes | None, xmp: bytes | None = None) -> Harmless:
        """Read an EXIF block, or a whole TIFF, and an XMP packet, each with or without other bytes before it."""
        # The zone that follows from the place would tell of it.
        capture = read_capture_information(exif, xmp, with_place=False)
        shot = read_exif(exif).directory(_EXIF_POINTER)
        colour_space = shot.integer(0xA001)
        return cls(
            orientation=read_orientation(exif, xmp),
            make=capture.camera_make,
            model=capture.camera_model,
            taken_at=capture.taken_at,
            utc_offset_minutes=capture.utc_offset_minutes,
            colour_space=colour_space if colour_space in {1, 2, 0xFFFF} else None,
            is_adobe_rgb=shot.directory(_INTEROPERABILITY_POINTER).text(1) == "R03",
        )

    def block(self) -> bytes:
        """A new EXIF block that starts with its TIFF header; empty if there is nothing to say."""
        if self == Harmless():
            return b""
        first = 8
        values = [(0x0112, SHORT, struct.pack("<H", self.orientation)), *self.camera()]
        pointers = [tag for tag, is_there in ((_EXIF_POINTER, self.has_shot), (_PLACE_POINTER, self.place)) if is_there]
        shot_at = first + len(directory(_LITTLE, first, [*values, *((tag, LONG, bytes(4)) for tag in pointers)]))
        shot = self.shot(_LITTLE, shot_at)
        place_at = shot_at + len(shot)
        starts = {_EXIF_POINTER: shot_at, _PLACE_POINTER: place_at}
        values += [(tag, LONG, struct.pack("<I", starts[tag])) for tag in pointers]
        place = directory(_LITTLE, place_at, self.place) if self.place else b""
        return b"II*\0" + struct.pack("<I", first) + directory(_LITTLE, first, values) + shot + place

    @property
    def has_shot(self) -> bool:
        """Whether there is anything to write into the EXIF directory."""
        return self.taken_at is not None or self.colour_space is not None or self.is_adobe_rgb

    def camera(self) -> list[Value]:
        """Make, model and software, as values of the first directory."""
        texts = ((0x010F, self.make), (0x0110, self.model), (0x0131, self.software))
        return [(tag, ASCII, _text(text)) for tag, text in texts if text and _text(text) != b"\0"]

    def shot(self, layout: Layout, start: int) -> bytes:
        """The EXIF directory, and the one it points at, for this place in a file; empty without `has_shot`."""
        if not self.has_shot:
            return b""
        values: list[Value] = [(0x9000, UNDEFINED, b"0232")]
        if self.taken_at:
            values.append((0x9003, ASCII, self.taken_at.isoformat(" ", "seconds").replace("-", ":").encode() + b"\0"))
            if self.utc_offset_minutes is not None:
                values.append((0x9011, ASCII, _offset(self.utc_offset_minutes)))
            if self.taken_at.microsecond:
                values.append((0x9291, ASCII, f"{self.taken_at.microsecond:06d}".rstrip("0").encode() + b"\0"))
        if self.colour_space is not None:
            values.append((0xA001, SHORT, struct.pack(f"{layout.order}H", self.colour_space)))
        if not self.is_adobe_rgb:
            return directory(layout, start, values)
        values.append((_INTEROPERABILITY_POINTER, LONG, bytes(4)))
        end = start + len(directory(layout, start, values))
        values[-1] = (_INTEROPERABILITY_POINTER, LONG, struct.pack(f"{layout.order}I", end))
        return directory(layout, start, values) + directory(layout, end, [(1, ASCII, b"R03\0")])


def directory(layout: Layout, start: int, values: Sequence[Value], following: int = 0) -> bytes:
    """A directory for this place in a file, with the values that do not fit into its table after it.

    Its length does not depend on `start` or `following`, and is even.
    """
    inline = layout.pointer.size
    table = layout.count.pack(len(values))
    outside = b""
    after = start + layout.count.size + len(values) * layout.entry.size + inline
    for tag, kind, content in sorted(values):
        count = len(content) // SIZES[kind]
        row = layout.entry.pack(tag, kind, count, after + len(outside))
        if len(content) <= inline:
            row = row[:-inline] + content.ljust(inline, b"\0")
        else:
            outside += content + bytes(len(content) % 2)
        table += row
    return table + layout.pointer.pack(following) + outside


def _text(text: str) -> bytes:
    return "".join(letter for letter in text if letter.isprintable())[:_MAX_TEXT].strip().encode() + b"\0"


def _offset(minutes: int) -> bytes:
    return b"%c%02d:%02d\0" % (b"-" if minutes < 0 else b"+", abs(minutes) // 60, abs(minutes) % 60)
