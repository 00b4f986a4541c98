"""What the worker and its sandbox say to each other: messages of JSON with bytes beside it.

Nothing here is pickled. The sandbox reads hostile files, and what it answers is only data even when one of them has
taken it over.
"""

from __future__ import annotations

import base64
import json
import struct
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, BinaryIO

from albums.analysis import CaptureInformation, Examination, Face, PhotoFeatures

_LENGTH = struct.Struct(">I")
_MOST_HEADER_BYTES = 4 << 20
_MOST_BLOB_BYTES = 1 << 30


class WireError(Exception):
    """The other side has gone, or says what makes no sense."""


def write_message(stream: BinaryIO, header: dict[str, Any], blobs: Sequence[bytes] = ()) -> None:
    """Send a JSON object and some bytes.

    Raises:
        OSError: the other side has gone.
    """
    encoded = json.dumps({**header, "sizes": [len(blob) for blob in blobs]}).encode()
    stream.write(_LENGTH.pack(len(encoded)) + encoded)
    stream.writelines(blobs)
    stream.flush()


def read_message(stream: BinaryIO) -> tuple[dict[str, Any], list[bytes]] | None:
    """The next message; None where the other side has closed the stream between two.

    Raises:
        WireError: it is no message, or not all of one.
    """
    start = stream.read(_LENGTH.size)
    if not start:
        return None
    if len(start) < _LENGTH.size:
        raise WireError("The stream ends within a message.")
    [length] = _LENGTH.unpack(start)
    if length > _MOST_HEADER_BYTES:
        raise WireError(f"A header of {length} bytes.")
    try:
        header = json.loads(_exactly(stream, length))
        sizes = [int(size) for size in header.pop("sizes")]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise WireError(f"No message: {error!r}") from error
    if min(sizes, default=0) < 0 or sum(sizes) > _MOST_BLOB_BYTES:
        raise WireError(f"Bytes beside it: {sizes}.")
    return header, [_exactly(stream, size) for size in sizes]


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise WireError("The stream ends within a message.")
    return data


def examination_to_json(examination: Examination) -> dict[str, Any]:
    """As a message carries it."""
    fields = asdict(examination)
    taken_at = examination.capture.taken_at
    fields["capture"]["taken_at"] = taken_at and taken_at.isoformat()
    fields["features"]["gradient_map"] = base64.b64encode(examination.features.gradient_map).decode("ascii")
    return fields


def examination_from_json(fields: Any) -> Examination:
    """What `examination_to_json` wrote.

    Raises:
        WireError: it is something else.
    """
    try:
        capture = dict(fields["capture"])
        taken_at = capture.pop("taken_at")
        features = fields["features"]
        return Examination(
            content_type=str(fields["content_type"]),
            width=int(fields["width"]),
            height=int(fields["height"]),
            thumbnail_width=int(fields["thumbnail_width"]),
            thumbnail_height=int(fields["thumbnail_height"]),
            capture=CaptureInformation(taken_at=taken_at and datetime.fromisoformat(taken_at), **capture),
            features=PhotoFeatures(
                scores={str(name): float(score) for name, score in features["scores"].items()},
                faces=[Face(**face) for face in features["faces"]],
                gradient_map=base64.b64decode(features["gradient_map"], validate=True),
            ),
            placeholder=str(fields["placeholder"]),
            histogram=[float(share) for share in fields["histogram"]],
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise WireError(f"No examination: {error!r}") from error
