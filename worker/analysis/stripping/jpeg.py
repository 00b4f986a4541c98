"""Strips JPEG (ITU-T T.81, annex B; ITU-T T.871 for JFIF; ICC.1:2022, annex B.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from worker.analysis.files import jpeg_segments
from worker.analysis.interface import NotStripped
from worker.analysis.stripping.colour_profile import harmless_profile
from worker.analysis.stripping.gain_map import gain_map_packet, index_content, photo_packet, pictures_after
from worker.analysis.stripping.harmless import Harmless
from worker.analysis.stripping.iso_gain_map import MARK, PHOTO_SAYS, iso_numbers

_TEMPORARY, _SOI, _EOI, _SOS = 0x01, 0xD8, 0xD9, 0xDA
_MAX_SEGMENTS = 100_000

# Frames, tables, scans, the restart interval and the number of lines.
_CODING = {*range(0xC0, 0xD0), _SOS, 0xDB, 0xDC, 0xDD} - {0xC8}
_FRAMES = _CODING & {*range(0xC0, 0xD0)} - {0xC4, 0xCC}
_LENGTHS = {0xDC: 2, 0xDD: 2}  # of the contents that are numbers: of lines, and of the restart interval
_APPLICATION, _COMMENT = range(0xE0, 0xF0), 0xFE

_JFIF, _EXIF, _XMP = (0xE0, b"JFIF\0"), (0xE1, b"Exif\0\0"), (0xE1, b"http://ns.adobe.com/xap/1.0/\0")
_PROFILE, _ADOBE = (0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe")
_ISO_GAIN_MAP = (0xE2, MARK)
_PROFILE_PART = 65_519


@dataclass(frozen=True)
class _Picture:
    """The first picture of a file, taken apart."""

    coding: list[bytes]
    found: dict[tuple[int, bytes], bytes]
    profile_parts: list[bytes]

    def packed(self, *added: bytes) -> list[bytes]:
        """What stays before the coded pixels, with these segments after JFIF's."""
        kept = [b"\xff\xd8"]
        if len(jfif := self.found.get(_JFIF, b"")) >= 7:
            kept.append(_segment(0xE0, b"JFIF\0" + jfif[:7] + b"\0\0"))  # without its thumbnail
        kept += added
        kept += _profile_segments(sorted(self.profile_parts))
        if len(adobe := self.found.get(_ADOBE, b"")) >= 7:
            kept.append(_segment(0xEE, b"Adobe" + adobe[:7]))
        return kept


@dataclass(frozen=True)
class _GainMap:
    """A gain map that says nothing else, and how it says its numbers."""

    data: bytes
    has_xmp: bool
    has_iso: bool


def strip_jpeg(data: bytes) -> bytes:
    """Keep the first picture: what codes its pixels, its colours, new EXIF, and its gain map. Raises NotStripped.

    Whatever else comes after the picture goes: previews, other pictures, films, maker's records.
    """
    picture = _taken_apart(data)
    exif = _exif_segment(Harmless.of(picture.found.get(_EXIF), picture.found.get(_XMP)))
    coding = [*picture.coding, b"\xff\xd9"]
    gain_map = _stripped_gain_map(data)
    if not gain_map:
        return b"".join([*picture.packed(exif), *coding])
    xmp = _segment(0xE1, _XMP[1] + photo_packet(len(gain_map.data))) if gain_map.has_xmp else b""
    iso = _segment(0xE2, PHOTO_SAYS) if gain_map.has_iso else b""
    head = picture.packed(exif, xmp, iso)
    index = index_content(sum(map(len, head)), sum(map(len, coding)), len(gain_map.data))
    return b"".join([*head, _segment(0xE2, index), *coding, gain_map.data])


def bare_jpeg(data: bytes, orientation: int) -> bytes:
    """Keep what codes the pixels of the first picture, and its colours; say how it is turned. Raises NotStripped."""
    picture = _taken_apart(data)
    exif = _exif_segment(Harmless(orientation=orientation))
    return b"".join([*picture.packed(exif), *picture.coding, b"\xff\xd9"])


def with_metadata(data: bytes, metadata: Harmless) -> bytes:
    """A JPEG that has no EXIF block, with one that says this."""
    return data[:2] + _exif_segment(metadata) + data[2:]


