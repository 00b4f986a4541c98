"""Makes a smaller JPEG of any photo: upright, in sRGB, with the time it was taken and the camera, and the place."""

from __future__ import annotations

import struct

from worker.analysis.files import DecodedPhoto, decode_photo, encode_jpeg, resize_to_fit
from worker.analysis.interface import DecodeLimits
from worker.analysis.metadata import Directory, read_exif, read_tiff
from worker.analysis.stripping import Harmless, with_metadata
from worker.analysis.stripping.harmless import ASCII, RATIONAL, Value

QUALITY = 90
_SRGB = 1
_PLACE = 0x8825
_VERSION = (0, 1, b"\2\3\0\0")
_LETTERS = {1: "NS", 3: "EW"}  # of latitude and longitude
_NUMBERS = {2: 3, 4: 3, 6: 1}  # how many fractions: degrees, minutes and seconds, and the altitude
_BELOW_SEA, _ALTITUDE = 5, 6


def jpeg_copy(data: bytes, *, side: int, limits: DecodeLimits, keeps_place: bool) -> bytes:
    """A JPEG whose longer side has at most `side` pixels.

    The place is kept where EXIF has it. Other metadata is left out.

    Raises:
        DecodeError: the photo cannot be decoded.
        MemoryError: a decoder ran out of memory.
    """
    photo = decode_photo(data, limits=limits, target_side=side)
    # An offset may follow from the place, and would tell of it.
    offset = photo.capture.utc_offset_minutes if keeps_place else Harmless.of(photo.exif).utc_offset_minutes
    metadata = Harmless(
        make=photo.capture.camera_make,
        model=photo.capture.camera_model,
        taken_at=photo.capture.taken_at,
        utc_offset_minutes=offset,
        colour_space=_SRGB,
        place=_place_of(photo, data) if keeps_place else (),
    )
    return with_metadata(encode_jpeg(resize_to_fit(photo.image, side), quality=QUALITY), metadata)


def _place_of(photo: DecodedPhoto, data: bytes) -> tuple[Value, ...]:
    """Latitude, longitude and altitude; nothing if the first two are not valid. Most RAW files are TIFF themselves."""
    directories = (read_exif(photo.exif).directory(_PLACE), read_tiff(data).directory(_PLACE))
    return next(filter(None, map(_values, directories)), ())


def _values(directory: Directory) -> tuple[Value, ...]:
    found: list[Value] = [_VERSION]
    for tag, letters in _LETTERS.items():
        letter = directory.text(tag)
        numbers = _fractions(directory, tag + 1)
        if letter is None or letter not in letters or not numbers:
            return ()
        found += [(tag, ASCII, letter.encode() + b"\0"), numbers]
    altitude = _fractions(directory, _ALTITUDE)
    if altitude:
        found += [(_BELOW_SEA, 1, bytes([directory.raw(_BELOW_SEA)[:1] == b"\1"])), altitude]
    return tuple(found)


def _fractions(directory: Directory, tag: int) -> Value | None:
    """A tag of unsigned fractions, little-endian; None where one is missing or over zero."""
    entry, count = directory.entries.get(tag), _NUMBERS[tag]
    if entry is None or (entry.kind, entry.count) != (RATIONAL, count) or len(directory.numbers(tag)) != count:
        return None
    numbers = struct.unpack(f"{directory.layout.order}{2 * count}I", directory.raw(tag))
    return tag, RATIONAL, struct.pack(f"<{2 * count}I", *numbers)
