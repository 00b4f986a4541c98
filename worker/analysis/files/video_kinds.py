"""Tells videos apart by their first bytes, never by their name, and finds those whose end is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from worker.analysis.files.video_file import VideoFile


@dataclass(frozen=True)
class VideoKind:
    """A container of video: its media type, and the demuxer of FFmpeg that reads it."""

    content_type: str
    demuxer: Literal["mov", "matroska", "avi"]


_QUICKTIME = VideoKind("video/quicktime", "mov")
_MP4 = VideoKind("video/mp4", "mov")
_3GP = VideoKind("video/3gpp", "mov")
_WEBM = VideoKind("video/webm", "matroska")
_MATROSKA = VideoKind("video/x-matroska", "matroska")
_AVI = VideoKind("video/x-msvideo", "avi")

_EBML = b"\x1a\x45\xdf\xa3"
_SEGMENT = b"\x18\x53\x80\x67"
_OLD_QUICKTIME = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
"""How QuickTime files without the box `ftyp` begin."""
_NOT_VIDEO = (b"M4A ", b"M4B ", b"M4P ", b"crx ", b"jp2 ", b"jpx ", b"jpm ")


def video_kind(data: bytes) -> VideoKind | None:
    """The container of a video; None of other files. Pictures share a container: recognise them first."""
    kind, brand = data[4:8], data[8:12]
    if kind == b"ftyp" and brand not in _NOT_VIDEO:
        return _QUICKTIME if brand == b"qt  " else _3GP if brand[:2] == b"3g" else _MP4
    if kind in _OLD_QUICKTIME:
        return _QUICKTIME
    if data.startswith(_EBML):
        head = data[:64]
        return _WEBM if b"webm" in head else _MATROSKA if b"matroska" in head else None
    return _AVI if data[:4] == b"RIFF" and data[8:16] == b"AVI LIST" else None


def video_is_cut_off(file: VideoFile) -> bool:
    """Whether the container says that it goes on after the end of the file, or lacks its table of contents."""
    start = file.at(0, 4096)
    if start[:4] == b"RIFF":
        return 8 + int.from_bytes(start[4:8], "little") > file.size
    if start.startswith(_EBML):
        return _segment_end(start) > file.size
    return _boxes_are_cut_off(file)


def _boxes_are_cut_off(file: VideoFile) -> bool:
    """Go through the boxes of MP4 or QuickTime, without their contents (ISO/IEC 14496-12, section 4.2)."""
    kinds = set()
    place = 0
    while place + 8 <= file.size:
        header = file.at(place, 16)
        if len(header) < 8:
            return False  # a box begins in the part that is missing here
        size, kind = int.from_bytes(header[:4], "big"), header[4:8]
        if size == 1:
            size = int.from_bytes(header[8:], "big")
        elif size == 0:
            size = file.size - place
        if size < 8:
            break
        if place + size > file.size and kind in (b"mdat", b"moof", b"moov"):
            return True
        kinds.add(kind)
        place += size
    return b"moov" not in kinds


def _segment_end(data: bytes) -> int:
    """Where Matroska's one segment ends (RFC 8794, section 4); 0 if it does not say so."""
    start = data.find(_SEGMENT, 0, 4096) + len(_SEGMENT)
    first = data[start] if len(_SEGMENT) <= start < len(data) else 0
    width = 9 - first.bit_length()
    size = int.from_bytes(data[start : start + width], "big") - (1 << 7 * width)
    is_unknown = first == 0 or size == (1 << 7 * width) - 1
    return 0 if is_unknown else start + width + size