def _exif_segment(metadata: Harmless) -> bytes:
    """A segment that says this; empty if there is nothing to say."""
    block = metadata.block()
    return _segment(_EXIF[0], _EXIF[1] + block) if block else b""


def _stripped_gain_map(data: bytes) -> _GainMap | None:
    """The gain map that a file has after its first picture; None if it has none that we know."""
    for after in pictures_after(data):
        try:
            picture = _taken_apart(after)
        except NotStripped:
            continue
        packet = gain_map_packet(picture.found.get(_XMP, b""))
        numbers = iso_numbers(picture.found.get(_ISO_GAIN_MAP, b""))
        if packet or numbers:
            xmp = _segment(0xE1, _XMP[1] + packet) if packet else b""
            iso = _segment(0xE2, MARK + numbers) if numbers else b""
            stripped = b"".join([*picture.packed(xmp, iso), *picture.coding, b"\xff\xd9"])
            return _GainMap(stripped, has_xmp=bool(packet), has_iso=bool(numbers))
    return None


def _taken_apart(data: bytes) -> _Picture:
    coding: list[bytes] = []
    found: dict[tuple[int, bytes], bytes] = {}
    parts: list[bytes] = []
    is_framed = False
    for marker, content, scan in _segments(data):
        if marker in _CODING:
            coding += [_segment(marker, content), scan]
            is_framed = is_framed or marker in _FRAMES
            continue
        for kind in (_JFIF, _EXIF, _XMP, _ADOBE, _ISO_GAIN_MAP):
            if marker == kind[0] and content.startswith(kind[1]):
                found.setdefault(kind, content[len(kind[1]) :])
        if not is_framed and marker == _PROFILE[0] and content.startswith(_PROFILE[1]):
            parts.append(content[len(_PROFILE[1]) :])
    if not any(coding[1::2]):  # decoders would look for another picture
        raise NotStripped("damaged")
    return _Picture(coding, found, parts)


def is_bare_jpeg(stream: bytes) -> bool:
    """Whether a JPEG within a TIFF has nothing but pixels, the tables for them, and how their colours are meant."""
    bare = (_JFIF, _ADOBE)
    end = stream.find(b"\xff\xd9") + 2
    return end == len(stream.rstrip(b"\0")) and all(
        marker in _CODING or any(marker == kind[0] and content.startswith(kind[1]) for kind in bare)
        for marker, content, _ in _segments(stream)
    )


def _segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Marker and content of each segment of the first picture, and the coded pixels after a scan's header.

    Skips bytes between segments, as decoders do. Raises NotStripped where the end of the picture is missing.
    """
    before = None
    for number, segment in enumerate(jpeg_segments(data)):
        if number == _MAX_SEGMENTS:
            raise NotStripped("too_much")
        if before:
            scan = data[before.end : segment.start] if before.marker == _SOS else b""
            if b"\xff\xff\0" in scan:  # what libjpeg-turbo makes of it depends on what comes after the picture
                raise NotStripped("damaged")
            yield before.marker, before.content, scan
        marker = segment.marker
        if marker == _EOI:
            return
        before = None if marker == _TEMPORARY else segment
        if marker == _SOI or len(segment.content) != _LENGTHS.get(marker, len(segment.content)):
            raise NotStripped("damaged")
        if before and marker not in _CODING and marker not in _APPLICATION and marker != _COMMENT:
            raise NotStripped("unknown_part")
    raise NotStripped("damaged")


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def _profile_segments(written: list[bytes]) -> list[bytes]:
    """New segments for a profile whose parts each start with their number and the number of parts.

    None if some are missing or there are too many: decoders ignore such a profile, as one after the frame.
    """
    is_whole = bool(written) and written[0][1] == len(written)
    cleaned = harmless_profile(b"".join(part[2:] for part in written)) if is_whole else b""
    parts = [cleaned[start : start + _PROFILE_PART] for start in range(0, len(cleaned), _PROFILE_PART)]
    return [
        _segment(0xE2, _PROFILE[1] + bytes([number, len(parts)]) + part) for number, part in enumerate(parts, start=1)
    ]
