"""What must be true for any bytes that somebody uploads as a photo."""

from __future__ import annotations

import numpy as np

from worker.analysis.files import DecodedPhoto, DecodeError, DecodeLimits, decode_photo, strip_location

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
    """Removing the location, successful or not, changes neither the length nor the picture, if there is one."""
    stripped = bytearray(data)
    done = strip_location(stripped)
    assert len(stripped) == len(data)
    if photo is None:
        return
    after = decode_photo(bytes(stripped), limits=_LIMITS, target_side=64)
    assert np.array_equal(after.image, photo.image)
    if done:
        assert strip_location(bytearray(stripped))
