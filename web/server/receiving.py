"""One request as it arrives, until all of it is there and a thread can work on it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Final, NamedTuple

# Apache's mod_reqtimeout has the same two rules: a deadline for the headers, and a minimum rate for the body.
HEAD_SECONDS: Final = 20.0
BODY_SECONDS: Final = 60.0
# A telephone line of 1990 is four times as fast. At this rate 100 MB may take a day, and links for uploads an hour.
BYTES_PER_SECOND: Final = 1024
# gunicorn refuses longer request lines and header fields, but only once it has all of them.
HEAD_BYTES: Final = 64 * 1024
READ_BYTES: Final = 256 * 1024

_IN_MEMORY_BYTES: Final = 64 * 1024
_END: Final = b"\r\n\r\n"
_LENGTH: Final = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,19})[ \t]*\r\n", re.IGNORECASE)
_CODED: Final = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_EXPECTS: Final = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*\r\n", re.IGNORECASE)


class Head(NamedTuple):
    """What the headers say about the body. `target` is the path with the query."""

    method: str
    target: str
    content_length: int


class HeadTooLarge(Exception):
    """The headers do not end within HEAD_BYTES."""


class IncomingRequest:
    """The bytes of one request. gunicorn reads it like a socket, by `recv`, once `is_complete`.

    `body_bytes` says how much of the body to wait for. If that is less than the whole, the request `is_cut`: the
    application gets a body that ends early, and the connection must be closed after the response. Bytes after the
    request are its `leftover`, the beginning of the next one.

    The start line and the headers are only searched for the length of the body here. gunicorn reads them for good.
    """

    def __init__(self, body_bytes: Callable[[Head], int], folder: Path | None = None) -> None:
        self._body_bytes = body_bytes
        place = None if folder is None else str(folder)
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES, dir=place)  # noqa: SIM115
        self._head = bytearray()
        self._began_at: float | None = None
        self._expected = 0
        self._received = 0
        self.head: Head | None = None
        self.is_cut = False
        self.expects_continue = False
        self.leftover = b""

    @property
    def is_idle(self) -> bool:
        """True until the first byte."""
        return self._began_at is None

    @property
    def is_complete(self) -> bool:
        """True once the headers and the expected part of the body are there."""
        return self.head is not None and self._received >= self._expected

    @property
    def room(self) -> int:
        """How many bytes to read at once from the network."""
        return READ_BYTES if self.head is None else min(READ_BYTES, self._expected - self._received)

    @property
    def deadline(self) -> float:
        """When it must be complete, or further along, in seconds of the clock that `feed` was given."""
        if self._began_at is None:
            return float("inf")
        if self.head is None:
            return self._began_at + HEAD_SECONDS
        return self._began_at + BODY_SECONDS + self._received / BYTES_PER_SECOND

    def feed(self, data: bytes, now: float) -> None:
        """Take bytes from the network.

        Raises:
            HeadTooLarge: when the headers are too long.
            OSError: when the disk is full.

        """
        if self._began_at is None:
            self._began_at = now
        if self.head is not None:
            self._store(data)
            return
        searched = max(0, len(self._head) - len(_END) + 1)
        self._head += data
        end = self._head.find(_END, searched)
        if end >= 0:
            self._take_head(bytes(self._head), end + len(_END))
        elif len(self._head) > HEAD_BYTES:
            raise HeadTooLarge

    def _take_head(self, data: bytes, end: int) -> None:
        head = data[: end - len(_END) + 2]
        method, _, rest = head.partition(b"\r\n")[0].decode("latin-1").partition(" ")
        found = None if _CODED.search(head) else _LENGTH.search(head)
        self.head = Head(method, rest.partition(" ")[0], int(found[1]) if found else 0)
        wanted = min(self.head.content_length, self._body_bytes(self.head))
        # Django ignores bodies without a length. Nobody reads them, so the next request cannot be found.
        self.is_cut = wanted < self.head.content_length or bool(_CODED.search(head))
        self._expected = end + wanted
        self.expects_continue = bool(_EXPECTS.search(head)) and wanted > 0
        self._head.clear()
        self._store(data[: self._expected])
        self.leftover = data[self._expected :]

    def _store(self, data: bytes) -> None:
        self._file.write(data)
        self._received += len(data)

    def rewind(self) -> None:
        """Begin reading."""
        self._file.seek(0)

    def recv(self, size: int) -> bytes:
        """Return the next bytes, and none at the end."""
        return self._file.read(size)

    def close(self) -> None:
        """Forget the bytes."""
        self._file.close()
