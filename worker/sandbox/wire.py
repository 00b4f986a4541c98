"""What the worker and its sandbox say to each other: messages of JSON with bytes beside it.

An examination is such bytes: MessagePack of `albums.analysis.Examination`, checked against its types when it is read.
Nothing here is pickled. The sandbox reads hostile files, and what it answers is only data even when one of them has
taken it over.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import Any, BinaryIO

import msgspec

from albums.analysis import SCORES, Examination

_LENGTH = struct.Struct(">I")
_MOST_HEADER_BYTES = 4 << 20
_MOST_BLOB_BYTES = 1 << 30
_MOST_EXAMINATION_BYTES = 4 << 20
_EXAMINATION = msgspec.msgpack.Decoder(Examination)


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


def encode_examination(examination: Examination) -> bytes:
    """As a message carries it beside its header."""
    return msgspec.msgpack.encode(examination)


def decode_examination(encoded: bytes) -> Examination:
    """What `encode_examination` wrote.

    Raises:
        WireError: it is something else.
    """
    if len(encoded) > _MOST_EXAMINATION_BYTES:
        raise WireError(f"An examination of {len(encoded)} bytes.")
    try:
        examination = _EXAMINATION.decode(encoded)
    except (ValueError, RecursionError) as error:
        raise WireError(f"No examination: {error!r}") from error
    if not examination.features.scores.keys() <= SCORES.keys():
        raise WireError("No examination: unknown scores.")
    return examination
