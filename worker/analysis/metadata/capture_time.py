"""Reads when a shot was taken, and how far the camera's clock was ahead of UTC.

The tags are those of EXIF (CIPA DC-008); 0x882A is TIFF/EP's (ISO 12234-2).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from albums.analysis import TimeSource
from worker.analysis.metadata.tiff_directory import Directory
from worker.analysis.metadata.timestamps import (
    FIRST_DIGITAL_CAMERAS,
    is_possible,
    offset_between,
    parse_offset,
    parse_timestamp,
    with_fraction,
)
from worker.analysis.metadata.xmp import xmp_text

_ORIGINAL, _DIGITISED, _EDITED = 0x9003, 0x9004, 0x0132
_OFFSET_ORIGINAL, _OFFSET_DIGITISED, _OFFSET_EDITED = 0x9011, 0x9012, 0x9010
_EXPOSURE = (0x829A, 0x829D, 0x8827)  # exposure time, f-number, sensitivity: what a camera writes, and no scanner
_XMP_TIMES = ("exif:DateTimeOriginal", "photoshop:DateCreated", "exif:DateTimeDigitized", "xmp:CreateDate")

CaptureTime = tuple[datetime | None, int | None, TimeSource | None]


def read_capture_time(first: Directory, shot: Directory, packet: bytes, *, place: Directory) -> CaptureTime:
    """The first valid time among the sources, in order of priority: the time, its UTC offset in minutes, its source.

    The offset is the one written beside the time (OffsetTimeOriginal), else the one that XMP has with the same time,
    else that of TIFF/EP. Where none is written, the time of the satellites in `place`, which is UTC, tells it.

    A digital camera that says it took a photo before there were any has a clock that nobody has set. A scan, which has
    no exposure, may be that old.
    """
    is_shot = any(tag in shot.entries for tag in _EXPOSURE)

    def parsed(text: str | None) -> tuple[datetime, int | None] | None:
        found = parse_timestamp(text)
        return found if found and (not is_shot or is_possible(found[0], first=FIRST_DIGITAL_CAMERAS)) else None

    from_xmp = [found for name in _XMP_TIMES if (found := parsed(xmp_text(packet, name))) is not None]
    edited = parsed(first.text(_EDITED))
    candidates = (  # (time, fraction, tags of its UTC offset, if it is that of the shot)
        (shot.text(_ORIGINAL), shot.text(0x9291), (_OFFSET_ORIGINAL, _OFFSET_DIGITISED), True),
        (shot.text(_DIGITISED), shot.text(0x9292), (_OFFSET_DIGITISED, _OFFSET_ORIGINAL), True),
        (first.text(_EDITED), shot.text(0x9290), (_OFFSET_EDITED,), False),
    )
    for text, fraction, offset_tags, is_of_shot in candidates:
        found = parsed(text)
        if found is None:
            continue
        moment, own = found
        # OffsetTime belongs to the last edit. Some cameras write only this one and mean the shot by it.
        tags = (*offset_tags, _OFFSET_EDITED) if edited and edited[0] == moment else offset_tags
        offsets = [parse_offset(shot.text(tag)) for tag in tags]
        offsets += [own, *(offset for other, offset in from_xmp if other.replace(microsecond=0) == moment)]
        if is_of_shot:
            offsets += [_offset_of_tiff_ep(shot, first), _offset_by_satellites(moment, place)]
        offset = next((minutes for minutes in offsets if minutes is not None), None)
        return with_fraction(moment, fraction), offset, "exif"
    for moment, offset in from_xmp:
        return moment, offset if offset is not None else _offset_by_satellites(moment, place), "xmp"
    return None, None, None


def _offset_of_tiff_ep(shot: Directory, first: Directory) -> int | None:
    hours = shot.integer(0x882A) if 0x882A in shot.entries else first.integer(0x882A)
    return hours * 60 if hours is not None and -12 <= hours <= 14 else None


def _offset_by_satellites(moment: datetime, place: Directory) -> int | None:
    """What the camera's clock is ahead of GPS time; None without a valid one."""
    day, clock = (place.text(0x001D) or "").replace("-", ":"), place.numbers(0x0007, limit=3)
    if len(clock) != 3 or not all(0 <= part < limit for part, limit in zip(clock, (24, 60, 61), strict=True)):
        return None
    midnight = parse_timestamp(f"{day} 00:00:00")
    if midnight is None:
        return None
    hours, minutes, seconds = clock
    return offset_between(moment, midnight[0] + timedelta(hours=hours, minutes=minutes, seconds=seconds))
