"""Reads what the sandbox answers, which may be anything once a hostile file has taken it over."""

from __future__ import annotations

import signal
from typing import Any, get_args

from albums.analysis import Examination, NotCleanedReason, Sidecar
from worker.analysis.interface import MOST_FRAMES, DecodeError, FoundFrame, FoundFrames, NotStripped
from worker.sandbox.errors import UnexpectedError
from worker.sandbox.wire import WireError, decode_examination, decode_sidecar, plain_text

_JPEG_START = b"\xff\xd8\xff"
_MOST_SECONDS = 1e6
_MOST_PIXEL_BYTES = 3
_MOST_ADDED_BYTES = 1 << 16  # new EXIF or XMP has a few kilobytes at most


def pictures_of(blobs: list[bytes]) -> list[bytes]:
    """The preview, the thumbnail and, if there is one, the picture at full size. Raises WireError."""
    if len(blobs) not in (2, 3) or not all(blob.startswith(_JPEG_START) for blob in blobs):
        raise WireError("It did not send two or three JPEG pictures.")
    return blobs


def refusal_of(header: dict[str, Any]) -> DecodeError:
    """Why a file cannot be used."""
    return DecodeError(plain_text(header.get("code"), 40), plain_text(header.get("message")))


def examination_of(blobs: list[bytes]) -> Examination:
    """What was found out about a photo. Raises WireError."""
    if len(blobs) != 1:
        raise WireError(f"Its examination is in {len(blobs)} parts.")
    return decode_examination(blobs[0])


def sidecar_of(message: tuple[dict[str, Any], list[bytes]] | None) -> Sidecar | None:
    """What a sidecar says, or None if the file seems to be a photo.

    Raises:
        DecodeError: it is neither.
        UnexpectedError: it failed.
        WireError: the answer is none of these.
    """
    match message:
        case ({"kind": "photo"}, []):
            return None
        case ({"kind": "refused"} as header, []):
            raise refusal_of(header)
        case ({"kind": "sidecar"}, [encoded]):
            return decode_sidecar(encoded)
        case ({"kind": "failed"}, []):
            raise UnexpectedError
    raise WireError("It sent an unknown answer.")


def rewritten_of(message: tuple[dict[str, Any], list[bytes]] | None, size: int) -> bytes:
    """The file that was made of one with `size` bytes.

    Raises:
        NotStripped: it could not be made.
        MemoryError: the process has too little memory left.
        UnexpectedError: it failed.
        WireError: the answer is none of these.
    """
    match message:
        case ({"kind": "rewritten"}, [data]) if len(data) <= size + _MOST_ADDED_BYTES:
            return data
        case ({"kind": "not_rewritten", "reason": reason}, []) if reason in get_args(NotCleanedReason):
            raise NotStripped(reason)
        case ({"kind": "out_of_memory"}, []):
            raise MemoryError
        case ({"kind": "failed"}, []):
            raise UnexpectedError
    raise WireError("It sent an unknown answer.")


def jpeg_of(blobs: list[bytes], side: int) -> bytes:
    """A JPEG of at most `side` pixels a side. Raises WireError."""
    if len(blobs) != 1 or not blobs[0].startswith(_JPEG_START) or len(blobs[0]) > _MOST_PIXEL_BYTES * side * side:
        raise WireError("It did not send one JPEG.")
    return blobs[0]


def frames_of(header: dict[str, Any], blobs: list[bytes]) -> FoundFrames:
    """The frames of a video. Raises WireError."""
    places, seconds = header.get("at"), header.get("seconds")
    if not isinstance(places, list) or len(places) != len(blobs) or len(blobs) > MOST_FRAMES:
        raise WireError("It did not send each frame with its time.")
    if not all(_is_time(value) for value in [*places, seconds]):
        raise WireError("It sent times that cannot be.")
    if not all(blob.startswith(_JPEG_START) for blob in blobs):
        raise WireError("It sent frames that are not JPEG.")
    frames = [FoundFrame(float(at), jpeg) for at, jpeg in zip(places, blobs, strict=True)]
    return FoundFrames(frames, float(seconds or 0))


def printed_of(header: dict[str, Any], blobs: list[bytes], most: tuple[int, int]) -> tuple[bytes, int, int]:
    """A picture to print with its width and height, which are at most these. Raises WireError."""
    sizes = header.get("width"), header.get("height")
    if len(blobs) != 1 or not blobs[0].startswith(_JPEG_START):
        raise WireError("It did not send one JPEG picture.")
    width, height = (size if isinstance(size, int) else 0 for size in sizes)
    if not (1 <= width <= most[0] and 1 <= height <= most[1]):
        raise WireError("It sent a picture of a size that nobody asked for.")
    return blobs[0], width, height


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and 0 <= value < _MOST_SECONDS


def ending_of(status: int | None) -> str:
    """How the process ended, in a sentence."""
    if status is not None and status < 0:
        try:
            return f"The process was killed by {signal.Signals(-status).name}."
        except ValueError:
            return f"The process was killed by signal {-status}."
    return f"The process exited with status {status}."
