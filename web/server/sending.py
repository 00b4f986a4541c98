"""One response as it is sent, without the thread that made it."""

from __future__ import annotations

import os
import socket
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

SEND_SECONDS: Final = 60.0
BYTES_PER_SECOND: Final = 1024
PIECE_BYTES: Final = 256 * 1024


@dataclass
class _Part:
    """A part of a file that is still to be sent: from `start` to before `end`."""

    file: IO[bytes]
    start: int
    end: int


class Outbox:
    """The socket that gunicorn writes a response to. It never waits.

    It sends what the network takes at once. The rest goes to a temporary file, or stays in the file that is sent, until
    the worker's loop calls `flush` because the network takes more.
    """

    def __init__(self, connection: socket.socket, folder: Path | None = None) -> None:
        self._connection = connection
        self._folder = folder
        self._parts: deque[_Part] = deque()
        self._own: _Part | None = None
        self._sent = 0

    @property
    def is_empty(self) -> bool:
        """True when all is sent."""
        return not self._parts

    @property
    def seconds(self) -> float:
        """How long sending may have taken by now, since the response was made."""
        return SEND_SECONDS + self._sent / BYTES_PER_SECOND

    # --- What gunicorn uses of a socket -------------------------------------------------------------------------------

    def sendall(self, data: bytes) -> None:
        """Send the bytes, or keep them."""
        view = memoryview(data)
        if not self._parts:
            view = view[self._send(view) :]
        if not view:
            return
        if self._own is None or self._parts[-1] is not self._own:
            self._own = _Part(TemporaryFile(dir=self._folder), 0, 0)  # noqa: SIM115
            self._parts.append(self._own)
        while view:
            written = os.pwrite(self._own.file.fileno(), view, self._own.end)
            self._own.end += written
            view = view[written:]

    def send(self, data: bytes) -> int:
        """Send the bytes, or keep them."""
        self.sendall(data)
        return len(data)

    def sendfile(self, file: IO[bytes], offset: int = 0, count: int = 0) -> int:
        """Send this part of a file later. The file may be closed meanwhile."""
        copy = os.fdopen(os.dup(file.fileno()), "rb", buffering=0)
        self._parts.append(_Part(copy, offset, offset + count))
        return count

    def shutdown(self, how: int) -> None:
        """Refuse: gunicorn does this after an error, and the worker's loop closes the connection itself."""
        raise OSError(f"The connection is not shut down here ({how}).")

    def close(self) -> None:
        """Forget what is not sent."""
        while self._parts:
            self._parts.popleft().file.close()

    # --- What the worker's loop uses ----------------------------------------------------------------------------------

    def flush(self) -> None:
        """Send one more piece, as far as the network takes it.

        Raises:
            OSError: when the connection is broken, or a file is shorter than announced.

        """
        if not self._parts:
            return
        part = self._parts[0]
        piece = os.pread(part.file.fileno(), min(PIECE_BYTES, part.end - part.start), part.start)
        if not piece and part.start < part.end:
            raise OSError("The file has become shorter while it was being sent.")
        part.start += self._send(memoryview(piece))
        if part.start >= part.end:
            self._parts.popleft().file.close()

    def _send(self, data: memoryview) -> int:
        try:
            sent = self._connection.send(data, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return 0
        self._sent += sent
        return sent
