"""Finds the few frames of a video that are worth being photos: sharp, faces at their best, and no two alike.

Of each part of the video, the sharpest frames are judged as the shots of a moment are. The best of all parts compete
in the same way for the few places.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from albums.analysis import PhotoFeatures
from worker.analysis.embedding import describe
from worker.analysis.features import measure_features
from worker.analysis.files import PREVIEW_SIDE, SharpFrame, VideoParts, encode_jpeg, opened_video, smaller_copies
from worker.analysis.interface import FRAME_SECONDS, MOST_FRAMES, FoundFrame, FoundFrames
from worker.analysis.measures import luminance_histogram
from worker.analysis.ranking import rank_group, shelf_of
from worker.analysis.stripping import Harmless, with_metadata

_SECONDS_OF_FRAME = 4.0
"""A video has one photo for each of these seconds, up to the most."""
_PARTS = 12
_ALIKE = 0.2
"""The distance of descriptors below which two frames are alike; that of unrelated photos is 0.67 (`calibration`)."""
_QUALITY = 95
_SOFTWARE = "AI.photoalbum"


@dataclass(frozen=True, eq=False)
class _Judged:
    frame: FoundFrame
    features: PhotoFeatures
    vector: NDArray[np.float32]


def find_frames(
    data: bytes,
    *,
    face_model: str | Path | None,
    began: datetime | None = None,
    utc_offset_minutes: int | None = None,
    skipped: int = 0,
    processor_seconds: float = FRAME_SECONDS,
) -> FoundFrames:
    """Find the frames of a video and write each with its time, and the camera's make and model.

    Args:
        data: the video.
        face_model: what finds faces, as for `measure_features`.
        began: the wall-clock time at which the video begins, if it is known.
        utc_offset_minutes: how far that clock is ahead of UTC, if that is known.
        skipped: of a large video, this many bytes are missing behind HEAD_BYTES.
        processor_seconds: after these, no more is decoded.

    Raises:
        DecodeError, ValueError, MemoryError: as `opened_video`.
        FaceModelError: the file of a face network is missing or wrong.
    """
    with opened_video(data, skipped) as video:
        capture = video.capture()
        metadata = Harmless(
            make=capture.camera_make,
            model=capture.camera_model,
            taken_at=began,
            utc_offset_minutes=utc_offset_minutes,
            software=_SOFTWARE,
        )
        parts = VideoParts(video, _PARTS, ends_at=time.process_time() + processor_seconds)
        judged: list[_Judged] = []
        for part in parts.sharpest():
            best = _best(part, face_model)
            if best is not None:
                judged.append(best)
    most = min(MOST_FRAMES, ceil(parts.seconds / _SECONDS_OF_FRAME))
    return FoundFrames([_dated(frame, metadata) for frame in _chosen(judged, most)], parts.seconds)


def _dated(frame: FoundFrame, metadata: Harmless) -> FoundFrame:
    """The frame with its own time in its metadata, to the millisecond."""
    began = metadata.taken_at
    taken_at = None if began is None else began + timedelta(milliseconds=round(frame.at * 1000))
    return replace(frame, jpeg=with_metadata(frame.jpeg, replace(metadata, taken_at=taken_at)))


def _best(part: Sequence[SharpFrame], face_model: str | Path | None) -> _Judged | None:
    """The best of the sharpest frames of a part; None if nobody would keep it."""
    pictures = [frame.upright(PREVIEW_SIDE) for frame in part]
    features = [measure_features(picture, face_model=face_model) for picture in pictures]
    best = rank_group(features).order[0]
    frame, picture = part[best], pictures[best]
    if shelf_of(features[best], luminance_histogram(picture).tolist(), longest_side=max(frame.picture.size)):
        return None
    _, thumbnail = smaller_copies(picture)
    jpeg = encode_jpeg(frame.upright(), quality=_QUALITY)
    return _Judged(FoundFrame(frame.at, jpeg), features[best], describe([thumbnail])[0])


def _chosen(judged: Sequence[_Judged], most: int) -> list[FoundFrame]:
    """The best, without those that are like a better one, in order of time.

    A quality says something only among frames of the same. So the best of its like come first, the sharpest before.
    """
    chosen: list[_Judged] = []
    for one in sorted(judged, key=lambda one: (_behind(one, judged), -one.features.scores["detail"])):
        if len(chosen) < most and not any(_are_alike(one, other) for other in chosen):
            chosen.append(one)
    return sorted((one.frame for one in chosen), key=lambda frame: frame.at)


def _behind(one: _Judged, judged: Sequence[_Judged]) -> float:
    """How far it is behind the best of the frames that are like it, in quality."""
    alike = [other for other in judged if other is one or _are_alike(one, other)]
    quality = rank_group([other.features for other in alike]).quality
    return max(quality) - quality[alike.index(one)]


def _are_alike(one: _Judged, other: _Judged) -> bool:
    return 1 - float(one.vector @ other.vector) <= _ALIKE
