"""What the tables of a camera raw file say, in the layouts that we read ourselves: TIFF, and Canon's boxes (CR3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal

from worker.analysis.files.boxes import boxes_in
from worker.analysis.files.raw_kinds import NOT_FOR_EYES, PHOTOMETRIC, raw_directories
from worker.analysis.metadata import MAX_VALUES, Directory

_XMP, _BASELINE_EXPOSURE = 0x02BC, 0xC62A
_SPANS = ((0x0111, 0x0117), (0x0144, 0x0145))  # strips, tiles: offsets and sizes
_MOST_VALUES = 1 << 18  # offsets and sizes of all directories; real files have thousands
_MOST_STOPS = 4.0
_CANON = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
_CANON_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_PANASONIC = b"IIU\0"  # its strips have an offset elsewhere

Damage = Literal["cut off", "corrupt"]


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
    damage: Damage | None = None
    """Cut off if something lies past the end of the file; corrupt if it has more parts than any camera writes."""


def read_raw_tables(data: bytes) -> RawTables:
    """Read the tables of a raw file. Never raises."""
    if data[4:8] == b"ftyp":
        return _canon_tables(data)
    directories = raw_directories(data)
    first = next(directories, None)
    if first is None:
        return RawTables(damage="cut off" if _fujifilm_is_cut_off(data) else None)
    stops = first.number(_BASELINE_EXPOSURE) or 0.0
    tiles, damage = _tiles(data, chain([first], directories))
    return RawTables(
        exif=data,
        xmp=first.raw(_XMP) or None,
        stops=max(-_MOST_STOPS, min(stops, _MOST_STOPS)),
        tiles=tiles,
        damage=damage,
    )


def _tiles(data: bytes, directories: Iterable[Directory]) -> tuple[frozenset[int], Damage | None]:
    """The offsets of what is not for eyes, and what is wrong with the places of all parts.

    Directories may share one table of places, so a small file can name very many: this reads at most `_MOST_VALUES`.
    """
    tiles: set[int] = set()
    is_cut_off = False
    left = _MOST_VALUES
    for directory in directories:
        left -= sum(_value_count(directory, tag) for tags in _SPANS for tag in tags)
        if left < 0:
            return frozenset(tiles), "corrupt"
        is_for_eyes = directory.integer(PHOTOMETRIC) not in NOT_FOR_EYES
        for start, end in _spans(directory):
            is_cut_off = is_cut_off or end > len(data)
            if not is_for_eyes:
                tiles.add(start)
    return frozenset(tiles), "cut off" if is_cut_off and not data.startswith(_PANASONIC) else None


def _value_count(directory: Directory, tag: int) -> int:
    """How many values of a tag there are to read: none if they reach past the end."""
    entry = directory.entries.get(tag)
    if entry is None:
        return 0
    entry = replace(entry, count=min(entry.count, MAX_VALUES))  # as `Directory.numbers` reads it
    return entry.count if entry.offset + entry.size <= len(directory.block) else 0


def _spans(directory: Directory) -> Iterator[tuple[int, int]]:
    """Where its strips and tiles start and end."""
    for offsets, sizes in _SPANS:
        for start, size in zip(directory.numbers(offsets), directory.numbers(sizes), strict=False):
            yield int(start), int(start + size)


def _canon_tables(data: bytes) -> RawTables:
    """Read CR3: https://github.com/lclevy/canon_cr3. CMT1 has the first directory, CMT2 that of EXIF.

    The stars that somebody gave in the camera are in the XMP, which has a box of its own.
    """
    boxes = list(boxes_in(data, 0, len(data)))
    packets = [
        data[start + 16 : end] for kind, start, end in boxes if kind == b"uuid" and data.startswith(_CANON_XMP, start)
    ]
    found: dict[bytes, bytes] = {}
    for kind, start, end in boxes:
        for inner, inner_start, inner_end in boxes_in(data, start, end) if kind == b"moov" else ():
            if inner == b"uuid" and data.startswith(_CANON, inner_start):
                parts = boxes_in(data, inner_start + len(_CANON), inner_end)
                found.update((name, data[at:to]) for name, at, to in parts)
    return RawTables(
        exif=found.get(b"CMT1"),
        shot_block=found.get(b"CMT2"),
        xmp=packets[0] if packets else None,
        damage="cut off" if not boxes or boxes[-1][2] < len(data) else None,
    )


def _fujifilm_is_cut_off(data: bytes) -> bool:
    """Whether the sensor's data of a RAF ends past the file; offset and size are in its header."""
    if not data.startswith(b"FUJIFILMCCD-RAW") or len(data) < 108:
        return False
    start, size = (int.from_bytes(data[at : at + 4], "big") for at in (100, 104))
    return start + size > len(data)


def raw_is_cut_off(data: bytes) -> bool:
    """Whether the tables of a raw file name data past its end."""
    return read_raw_tables(data).damage == "cut off"
