"""What a camera wrote about a shot: when, with what, and how.

Sources are EXIF (CIPA DC-008, https://www.cipa.jp/std/documents/download_e.html?DC-008-Translation-2023-E)
and XMP (https://developer.adobe.com/xmp/docs/XMPNamespaces/). Neither can be trusted: fields are missing,
broken or impossible. Each is read on its own, and nothing here raises.
"""
# ruff: noqa: DTZ001, DTZ005 - cameras write the time on the wall, without a zone

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

from albums.analysis import CaptureInformation, TimeSource
from worker.analysis.metadata.tiff_directory import Directory, read_tiff, tiff_start

MAX_BLOCK_BYTES = 4 << 20  # EXIF in a JPEG is below 64 KiB; larger blocks carry previews we do not need
MAX_TEXT = 200

# Clocks that were never set, written as if they were: the zero of Mac OS, of Unix and of DOS.
_UNSET_CLOCKS = (datetime(1904, 1, 1), datetime(1970, 1, 1), datetime(1980, 1, 1))
_FIRST_PHOTOGRAPH = datetime(1826, 1, 1)
_CLOCK_ERROR = timedelta(days=366)  # a clock ahead by more than this says nothing about the day

_TIMESTAMP = re.compile(
    r"\s*(\d{4})[:\-/.]\s*(\d{1,2})[:\-/.]\s*(\d{1,2})[T\s]\s*"
    r"(\d{1,2}):\s*(\d{1,2})(?::\s*(\d{1,2})(?:[.,](\d+))?)?\s*(Z|[+-]\d{1,2}:?\d{2})?\s*"
)
_OFFSET = re.compile(r"\s*(?:(Z)|([+-])(\d{1,2}):?(\d{2}))\s*")


def read_capture_information(exif: bytes | None, xmp: bytes | None = None) -> CaptureInformation:
    """Read an EXIF block (with or without its "Exif" header; a whole TIFF file is one too) and an XMP packet.

    EXIF is believed before XMP, and shutter times before times of digitising or editing. Never raises.
    """
    first = read_exif(exif)
    shot = first.directory(0x8769)
    packet = (xmp or b"")[:MAX_BLOCK_BYTES]
    taken_at, offset, source = _time(first, shot, packet)
    return CaptureInformation(
        taken_at=taken_at,
        utc_offset_minutes=offset,
        source=source,
        camera_make=_text(first.text(0x010F) or _xmp(packet, "tiff:Make")),
        camera_model=_text(first.text(0x0110) or _xmp(packet, "tiff:Model")),
        camera_serial=_text(
            shot.text(0xA431) or first.text(0xC62F) or _xmp(packet, "exifEX:BodySerialNumber", "aux:SerialNumber")
        ),
        lens_model=_text(shot.text(0xA434) or _xmp(packet, "exifEX:LensModel", "aux:Lens")),
        exposure_time=_exposure_time(shot, packet),
        f_number=_f_number(shot, packet),
        iso=_positive(_iso(shot) or _xmp_number(packet, "exif:ISOSpeedRatings")),
        exposure_bias=_within(_first(shot.number(0x9204), _xmp_number(packet, "exif:ExposureBiasValue")), 20.0),
        brightness=_within(shot.number(0x9203), 30.0),
        focal_length=_positive(shot.number(0x920A) or _xmp_number(packet, "exif:FocalLength")),
        focal_length_35mm=_positive(shot.number(0xA405)),
        subject_distance=_subject_distance(shot),
        exposure_mode=_exposure_mode(shot),
        flash_fired=_flash_fired(shot),
        burst_id=_text(_apple_burst(shot) or _xmp(packet, "GCamera:BurstID")),
        is_panorama=shot.integer(0xA401) == 6 or _xmp(packet, "GPano:ProjectionType") is not None,
    )


