"""Tells camera raw files apart by their first bytes and their TIFF tags, never by their name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from worker.analysis.metadata import Directory, read_chain, read_tiff

TIFF_MARKS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
"""How TIFF and BigTIFF begin."""
PHOTOMETRIC = 0x0106
_DNG_VERSION, _SUB_DIRECTORIES, _COMPRESSION, _MAKE = 0xC612, 0x014A, 0x0103, 0x010F
_COLOUR_FILTER_ARRAY, _LINEAR_RAW = 32803, 34892
_DEPTH, _SEMANTIC_MASK = 51177, 52527
NOT_FOR_EYES = {_COLOUR_FILTER_ARRAY, _LINEAR_RAW, _DEPTH, _SEMANTIC_MASK}
"""PhotometricInterpretation of what is not a picture to look at (DNG 1.7.1)."""
_SENSOR_COMPRESSIONS = {34713, 32767, 65535}  # Nikon, Sony, Pentax


@dataclass(frozen=True)
class RawKind:
    """A camera raw format: what people call it, and its media type (shared-mime-info, where that knows it)."""

    name: str
    content_type: str


DNG = RawKind("DNG", "image/x-adobe-dng")
_CR2 = RawKind("Canon CR2", "image/x-canon-cr2")
_IIQ = RawKind("Phase One IIQ", "image/x-phaseone-iiq")
_OTHER = RawKind("camera", "image/x-dcraw")

# (offset, first bytes, kind)
_MARKS: tuple[tuple[int, bytes, RawKind], ...] = (
    (4, b"ftypcrx", RawKind("Canon CR3", "image/x-canon-cr3")),
    (6, b"HEAPCCDR", RawKind("Canon CRW", "image/x-canon-crw")),
    (0, b"FUJIFILMCCD-RAW", RawKind("Fujifilm RAF", "image/x-fuji-raf")),
    (0, b"IIU\0", RawKind("Panasonic RW2", "image/x-panasonic-rw2")),
    (0, b"IIRO", RawKind("Olympus ORF", "image/x-olympus-orf")),
    (0, b"IIRS", RawKind("Olympus ORF", "image/x-olympus-orf")),
    (0, b"MMOR", RawKind("Olympus ORF", "image/x-olympus-orf")),
    (0, b"FOVb", RawKind("Sigma X3F", "image/x-sigma-x3f")),
    (0, b"\0MRM", RawKind("Minolta MRW", "image/x-minolta-mrw")),
    (0, b"IIII", _IIQ),
    (0, b"MMMM", _IIQ),
)

# By the first word of the maker's name. Others, such as Leica, write DNG.
_BY_MAKE = {
    "nikon": RawKind("Nikon NEF", "image/x-nikon-nef"),
    "sony": RawKind("Sony ARW", "image/x-sony-arw"),
    "pentax": RawKind("Pentax PEF", "image/x-pentax-pef"),
    "ricoh": RawKind("Pentax PEF", "image/x-pentax-pef"),
    "samsung": RawKind("Samsung SRW", "image/x-samsung-srw"),
    "kodak": RawKind("Kodak", "image/x-kodak-kdc"),
    "eastman": RawKind("Kodak", "image/x-kodak-kdc"),
    "hasselblad": RawKind("Hasselblad 3FR", "image/x-hasselblad-3fr"),
    "epson": RawKind("Epson ERF", "image/x-epson-erf"),
    "mamiya": RawKind("Mamiya MEF", "image/x-mamiya-mef"),
    "leaf": RawKind("Leaf MOS", "image/x-leaf-mos"),
    "phase": _IIQ,
}


def raw_kind(data: bytes) -> RawKind | None:
    """The camera raw format of a file, or None: an ordinary TIFF, for example, or no photo at all."""
    if data[:4] in TIFF_MARKS:
        return _kind_of_tiff(data)
    return next((kind for offset, mark, kind in _MARKS if data.startswith(mark, offset)), None)


def _kind_of_tiff(data: bytes) -> RawKind | None:
    first = read_tiff(data)
    if _DNG_VERSION in first.entries:
        return DNG
    if data[8:10] == b"CR":
        return _CR2
    if data[8:12] in (b"IIII", b"MMMM"):
        return _IIQ
    if not _has_sensor_data(data):
        return None
    make = (first.text(_MAKE) or "").lower().replace(",", " ").split(" ")
    return _BY_MAKE.get(make[0], _OTHER)


def _has_sensor_data(data: bytes) -> bool:
    """Whether a directory describes what a sensor saw: a colour filter array, or a compression of camera makers."""
    return any(
        directory.integer(PHOTOMETRIC) in {_COLOUR_FILTER_ARRAY, _LINEAR_RAW}
        or directory.integer(_COMPRESSION) in _SENSOR_COMPRESSIONS
        for directory in raw_directories(data)
    )


def raw_directories(data: bytes) -> Iterator[Directory]:
    """The directories of a TIFF, each before those that it points at."""
    for first in read_chain(data):
        yield first
        yield from first.directories(_SUB_DIRECTORIES)
