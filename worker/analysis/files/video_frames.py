"""Finds a good frame near the start of a video: not black, and reasonably sharp."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from av import VideoFrame
    from av.container import InputContainer
    from av.video.stream import VideoStream

_MOST_CANDIDATES = 5
_FIRST_SECONDS = 10.0
_STEP_SECONDS = 0.4
"""Between two candidates where the video has too few frames that are coded alone."""
_MOST_FRAMES = 300
_PROCESSOR_SECONDS = 20.0
_LEAST_LUMA = 24.0  # a frame darker than this on average is black, or fades in
_SHARP_SHARE = 0.7
_SIDE = 320


def poster_frame(container: InputContainer, stream: VideoStream) -> VideoFrame | None:
    """The first of a handful of frames that is not black and nearly as sharp as the sharpest; None without frames.

    Looks at frames that are coded alone, which take little time. Only if none of them will do, decodes others.
    """
    ends_at = time.process_time() + _PROCESSOR_SECONDS
    stream.codec_context.skip_frame = "NONKEY"
    candidates = _candidates(_decoded(container, stream, ends_at), step=0.0)
    if len(candidates) < _MOST_CANDIDATES and all(luma < _LEAST_LUMA for luma, _, _ in candidates):
        stream.codec_context.skip_frame = "DEFAULT"
        container.seek(0)
        candidates += _candidates(_decoded(container, stream, ends_at), step=_STEP_SECONDS)
    if not candidates:
        return None
    bright = [each for each in candidates if each[0] >= _LEAST_LUMA] or candidates
    sharp = _SHARP_SHARE * max(detail for _, detail, _ in bright)
    return next(frame for _, detail, frame in bright if detail >= sharp)


def _candidates(frames: Iterator[VideoFrame], *, step: float) -> list[tuple[float, float, VideoFrame]]:
    """Mean luma, detail and picture of frames that are at least `step` seconds apart."""
    found: list[tuple[float, float, VideoFrame]] = []
    following = 0.0
    for frame in frames:
        at = frame.time or 0.0
        if at >= following or not found:
            found.append((*measure_frame(frame, _SIDE), frame))
            following = at + step
        if len(found) == _MOST_CANDIDATES:
            break
    return found


def _decoded(container: InputContainer, stream: VideoStream, ends_at: float) -> Iterator[VideoFrame]:
    """The frames of the first seconds, until the time of the processor is used up."""
    count = 0
    for packet in container.demux(stream):
        for frame in packet.decode():
            yield frame
            count += 1
        started = (packet.pts or 0) * float(packet.time_base or 0) - _start(stream)
        if count >= _MOST_FRAMES or started > _FIRST_SECONDS or time.process_time() > ends_at:
            return


def _start(stream: VideoStream) -> float:
    return float((stream.start_time or 0) * (stream.time_base or 0))


def measure_frame(frame: VideoFrame, side: int) -> tuple[float, float]:
    """Mean luma, and the energy of its gradient, with `side` pixels: a size that blur by movement still shows."""
    factor = min(1.0, side / max(frame.width, frame.height))
    size = {"width": max(1, round(frame.width * factor)), "height": max(1, round(frame.height * factor))}
    luma = frame.reformat(format="gray", threads=1, **size).to_ndarray().astype(np.float32)
    across, down = np.diff(luma, axis=1), np.diff(luma, axis=0)
    detail = (np.square(across).sum() + np.square(down).sum()) / luma.size
    return float(luma.mean()), float(detail)
