"""Between what the analysis says and what a photo's row keeps."""

from __future__ import annotations

import math
from typing import Any

import msgspec

from albums.analysis import CaptureInformation, CaptureSettings, Face, PhotoFeatures
from albums.models import Photo


def camera_name(capture: CaptureInformation) -> str:
    """Make and model as people say them: the model alone where it begins with the make."""
    make, model = (capture.camera_make or "").strip(), (capture.camera_model or "").strip()
    name = model if model.lower().startswith(make.lower()) else f"{make} {model}"
    return name.strip()[:200]


def capture_to_json(capture: CaptureInformation) -> dict[str, Any]:
    """The settings the photo was taken with, without those that are absent; JSON has no infinity."""
    settings = msgspec.convert(capture, CaptureSettings, from_attributes=True)
    return {name: value for name, value in msgspec.to_builtins(settings).items() if value not in (None, math.inf)}


def embedded_marks(capture: CaptureInformation) -> dict[str, Any] | None:
    """The stars and the label inside a photo. Cameras write no stars into every photo, which says nothing."""
    stars = capture.rating if capture.rating and capture.rating > 0 else None
    said = {"rating": stars, "label": capture.label}
    return {name: value for name, value in said.items() if value is not None} or None


def capture_of(photo: Photo) -> CaptureInformation:
    """What `capture_to_json` and `time_columns` kept; fields of another version are ignored."""
    return CaptureInformation(
        taken_at=photo.taken_at.replace(tzinfo=None) if photo.taken_at else None,
        utc_offset_minutes=photo.utc_offset_minutes,
        camera_model=photo.camera or None,
        **msgspec.structs.asdict(msgspec.convert(photo.capture, CaptureSettings)),
    )


def features_of(photo: Photo) -> PhotoFeatures:
    """The measurements as the ranking takes them."""
    # A photo prepared by an older version has no gradient map.
    return PhotoFeatures(photo.scores, msgspec.convert(photo.faces, list[Face]), bytes(photo.gradient_map or b""))


def seconds_of(photo: Photo) -> float:
    """Capture time in seconds; NaN where only the file's time is known, because copying a folder changes it.

    NaN also of a time in UTC that no photo beside it has put on the wall clock (`wall_clocks`).
    """
    trusted = photo.time_source in Photo.TRUSTED or (
        photo.time_source == Photo.TimeSource.UTC and photo.utc_offset_minutes is not None
    )
    return photo.taken_at.timestamp() if trusted and photo.taken_at else float("nan")
