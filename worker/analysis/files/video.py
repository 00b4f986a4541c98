"""Opens videos with FFmpeg: decodes no more than a poster needs, a good frame near the start.

FFmpeg gets the name of the demuxer and of the decoders that it may use, so that no file can select an exotic one. It is
loaded with the first video: only sandboxes decode, and few photos are videos.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from albums.analysis import CaptureInformation
from worker.analysis.files.picture import DeepPixels, Picture
from worker.analysis.files.video_colour import cicp_of_frame, frame_to_rgb
from worker.analysis.files.video_file import VideoFile
from worker.analysis.files.video_frames import poster_frame
from worker.analysis.files.video_kinds import video_is_cut_off, video_kind
from worker.analysis.files.video_tags import video_capture
from worker.analysis.interface import DecodeError

if TYPE_CHECKING:
    from av import VideoFrame
    from av.container import InputContainer
    from av.video.stream import VideoStream

MOST_PIXELS = 1 << 26
"""Of a frame: 8K has half of them."""
_TIME_BASE = 1_000_000  # FFmpeg's AV_TIME_BASE: durations of containers are in microseconds
_DECODERS = ("h264", "hevc", "libdav1d", "av1", "vp9", "vp8", "mjpeg", "mpeg4", "h263", "prores")
_ORIENTATIONS = {
    (1, 0, 0, 1): 1,
    (-1, 0, 0, 1): 2,
    (-1, 0, 0, -1): 3,
    (1, 0, 0, -1): 4,
    (0, 1, 1, 0): 5,
    (0, 1, -1, 0): 6,
    (0, -1, -1, 0): 7,
    (0, -1, 1, 0): 8,
}
"""EXIF's number for the signs of a display matrix, as it maps a pixel's place."""


@dataclass(frozen=True)
class OpenVideo:
    """A video whose header has been read, while its container is open."""

    container: InputContainer
    stream: VideoStream
    content_type: str

    @property
    def seconds(self) -> float | None:
        """The length; None if the container does not tell it."""
        container, stream = self.container, self.stream
        if container.duration is not None and container.duration > 0:
            return container.duration / _TIME_BASE
        if stream.duration is not None and stream.time_base is not None and stream.duration > 0:
            return float(stream.duration * stream.time_base)
        return None

    def capture(self) -> CaptureInformation:
        """What the camera wrote."""
        return video_capture({**self.stream.metadata, **self.container.metadata}, seconds=self.seconds)

    def picture(self, frame: VideoFrame) -> Picture:
        """One of its frames, at any size, as long as the frame is kept."""
        width, height = _displayed(frame, self.stream)
        capture = self.capture()

        def load(side: int) -> NDArray[np.uint8] | DeepPixels:
            factor = min(1.0, side / max(width, height))
            return frame_to_rgb(frame, max(1, round(width * factor)), max(1, round(height * factor)))

        return Picture(
            format="video",
            content_type=self.content_type,
            size=(width, height),
            load=load,
            orientation=_orientation(frame),
            cicp=cicp_of_frame(frame),
            seconds=capture.seconds,
            most_pixels=MOST_PIXELS,
            capture=lambda: capture,
        )


def open_video(data: bytes, skipped: int = 0) -> Picture:
    """Open a video, as the picture of its poster. Raises what `opened_video` raises."""
    with opened_video(data, skipped) as video:
        frame = poster_frame(video.container, video.stream)
        if frame is None:
            raise ValueError("the video has no frame that can be decoded")
        return video.picture(frame)


@contextmanager
def opened_video(data: bytes, skipped: int = 0) -> Iterator[OpenVideo]:
    """Open a video, to decode frames of it. Of a large one, `skipped` bytes may be missing behind HEAD_BYTES.

    Raises:
        DecodeError: it is cut off, has no picture or too large a one, or is coded in a way that we do not read.
        ValueError: it is damaged, also where that shows only within the block.
        MemoryError: FFmpeg ran out of memory.
    """
    import av

    kind = video_kind(data)
    file = VideoFile(data, skipped)
    if kind is None or video_is_cut_off(file):
        raise DecodeError("truncated", "This video is cut off. Copy it again from the camera or card.")
    try:
        container = av.open(
            file,
            "r",
            format=kind.demuxer,
            metadata_errors="replace",
            options={"codec_whitelist": ",".join(_DECODERS), "protocol_whitelist": ""},
        )
    except av.FFmpegError as error:  # also for want of memory: headers need little unless they name absurd sizes
        raise ValueError(str(error)) from error
    try:
        with container:
            yield OpenVideo(container, _video_stream(container), kind.content_type)
    except av.MemoryError as error:
        raise MemoryError(str(error)) from error
    except av.FFmpegError as error:
        raise ValueError(str(error)) from error


def _video_stream(container: InputContainer) -> VideoStream:
    """The video that players show, ready to be decoded in this thread."""
    from av.stream import Disposition
    from av.video.stream import VideoStream

    stream = container.streams.best("video")
    if not isinstance(stream, VideoStream) or stream.disposition & Disposition.attached_pic:
        raise DecodeError(
            "unsupported_format",
            "This is a sound recording, not a photo or a video. We can only use those; leave it out.",
        )
    context = stream.codec_context
    if context.name not in _DECODERS:
        raise DecodeError(
            "unsupported_format",
            f"This video is coded in a way that we cannot read ({context.name}). "
            "Save it as MP4 with H.264 and upload that.",
        )
    if context.width * context.height > MOST_PIXELS:
        raise DecodeError(
            "too_many_pixels",
            f"The video has {context.width:,} by {context.height:,} pixels; the limit is {MOST_PIXELS / 1e6:,.0f} "
            "megapixels. Save a smaller version and upload that.",
        )
    context.options = {"max_pixels": str(MOST_PIXELS)}
    context.thread_count = 1
    return stream


def _displayed(frame: VideoFrame, stream: VideoStream) -> tuple[int, int]:
    """Width and height with square pixels: television stretches narrow ones."""
    ratio = stream.sample_aspect_ratio or Fraction(1)
    is_sensible = Fraction(1, 4) <= ratio <= 4
    return (round(frame.width * ratio) if is_sensible else frame.width), frame.height


def _orientation(frame: VideoFrame) -> int:
    """How the display matrix turns the frame, as EXIF counts: nine numbers with 16 or 30 bits after the point."""
    from av.sidedata.sidedata import Type

    side_data: Any = frame.side_data
    if Type.DISPLAYMATRIX not in side_data:
        return 1
    a, b, _, c, d, *_ = struct.unpack_from("=9i", side_data[Type.DISPLAYMATRIX])
    largest = max(abs(a), abs(b), abs(c), abs(d), 1)
    return _ORIENTATIONS.get(tuple(round(value / largest) for value in (a, b, c, d)), 1)
