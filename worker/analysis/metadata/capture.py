"""Reads what a camera wrote about a shot: the time, the camera and its settings.

Sources are EXIF (CIPA DC-008, https://www.cipa.jp/std/documents/download_e.html?DC-008-Translation-2023-E)
and XMP (https://developer.adobe.com/xmp/docs/XMPNamespaces/). Neither can be trusted: fields are missing,
broken or impossible. A broken field does not affect the others, and nothing here raises.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal

from albums.analysis import CaptureInformation
from worker.analysis.metadata.capture_time import read_capture_time
from worker.analysis.metadata.descriptions import read_description
from worker.analysis.metadata.maker_notes import read_shot_number
from worker.analysis.metadata.tiff_directory import Directory, read_tiff
from worker.analysis.metadata.tiff_layout import tiff_start
from worker.analysis.metadata.xmp import xmp_number, xmp_text

MAX_BLOCK_BYTES = 4 << 20  # EXIF in a JPEG is below 64 KiB; larger blocks contain previews that we do not need
MAX_TEXT = 200
_WITHOUT_CONTROLS = dict.fromkeys([*range(32), *range(127, 160)])


def read_capture_information(
    exif: bytes | None,
    xmp: bytes | None = None,
    *,
    shot_block: bytes | None = None,
    with_place: bool = True,
    iptc: bytes | None = None,
    texts: Mapping[str, str] | None = None,
) -> CaptureInformation:
    """Read an EXIF block (with or without its "Exif" header, or a whole TIFF file) and an XMP packet.

    EXIF has priority over XMP, and the time of the shutter over those of digitising and editing. Canon's CR3 has the
    EXIF directory in a block of its own, `shot_block`. Without `with_place`, nothing follows from where the photo was
    taken. `iptc` and the `texts` of a PNG may have a description. Never raises.
    """
    first = read_exif(exif)
    shot = read_exif(shot_block) if shot_block else first.directory(0x8769)
    apple = _apple_note(shot)
    packet = (xmp or b"")[:MAX_BLOCK_BYTES]
    taken_at, offset, source = read_capture_time(
        first, shot, packet, place=first.directory(0x8825) if with_place else Directory()
    )
    return CaptureInformation(
        taken_at=taken_at,
        utc_offset_minutes=offset,
        source=source,
        camera_make=_text(first.text(0x010F) or xmp_text(packet, "tiff:Make")),
        camera_model=_text(first.text(0x0110) or xmp_text(packet, "tiff:Model")),
        camera_serial=_text(
            shot.text(0xA431) or first.text(0xC62F) or xmp_text(packet, "exifEX:BodySerialNumber", "aux:SerialNumber")
        ),
        lens_model=_text(shot.text(0xA434) or xmp_text(packet, "exifEX:LensModel", "aux:Lens")),
        exposure_time=_exposure_time(shot, packet),
        f_number=_f_number(shot, packet),
        iso=_positive(_iso(shot) or xmp_number(packet, "exif:ISOSpeedRatings")),
        exposure_bias=_within(_first(shot.number(0x9204), xmp_number(packet, "exif:ExposureBiasValue")), 20.0),
        brightness=_within(shot.number(0x9203), 30.0),
        focal_length=_positive(shot.number(0x920A) or xmp_number(packet, "exif:FocalLength")),
        focal_length_35mm=_positive(shot.number(0xA405)),
        subject_distance=_subject_distance(shot),
        exposure_mode=_exposure_mode(shot),
        flash_fired=_flash_fired(shot),
        shot_number=read_shot_number(first, shot),
        content_id=_text(apple.text(0x0011)),
        burst_id=_text(apple.text(0x000B) or xmp_text(packet, "GCamera:BurstID")),
        is_panorama=shot.integer(0xA401) == 6 or xmp_text(packet, "GPano:ProjectionType") is not None,
        rating=_rating(first, packet),
        label=_text(xmp_text(packet, "xmp:Label", "xap:Label")),
        description=read_description(first, shot, packet, iptc=iptc, texts=texts),
    )


def read_orientation(exif: bytes | None, xmp: bytes | None = None) -> int:
    """How the stored pixels are turned, by EXIF's numbers 1 to 8; 1 if the metadata says nothing valid."""
    written = read_exif(exif).integer(0x0112)
    if written is None:
        number = xmp_number((xmp or b"")[:MAX_BLOCK_BYTES], "tiff:Orientation")
        written = int(number) if number is not None else None
    return written if written is not None and 1 <= written <= 8 else 1