def read_orientation(exif: bytes | None, xmp: bytes | None = None) -> int:
    """How the stored pixels are turned, by EXIF's numbers 1 to 8; 1 where nothing sensible is said."""
    written = read_exif(exif).integer(0x0112)
    if written is None:
        number = _xmp_number((xmp or b"")[:MAX_BLOCK_BYTES], "tiff:Orientation")
        written = int(number) if number is not None else None
    return written if written is not None and 1 <= written <= 8 else 1


def read_exif(block: bytes | None) -> Directory:
    """The first directory of an EXIF block, whatever stands before its TIFF header; empty if broken."""
    if not block:
        return Directory()
    start = tiff_start(block)
    return read_tiff(block[start : start + MAX_BLOCK_BYTES] if start else block)


# --- Time --------------------------------------------------------------------------------------------------


def _time(first: Directory, shot: Directory, packet: bytes) -> tuple[datetime | None, int | None, TimeSource | None]:
    """The first possible time among the sources, in the order in which they are to be believed."""
    edited = parse_timestamp(first.text(0x0132))
    candidates = (  # (time, fraction, offsets that belong to it)
        (shot.text(0x9003), shot.text(0x9291), (0x9011, 0x9012)),
        (shot.text(0x9004), shot.text(0x9292), (0x9012, 0x9011)),
        (first.text(0x0132), shot.text(0x9290), (0x9010,)),
    )
    for text, fraction, offset_tags in candidates:
        found = parse_timestamp(text)
        if found is None:
            continue
        moment, offset = found
        # OffsetTime is of the last edit. Cameras that write no other mean this one by it.
        tags = (*offset_tags, 0x9010) if edited and edited[0] == moment else offset_tags
        offsets = (parse_offset(shot.text(tag)) for tag in tags)
        if offset is None:
            offset = next((minutes for minutes in offsets if minutes is not None), None)
        return _with_fraction(moment, fraction), offset, "exif"
    for name in (
        "exif:DateTimeOriginal",
        "photoshop:DateCreated",
        "exif:DateTimeDigitized",
        "xmp:CreateDate",
    ):
        found = parse_timestamp(_xmp(packet, name))
        if found is not None:
            return found[0], found[1], "xmp"
    return None, None, None


def parse_timestamp(text: str | None) -> tuple[datetime, int | None] | None:
    """A time as EXIF ("2024:06:15 10:30:00") or ISO 8601 write it, and its UTC offset in minutes, if given.

    None for what is not a time, for dates that cannot be (30 February, year 0), that were never set, or that
    lie far ahead, and for dates without a time of day: as midnights they would make one moment of a whole day.
    """
    match = _TIMESTAMP.fullmatch(text or "")
    if match is None:
        return None
    year, month, day, hour, minute = (int(match[index]) for index in range(1, 6))
    try:
        moment = datetime(year, month, day, hour, minute, int(match[6] or 0))
    except ValueError:
        return None
    if moment in _UNSET_CLOCKS or not _FIRST_PHOTOGRAPH <= moment <= datetime.now() + _CLOCK_ERROR:
        return None
    return _with_fraction(moment, match[7]), parse_offset(match[8])


def parse_offset(text: str | None) -> int | None:
    """Minutes ahead of UTC, from "+02:00", "-0930" or "Z"; None for what no place on earth uses."""
    match = _OFFSET.fullmatch(text or "")
    if match is None:
        return None
    if match[1]:
        return 0
    minutes = int(match[3]) * 60 + int(match[4])
    minutes = -minutes if match[2] == "-" else minutes
    return minutes if int(match[4]) < 60 and -12 * 60 <= minutes <= 14 * 60 else None


def _with_fraction(moment: datetime, digits: str | None) -> datetime:
    """Add the fraction of a second written as its decimal digits: "5" and "500" are both half a second."""
    if not digits or not digits.isdecimal():
        return moment
    return moment.replace(microsecond=int(digits[:6].ljust(6, "0")))


# --- The camera and its settings ---------------------------------------------------------------------------


def _exposure_time(shot: Directory, packet: bytes) -> float | None:
    written = _positive(_first(shot.number(0x829A), _xmp_number(packet, "exif:ExposureTime")))
    speed = _within(shot.number(0x9201), 30.0)  # APEX: t = 2^-Tv
    return written or (2.0**-speed if speed is not None else None)


