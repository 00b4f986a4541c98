"""What callers of the analysis give, get and catch, without the libraries that compute it.

A worker's main process and the worker's side of the sandbox need no more than this. So neither loads NumPy or OpenCV.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from albums.analysis import NotCleanedReason

HEAD_BYTES: Final = 96 << 20
"""The start of a video that is too large to be kept whole: enough for its tables and its first seconds."""
TAIL_BYTES: Final = 32 << 20
"""Its end."""
MOST_FRAMES: Final = 6
"""As many photos are taken out of a video at most."""
FRAME_SECONDS: Final = 40.0
"""Processor time after which no more of a video is decoded. What is still judged and written stays within a minute."""

PicturesReady = Callable[[bytes, bytes], object]
"""Called with the preview and the thumbnail, both JPEG, so that they can be stored while the rest is measured.

Of a file that no browser shows, the picture at full size follows, if there is one.
"""


@dataclass(frozen=True)
class DecodeLimits:
    """The largest file that is accepted. Formats that cannot be reduced while decoding have lower limits of pixels."""

    max_bytes: int = 200 << 20
    max_pixels: int = 250_000_000
    max_video_bytes: int = 2 << 30
    max_video_seconds: int = 3600
    max_full_size_pixels: int = 0
    """Up to this many, a photo that no browser shows is also decoded at full size."""


@dataclass(frozen=True)
class FoundFrame:
    """A frame at full size as JPEG, `at` seconds after the start of its video."""

    at: float
    jpeg: bytes


@dataclass(frozen=True)
class FoundFrames:
    """Frames in order of time, and how many seconds of the video were searched."""

    frames: list[FoundFrame]
    seconds: float


class DecodeError(Exception):
    """A file that we cannot use as a photo. `message` tells the customer what is wrong and what to do.

    Codes: empty_file, too_many_bytes, not_an_image, unsupported_format, too_many_pixels, too_long, truncated, corrupt.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class NotStripped(Exception):
    """The file may hold more than the picture, because we cannot tell all of its parts apart."""

    def __init__(self, reason: NotCleanedReason) -> None:
        super().__init__(reason)
        self.reason: NotCleanedReason = reason


class ModelError(Exception):
    """A model cannot be used. The message is a sentence for the operator, which says which one and why."""


class EncoderError(ModelError):
    """The encoder cannot be used as configured."""


class FaceModelError(ModelError):
    """The face model cannot be used."""
