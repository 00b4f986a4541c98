"""What the tables of a camera raw file say, in the layouts that we read ourselves: TIFF, and Canon's boxes (CR3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from worker.analysis.files.boxes import boxes_in
from worker.analysis.files.raw_kinds import NOT_FOR_EYES
from worker.analysis.metadata import Directory, read_chain

_SUB_DIRECTORIES, _PHOTOMETRIC, _XMP, _BASELINE_EXPOSURE = 0x014A, 0x0106, 0x02BC, 0xC62A
_SPANS = ((0x0111, 0x0117), (0x0144, 0x0145))  # strips, tiles: offsets and sizes
_MOST_STOPS = 4.0
_CANON = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
_PANASONIC = b"IIU\0"  # its strips have an offset elsewhere


@dataclass(frozen=True)
class RawTables:
    """What is known of a raw file without decoding it. Empty for a layout that we do not read."""

    exif: bytes | None = None
    """A TIFF or EXIF block with the first directory."""
    shot_block: bytes | None = None
    """The EXIF directory, where it is a block of its own."""
    xmp: bytes | None = None
    stops: float = 0.0
    """How much brighter the camera wants the picture than its data, in EV."""
    tiles: frozenset[int] = frozenset()
    """Offsets of the parts of sensor data, masks and depth maps. They may be JPEG too."""
    is_cut_off: bool = False
    """Whether something lies past the end of the file."""


def read_raw_tables(data: bytes) -> RawTables:
    """Read the tables of a raw file. Never raises."""
    if data[4:8] == b"ftyp":
        return _canon_tables(data)
    directories = list(_directories(data))
    if not directories:
        return RawTables(is_cut_off=_fujifilm_is_cut_off(data))
    first = directories[0]
    stops = first.number(_BASELINE_EXPOSURE) or 0.0
    spans = [(directory, span) for directory in directories for span in _spans(directory)]
    return RawTables(
        exif=data,
        xmp=first.raw(_XMP) or None,
        stops=max(-_MOST_STOPS, min(stops, _MOST_STOPS)),
        tiles=frozenset(start for at, (start, _) in spans if at.integer(_PHOTOMETRIC) in NOT_FOR_EYES),
        is_cut_off=not data.startswith(_PANASONIC) and any(end > len(data) for _, (_, end) in spans),
    )


def _directories(data: bytes) -> Iterator[Directory]:
    for first in read_chain(data):
        yield first
        yield from first.directories(_SUB_DIRECTORIES)


def _spans(directory: Directory) -> Iterator[tuple[int, int]]:
    """Where its strips and tiles start and end."""
    for offsets, sizes in _SPANS:
        for start, size in zip(directory.numbers(offsets), directory.numbers(sizes), strict=False):
            yield int(start), int(start + size)


def _canon_tables(data: bytes) -> RawTables:
    """Read CR3: https://github.com/lclevy/canon_cr3. CMT1 has the first directory, CMT2 that of EXIF."""
    boxes = list(boxes_in(data, 0, len(data)))
    found: dict[bytes, bytes] = {}
    for kind, start, end in boxes:
        for inner, inner_start, inner_end in boxes_in(data, start, end) if kind == b"moov" else ():
            if inner == b"uuid" and data.startswith(_CANON, inner_start):
                parts = boxes_in(data, inner_start + len(_CANON), inner_end)
                found.update((name, data[at:to]) for name, at, to in parts)
    return RawTables(
        exif=found.get(b"CMT1"),
        shot_block=found.get(b"CMT2"),
        is_cut_off=not boxes or boxes[-1][2] < len(data),
    )


def _fujifilm_is_cut_off(data: bytes) -> bool:
    """Whether the sensor's data of a RAF ends past the file; offset and size are in its header."""
    if not data.startswith(b"FUJIFILMCCD-RAW") or len(data) < 108:
        return False
    start, size = (int.from_bytes(data[at : at + 4], "big") for at in (100, 104))
    return start + size > len(data)


def raw_is_cut_off(data: bytes) -> bool:
    """Whether the tables of a raw file name data past its end."""
    return read_raw_tables(data).is_cut_off