def read_exif(block: bytes | None) -> Directory:
    """The first directory of an EXIF block, which may have other bytes before its TIFF header; empty if broken."""
    if not block:
        return Directory()
    start = tiff_start(block)
    return read_tiff(block[start : start + MAX_BLOCK_BYTES] if start else block)


# --- The camera and its settings ---------------------------------------------------------------------------


def _exposure_time(shot: Directory, packet: bytes) -> float | None:
    written = _positive(_first(shot.number(0x829A), xmp_number(packet, "exif:ExposureTime")))
    speed = _within(shot.number(0x9201), 30.0)  # APEX: t = 2^-Tv
    return written or (2.0**-speed if speed is not None else None)


def _f_number(shot: Directory, packet: bytes) -> float | None:
    written = _positive(_first(shot.number(0x829D), xmp_number(packet, "exif:FNumber")))
    aperture = _within(shot.number(0x9202), 30.0)  # APEX: N = 2^(Av/2)
    return written or (2.0 ** (aperture / 2) if aperture is not None else None)


def _iso(shot: Directory) -> float | None:
    """The ISO value. PhotographicSensitivity has 16 bits; it is 65535 if the value is larger and in another tag."""
    sensitivity = shot.number(0x8827)
    if sensitivity is None or sensitivity >= 65535:
        return _first(shot.number(0x8833), shot.number(0x8832), shot.number(0x8831), sensitivity)
    return sensitivity


def _subject_distance(shot: Directory) -> float | None:
    numerator = int.from_bytes(shot.raw(0x9206)[:4], "little" if shot.layout.order == "<" else "big")
    if numerator == 0xFFFFFFFF:
        return math.inf
    return _positive(shot.number(0x9206))


def _exposure_mode(shot: Directory) -> Literal["auto", "manual", "bracket"] | None:
    mode = shot.integer(0xA402)
    return "auto" if mode == 0 else "manual" if mode == 1 else "bracket" if mode == 2 else None


def _flash_fired(shot: Directory) -> bool | None:
    flash = shot.integer(0x9209)
    return bool(flash & 1) if flash is not None else None


def _rating(first: Directory, packet: bytes) -> int | None:
    """The stars by XMP, which cameras and most programs write, else by Windows' tag in EXIF.

    Programs of Adobe from before 2010 call the namespace "xap".
    """
    rating = _first(xmp_number(packet, "xmp:Rating", "xap:Rating"), first.integer(0x4746))
    return int(rating) if rating is not None and -1 <= rating <= 5 else None


def _apple_note(shot: Directory) -> Directory:
    """Apple's maker note, a big-endian directory that starts after 14 bytes; empty if there is none.

    https://exiftool.org/TagNames/Apple.html: 0x000B is BurstUUID, 0x0011 ContentIdentifier.
    """
    note = shot.raw(0x927C)
    if not note.startswith(b"Apple iOS\0"):
        return Directory()
    # Offsets count from the start of the note, so the TIFF header that we put before it must keep the distances.
    return read_tiff(b"MM\0*\0\0\0\x0e" + note[8:])


def _first(*values: float | None) -> float | None:
    return next((value for value in values if value is not None), None)


def _positive(value: float | None) -> float | None:
    return float(value) if value is not None and 0 < value < 1e9 else None


def _within(value: float | None, limit: float) -> float | None:
    return float(value) if value is not None and abs(value) <= limit else None


def _text(value: str | None) -> str | None:
    return value.translate(_WITHOUT_CONTROLS)[:MAX_TEXT].strip() or None if value else None
