"""TLS in the web process itself, for installations without a proxy. The port takes plain requests, too: to redirect.

waitress knows no TLS. Its loop asks a socket to receive or send what it can at once.
"""

from __future__ import annotations

import copy
import socket
import ssl
import threading
import time
from typing import Any, Final

from waitress.channel import HTTPChannel

_HANDSHAKE: Final = b"\x16"
"""The first byte of each TLS connection. No request begins with it."""
# More than a TLS record. So nothing stays behind in the TLS socket, where the loop does not see it.
_RECEIVED_BYTES: Final = 1 << 16
_NOT_NOW: Final = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class TLSChannel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    """A connection that is encrypted with the class's `context` if its first byte asks for it."""

    context: ssl.SSLContext
    socket: Any

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._has_begun = False
        # A thread may send its answer while the loop receives. OpenSSL allows one of both at a time.
        self._tls_lock = threading.Lock()

    def handle_read(self) -> None:
        """Receive what has come, which may be a part of a record, and so nothing yet."""
        try:
            if not self._has_begun:
                self._begin()
            with self._tls_lock:
                data = self.socket.recv(_RECEIVED_BYTES)
        except _NOT_NOW:
            return
        except OSError:  # the handshake failed, or the other side has gone
            data = b""
        if data:
            self.last_activity = time.time()
            self.received(data)
        else:
            self.handle_close()

    def _begin(self) -> None:
        if self.socket.recv(1, socket.MSG_PEEK) == _HANDSHAKE:
            self.socket = self.context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
            self.adj: Any = copy.copy(self.adj)
            self.adj.url_scheme = "https"
        self._has_begun = True

    def send(self, data: bytes, do_close: bool = True) -> int:
        """How many bytes could be sent. The loop tries the rest again."""
        try:
            with self._tls_lock:
                return int(self.socket.send(data))
        except _NOT_NOW:
            return 0
        except OSError:
            if do_close:
                self.handle_close()
            return 0
