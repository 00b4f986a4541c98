"""The protocol between a worker and its sandbox: messages of a JSON header followed by binary blobs.

An examination is such a blob: MessagePack of `albums.analysis.Examination`, checked against its types when it is read.
Nothing here is pickled. The sandbox reads hostile files, and what it answers is only data even when one of them has
taken it over.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import Any, BinaryIO, TypeVar

import msgspec

from albums.analysis import SCORES, Examination, Sidecar

_LENGTH = struct.Struct(">I")
_MOST_HEADER_BYTES = 4 << 20
_MOST_BLOB_BYTES = 1 << 30
_MOST_EXAMINATION_BYTES = 4 << 20
_MOST_SIDECAR_BYTES = 16_384
Content = TypeVar("Content")
_EXAMINATION = msgspec.msgpack.Decoder(Examination)
_SIDECAR = msgspec.msgpack.Decoder(Sidecar)


class WireError(Exception):
    """The other side closed the stream or sent an invalid message."""


def write_message(stream: BinaryIO, header: dict[str, Any], blobs: Sequence[bytes] = ()) -> None:
    """Send a JSON object and binary blobs.

    Raises:
        OSError: the other side closed the stream.
    """
    encoded = json.dumps({**header, "sizes": [len(blob) for blob in blobs]}).encode()
    stream.write(_LENGTH.pack(len(encoded)) + encoded)
    stream.writelines(blobs)
    stream.flush()


def read_message(stream: BinaryIO) -> tuple[dict[str, Any], list[bytes]] | None:
    """The next message; None if the other side closed the stream after the last one.

    Raises:
        WireError: the message is invalid or incomplete.
    """
    start = stream.read(_LENGTH.size)
    if not start:
        return None
    if len(start) < _LENGTH.size:
        raise WireError("The stream ends within a message.")
    [length] = _LENGTH.unpack(start)
    if length > _MOST_HEADER_BYTES:
        raise WireError(f"The header is too large: {length} bytes.")
    try:
        header = json.loads(_exactly(stream, length))
        sizes = [int(size) for size in header.pop("sizes")]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise WireError(f"Invalid message: {error!r}") from error
    if min(sizes, default=0) < 0 or sum(sizes) > _MOST_BLOB_BYTES:
        raise WireError(f"Invalid blob sizes: {sizes}.")
    return header, [_exactly(stream, size) for size in sizes]


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise WireError("The stream ends within a message.")
    return data


def plain_text(value: object, most: int = 500) -> str:
    """A text for people that any database accepts: without NUL, and without halves of characters."""
    return str(value).encode("utf-8", "replace").decode().replace("\0", "")[:most]


def encode_examination(examination: Examination) -> bytes:
    """Encode it as a blob of a message."""
    return msgspec.msgpack.encode(examination)


def decode_examination(encoded: bytes) -> Examination:
    """Decode what `encode_examination` wrote.

    Raises:
        WireError: the blob is not a valid examination.
    """
    examination = _decoded(_EXAMINATION, encoded, "examination", _MOST_EXAMINATION_BYTES)
    if not examination.features.scores.keys() <= SCORES.keys():
        raise WireError("Invalid examination: unknown scores.")
    texts = [examination.content_type, examination.placeholder, *msgspec.structs.astuple(examination.capture)]
    _check_texts("examination", texts)
    return examination


def encode_sidecar(sidecar: Sidecar) -> bytes:
    """Encode it as a blob of a message."""
    return msgspec.msgpack.encode(sidecar)


def decode_sidecar(encoded: bytes) -> Sidecar:
    """Decode what `encode_sidecar` wrote.

    Raises:
        WireError: the blob is not a valid sidecar.
    """
    sidecar = _decoded(_SIDECAR, encoded, "sidecar", _MOST_SIDECAR_BYTES)
    _check_texts("sidecar", [sidecar.label, sidecar.description])
    return sidecar


def _decoded(decoder: msgspec.msgpack.Decoder[Content], encoded: bytes, name: str, most: int) -> Content:
    if len(encoded) > most:
        raise WireError(f"The {name} is too large: {len(encoded)} bytes.")
    try:
        return decoder.decode(encoded)
    except (ValueError, RecursionError) as error:
        raise WireError(f"Invalid {name}: {error!r}") from error


def _check_texts(name: str, values: Sequence[object]) -> None:
    if any(isinstance(value, str) and "\0" in value for value in values):
        raise WireError(f"Invalid {name}: a text with NUL, which databases refuse.")
