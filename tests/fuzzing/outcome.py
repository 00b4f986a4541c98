"""What must hold of any bytes that somebody sends as a photo."""

from __future__ import annotations

import numpy as np

from worker.analysis.decoding import DecodedPhoto, DecodeError, DecodeLimits, decode_photo
from worker.analysis.location import strip_location

CODES = {"empty_file", "not_an_image", "unsupported_format", "too_many_pixels", "truncated", "corrupt"}


def check_outcome(data: bytes) -> None:
    """A photo within the limits, or a refusal in words."""
    limits = DecodeLimits(max_pixels=4_000_000)
    try:
        photo = decode_photo(data, limits=limits, target_side=64)
    except DecodeError as error:
        refusal = error
    else:
        _check_photo(photo, limits)
        return
    assert refusal.code in CODES
    assert refusal.message.endswith(".")


def check_stripping(data: bytes) -> None:
    """Taking the place out changes no length, succeeds or says that it did not, and finds nothing more to do."""
    stripped = bytearray(data)
    done = strip_location(stripped)
    assert len(stripped) == len(data)
    if done:
        again = bytearray(stripped)
        assert strip_location(again)
        assert again == stripped


def _check_photo(photo: DecodedPhoto, limits: DecodeLimits) -> None:
    height, width, channels = photo.image.shape
    assert channels == 3
    assert photo.image.dtype == np.uint8
    assert 1 <= max(width, height) <= 64
    assert photo.width * photo.height <= limits.max_pixels
