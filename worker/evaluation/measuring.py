"""Measure and group the photos of a folder as the workers do, without database, storage or queue."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from albums.analysis import CaptureInformation, PhotoFeatures
from albums.capture_order import order_key_of
from worker.analysis.embedding import Encoder, encode_stream
from worker.analysis.features import measure_features
from worker.analysis.files import PREVIEW_SIDE, decode_photo, smaller_copies, thumbnail_bytes, thumbnail_pixels
from worker.analysis.grouping import (
    Grouping,
    GroupingSettings,
    Judge,
    PictureJudge,
    grey_of_thumbnail,
    group_album,
    reference_for,
)
from worker.analysis.interface import DecodeError, DecodeLimits

Progress = Callable[[int], object]
Vectors = NDArray[np.float16]


@dataclass(frozen=True)
class MeasuredPhoto:
    """The measurements of a photo that could be decoded. `thumbnail` is a JPEG, as the service stores it."""

    path: Path
    features: PhotoFeatures
    capture: CaptureInformation
    thumbnail: bytes


@dataclass(frozen=True)
class FailedPhoto:
    """A photo that could not be decoded, with the reason in a sentence."""

    path: Path
    message: str


def measure_photos(
    paths: Sequence[Path], *, limits: DecodeLimits, face_model: str | Path | None, progress: Progress
) -> Iterator[MeasuredPhoto | FailedPhoto]:
    """Measure the photos on all processors, in the given order. Calls `progress(1)` after each."""
    measure = partial(_measure, limits=limits, face_model=face_model)
    # Threads suffice, because decoding and OpenCV release the GIL nearly all of the time.
    with ThreadPoolExecutor(len(os.sched_getaffinity(0)), thread_name_prefix="measure") as pool:
        for measured in pool.map(measure, paths):
            progress(1)
            yield measured


def _measure(path: Path, *, limits: DecodeLimits, face_model: str | Path | None) -> MeasuredPhoto | FailedPhoto:
    try:
        decoded = decode_photo(path.read_bytes(), limits=limits, target_side=PREVIEW_SIDE)
    except DecodeError as error:
        return FailedPhoto(path, error.message)
    _, thumbnail = smaller_copies(decoded.image)
    return MeasuredPhoto(
        path,
        measure_features(decoded.image, face_model=face_model),
        decoded.capture,
        thumbnail_bytes(thumbnail),
    )


def group_measured(
    photos: Sequence[MeasuredPhoto], encoder: Encoder, *, settings: GroupingSettings, progress: Progress
) -> list[int | None]:
    """Group the photos as one album. Returns the group of each photo; None for one that stands alone."""
    vectors = embed_measured(photos, encoder, progress)
    grouping = group_embedded(photos, vectors, model=encoder.name, settings=settings, judge=thumbnail_judge(photos))
    group_of: list[int | None] = [None] * len(photos)
    for number, group in enumerate(grouping.groups):
        for member in group.members:
            group_of[member] = number
    return group_of


def embed_measured(photos: Sequence[MeasuredPhoto], encoder: Encoder, progress: Progress) -> Vectors:
    """Compute a vector of each photo, (photos, dimensions), float16 as the service stores them."""
    return np.stack(list(_vectors(photos, encoder, progress)))


def group_embedded(
    photos: Sequence[MeasuredPhoto], vectors: Vectors, *, model: str, settings: GroupingSettings, judge: Judge
) -> Grouping:
    """Group photos that have vectors of this model."""
    return group_album(
        vectors,
        np.array([_seconds(photo.capture) for photo in photos], np.float64),
        reference=reference_for(model),
        settings=settings,
        captures=[photo.capture for photo in photos],
        judge=judge,
        names=[photo.path.name for photo in photos],
        order_keys=[_order_key(photo) for photo in photos],
    )


def thumbnail_judge(photos: Sequence[MeasuredPhoto]) -> PictureJudge:
    """Judges the photos by their thumbnails."""
    return PictureJudge(
        lambda row: grey_of_thumbnail(photos[row].thumbnail), [_seconds(photo.capture) for photo in photos]
    )


def _thumbnail(photo: MeasuredPhoto) -> NDArray[np.uint8]:
    return thumbnail_pixels(photo.thumbnail)


def _vectors(photos: Sequence[MeasuredPhoto], encoder: Encoder, progress: Progress) -> Iterator[NDArray[np.float16]]:
    sources: Iterable[tuple[int, Callable[[], NDArray[Any]]]] = (
        (place, partial(_thumbnail, photo)) for place, photo in enumerate(photos)
    )
    for batch in encode_stream(encoder, sources, batch_size=16, loader_threads=2):
        progress(len(batch.ids))
        yield from batch.vectors.astype(np.float16)


def _seconds(capture: CaptureInformation) -> float:
    # Wall-clock time; UTC keeps this machine's time zone out of it.
    return capture.taken_at.replace(tzinfo=UTC).timestamp() if capture.taken_at is not None else float("nan")


def _order_key(photo: MeasuredPhoto) -> bytes:
    shot = photo.capture
    return order_key_of(photo.path.name, "", camera=shot.camera_model or "", shot_number=shot.shot_number)