def _f_number(shot: Directory, packet: bytes) -> float | None:
    written = _positive(_first(shot.number(0x829D), _xmp_number(packet, "exif:FNumber")))
    aperture = _within(shot.number(0x9202), 30.0)  # APEX: N = 2^(Av/2)
    return written or (2.0 ** (aperture / 2) if aperture is not None else None)


def _iso(shot: Directory) -> float | None:
    """PhotographicSensitivity is 16 bits wide; above, it holds 65535 and the value stands in another tag."""
    sensitivity = shot.number(0x8827)
    if sensitivity is None or sensitivity >= 65535:
        return _first(shot.number(0x8833), shot.number(0x8832), shot.number(0x8831), sensitivity)
    return sensitivity


def _subject_distance(shot: Directory) -> float | None:
    numerator = int.from_bytes(shot.raw(0x9206)[:4], "little" if shot.order == "<" else "big")
    if numerator == 0xFFFFFFFF:
        return math.inf
    return _positive(shot.number(0x9206))


def _exposure_mode(shot: Directory) -> Literal["auto", "manual", "bracket"] | None:
    mode = shot.integer(0xA402)
    return "auto" if mode == 0 else "manual" if mode == 1 else "bracket" if mode == 2 else None


def _flash_fired(shot: Directory) -> bool | None:
    flash = shot.integer(0x9209)
    return bool(flash & 1) if flash is not None else None


def _apple_burst(shot: Directory) -> str | None:
    """The burst's id from Apple's maker note: a directory of its own, big-endian, 14 bytes in.

    https://exiftool.org/TagNames/Apple.html (BurstUUID).
    """
    note = shot.raw(0x927C)
    if not note.startswith(b"Apple iOS\0"):
        return None
    # Its offsets count from the start of the note, so a TIFF header with the same distances is put before it.
    return read_tiff(b"MM\0*\0\0\0\x0e" + note[8:]).text(0x000B)


def _first(*values: float | None) -> float | None:
    return next((value for value in values if value is not None), None)


def _positive(value: float | None) -> float | None:
    return float(value) if value is not None and 0 < value < 1e9 else None


def _within(value: float | None, limit: float) -> float | None:
    return float(value) if value is not None and abs(value) <= limit else None


def _text(value: str | None) -> str | None:
    return value[:MAX_TEXT].strip() or None if value else None


# --- XMP ---------------------------------------------------------------------------------------------------


def _xmp(packet: bytes, *names: str) -> str | None:
    """The first of these properties that the packet has, by its usual prefix, as an attribute or an element.

    A search, not an XML parser: packets are often broken or cut, and an XML parser would have to be defended
    against entities that unfold without end.
    """
    return next((value for name in names for value in _xmp_values(packet, name)), None)


def _xmp_values(packet: bytes, name: str) -> Iterator[str]:
    # An element may hold its value in a list: <exif:ISOSpeedRatings><rdf:Seq><rdf:li>200</rdf:li>…
    # The quantifiers are possessive, so that no packet can make this search slow.
    attribute = rb"\s*+=\s*+[\"']([^\"'<]{1,400}+)"
    element = rb">(?:\s*+<rdf:\w++>){0,2}+\s*+([^<]{1,400}+)<"
    pattern = rb"\b" + re.escape(name.encode()) + rb"(?:" + attribute + rb"|" + element + rb")"
    for match in re.finditer(pattern, packet):
        value = (match[1] or match[2]).decode("utf-8", "replace").strip()
        if value:
            yield value


def _xmp_number(packet: bytes, name: str) -> float | None:
    """A number written as "28/10", "2.8" or "3"."""
    above, _, below = (_xmp(packet, name) or "").partition("/")
    try:
        value = float(above) / float(below or 1)
    except (ValueError, ZeroDivisionError):
        return None
    return value if math.isfinite(value) else None
