"""What must be true for any bytes that somebody uploads as a photo."""

from __future__ import annotations

import re
from contextlib import suppress

import msgspec
import numpy as np

from albums.analysis import CaptureInformation
from worker.analysis.files import DecodedPhoto, decode_photo, identify
from worker.analysis.files.opening import open_picture
from worker.analysis.files.picture import DECODER_ERRORS
from worker.analysis.files.resizing import side_to_judge
from worker.analysis.files.tiff_parts import TiffParts
from worker.analysis.interface import DecodeError, DecodeLimits, NotStripped
from worker.analysis.metadata import read_capture_information, read_exif, read_sidecar, read_tiff
from worker.analysis.metadata.capture import MAX_TEXT
from worker.analysis.stripping import strip
from worker.sandbox.wire import decode_sidecar, encode_sidecar

CODES = {"empty_file", "not_an_image", "unsupported_format", "too_many_pixels", "too_long", "truncated", "corrupt"}
_LIMITS = DecodeLimits(max_pixels=4_000_000, max_full_size_pixels=500_000)
_HARMLESS = {"taken_at", "utc_offset_minutes", "source", "camera_make", "camera_model"} | {
    "jpeg_step",  # how the pixels are coded
    "jpeg_standard",
}
_EXIF, _INTEROPERABILITY = 0x8769, 0xA005
_HARMLESS_TAGS = {0x010F, 0x0110, 0x0112, _EXIF}
_HARMLESS_TAGS_OF_SHOTS = {0x9000, 0x9003, 0x9011, 0x9291, 0xA001, _INTEROPERABILITY}

# Without names and texts but for those of a gain map.
_XMP_OF_GAIN_MAP = re.compile(
    rb"(?:</?[\w:]+|/?>| (?:xmlns:\w+|rdf:\w+|hdrgm:Version|Item:Mime|Item:Semantic|Item:Length)=\"[\w:/.#-]*\")+"
)


def check_outcome(data: bytes) -> DecodedPhoto | None:
    """Return a photo within the limits, or a refusal with a message."""
    check_parts(data)
    try:
        photo = decode_photo(data, limits=_LIMITS, target_side=64)
    except DecodeError as error:
        refusal = error
    else:
        check_photo(photo, _LIMITS)
        return photo
    assert refusal.code in CODES
    assert refusal.message.endswith(".")
    return None


def check_parts(data: bytes) -> None:
    """The strips or tiles of a TIFF, which only very large ones are decoded by, give a picture or a decoder's error."""
    parts = TiffParts.of(data, read_tiff(data))
    if parts is not None and parts.width * parts.height <= _LIMITS.max_pixels:
        with suppress(*DECODER_ERRORS):
            parts.load(64)


def check_photo(photo: DecodedPhoto, limits: DecodeLimits) -> None:
    """Check the array, and that the photo is within the limits."""
    height, width, channels = photo.image.shape
    assert channels == 3
    assert photo.image.dtype == np.uint8
    assert 1 <= max(width, height) <= side_to_judge(photo.width, photo.height, 64)
    assert photo.width * photo.height <= limits.max_pixels
    if photo.full_size is not None:
        assert photo.full_size.shape == (photo.height, photo.width, 3)


def check_stripping(data: bytes, photo: DecodedPhoto | None) -> None:
    """A stripped file has the same picture and says nothing else, and stripping it again changes nothing."""
    try:
        stripped = strip(data)
    except NotStripped:
        return
    assert strip(stripped) == stripped
    if photo is not None:
        # Whole: a sound JPEG is reduced by other steps while it is decoded than one with the damage that was left out.
        before, after = decode_photo(data, limits=_LIMITS), decode_photo(stripped, limits=_LIMITS)
        assert np.array_equal(after.image, before.image)
        check_says_little(stripped, after.capture)


def check_says_little(stripped: bytes, capture: CaptureInformation) -> None:
    """Nothing that can be read of it is more than what is harmless."""
    assert capture == CaptureInformation(**{name: getattr(capture, name) for name in _HARMLESS})
    picture = open_picture(stripped, identify(stripped))
    assert picture.xmp is None or _XMP_OF_GAIN_MAP.fullmatch(picture.xmp)
    first = read_exif(picture.exif)
    shot = first.directory(_EXIF)
    if picture.format != "tiff":  # whose first directory describes the pixels
        assert first.entries.keys() <= _HARMLESS_TAGS
    assert shot.entries.keys() <= _HARMLESS_TAGS_OF_SHOTS
    assert shot.directory(_INTEROPERABILITY).entries.keys() <= {1}


def check_metadata(data: bytes) -> None:
    """Any bytes may be read as EXIF or XMP. Nothing raises, and what is read can be kept in a database."""
    for read in (read_capture_information(data), read_capture_information(None, data)):
        texts = [value for value in msgspec.structs.astuple(read) if isinstance(value, str)]
        assert all(0 < len(text) <= MAX_TEXT and "\0" not in text and text.encode() for text in texts)


def check_sidecar(data: bytes) -> None:
    """Any bytes may be called a sidecar. Nothing raises, and what is read can be sent and kept."""
    for ending in ("xmp", "aae", "json"):
        sidecar = read_sidecar(data, f"IMG_1.{ending}")
        assert sidecar is None or decode_sidecar(encode_sidecar(sidecar)) == sidecar
