"""What must be true for any bytes that somebody uploads as a photo."""

from __future__ import annotations

import numpy as np

from worker.analysis.files import DecodedPhoto, DecodeError, DecodeLimits, decode_photo
from worker.analysis.stripping import NotStripped, strip

CODES = {"empty_file", "not_an_image", "unsupported_format", "too_many_pixels", "truncated", "corrupt"}
_LIMITS = DecodeLimits(max_pixels=4_000_000)


def check_outcome(data: bytes) -> DecodedPhoto | None:
    """Return a photo within the limits, or a refusal with a message."""
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


def check_photo(photo: DecodedPhoto, limits: DecodeLimits) -> None:
    """Check the array, and that the photo is within the limits."""
    height, width, channels = photo.image.shape
    assert channels == 3
    assert photo.image.dtype == np.uint8
    assert 1 <= max(width, height) <= 64
    assert photo.width * photo.height <= limits.max_pixels


def check_stripping(data: bytes, photo: DecodedPhoto | None) -> None:
    """A stripped file has the same picture, and stripping it again changes nothing."""
    try:
        stripped = strip(data)
    except NotStripped:
        return
    assert strip(stripped) == stripped
    if photo is not None:
        after = decode_photo(stripped, limits=_LIMITS, target_side=64)
        assert np.array_equal(after.image, photo.image)
