"""All that a worker finds out about a photo from its bytes, in one go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from worker.analysis.capture import CaptureInformation
from worker.analysis.decoding import DecodeLimits, decode_photo
from worker.analysis.features import PhotoFeatures, measure_features
from worker.analysis.histogram import luminance_histogram
from worker.analysis.placeholder import placeholder_uri
from worker.analysis.previews import PREVIEW_SIDE, preview_bytes, smaller_copies, thumbnail_bytes


@dataclass(frozen=True)
class Examination:
    """What is known of a photo; sizes in pixels, of the upright photo and of its thumbnail.

    Attributes:
        placeholder: a `data:` URI of a few pixels.
        histogram: shares of the pixels in equal steps of luma, from black to white.
    """

    content_type: str
    width: int
    height: int
    thumbnail_width: int
    thumbnail_height: int
    capture: CaptureInformation
    features: PhotoFeatures
    placeholder: str
    histogram: list[float]


PicturesReady = Callable[[bytes, bytes], object]
"""Takes the preview and the thumbnail, both JPEG, once they are made: they can leave while the rest is measured."""


def examine_photo(
    data: bytes, *, limits: DecodeLimits, face_model: str | Path | None, pictures_ready: PicturesReady
) -> Examination:
    """Decode a photo once, make its smaller copies, and measure it.

    Raises:
        DecodeError: the file cannot be used; its message is for people.
        FaceModelError: the file of the model is missing or no YuNet model.
    """
    decoded = decode_photo(data, limits=limits, target_side=PREVIEW_SIDE)
    preview, thumbnail = smaller_copies(decoded.image)
    pictures_ready(preview_bytes(preview), thumbnail_bytes(thumbnail))
    return Examination(
        content_type=decoded.content_type,
        width=decoded.width,
        height=decoded.height,
        thumbnail_width=thumbnail.shape[1],
        thumbnail_height=thumbnail.shape[0],
        capture=decoded.capture,
        features=measure_features(decoded.image, face_model=face_model),
        placeholder=placeholder_uri(thumbnail),
        histogram=luminance_histogram(decoded.image).tolist(),
    )
