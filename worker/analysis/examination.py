"""Decode, shrink and measure a photo in one step."""

from __future__ import annotations

from pathlib import Path

import msgspec

from albums.analysis import Examination
from worker.analysis.features import measure_features
from worker.analysis.files import (
    PREVIEW_SIDE,
    DecodedPhoto,
    decode_photo,
    placeholder_uri,
    preview_bytes,
    smaller_copies,
    thumbnail_bytes,
)
from worker.analysis.interface import DecodeLimits, NotStripped, PicturesReady
from worker.analysis.measures import luminance_histogram
from worker.analysis.stripping import bare_jpeg


def examine_photo(
    data: bytes,
    *,
    limits: DecodeLimits,
    face_model: str | Path | None,
    pictures_ready: PicturesReady,
    skipped: int = 0,
) -> Examination:
    """Decode a photo once, make its smaller copies, and measure it.

    Of a large video, `skipped` bytes may be missing behind HEAD_BYTES.

    Raises:
        DecodeError: the file cannot be used. Its message is for people.
        FaceModelError: the file of a face network is missing or wrong.
    """
    decoded = decode_photo(data, limits=limits, target_side=PREVIEW_SIDE, skipped=skipped)
    preview, thumbnail = smaller_copies(decoded.image)
    large = _large(decoded)
    pictures_ready(preview_bytes(preview), thumbnail_bytes(thumbnail), *large)
    return Examination(
        content_type=decoded.content_type,
        width=decoded.width,
        height=decoded.height,
        thumbnail_width=thumbnail.shape[1],
        thumbnail_height=thumbnail.shape[0],
        capture=msgspec.structs.replace(decoded.capture, has_large=True if large else None),
        features=measure_features(decoded.image, face_model=face_model),
        placeholder=placeholder_uri(thumbnail),
        histogram=luminance_histogram(decoded.image).tolist(),
    )


def _large(decoded: DecodedPhoto) -> list[bytes]:
    """The photo at full size without its metadata, for browsers; none if it cannot be had."""
    if decoded.full_size is not None:
        return [preview_bytes(decoded.full_size)]
    if decoded.large is None:
        return []
    try:
        return [bare_jpeg(decoded.large.data, decoded.large.orientation)]
    except NotStripped:
        return []
