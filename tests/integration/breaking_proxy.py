"""A proxy that breaks connections."""

from __future__ import annotations

import shutil
import socket
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
CUT = 18
"""What curl ends with when a transfer was cut."""


def curl_again(path: Path, link_of: Callable[[], str], *, port: int, after: int) -> list[int]:
    """Download to `path` through a proxy that cuts the first answer, then go on with another link.

    Returns how curl ended each time.
    """
    proxy = BreakingProxy(port, cuts=1, after=after)
    command = [
        "curl",
        "--silent",
        "--connect-to",
        f"::127.0.0.1:{proxy.port}",
        "--continue-at",
        "-",
        "--output",
        str(path),
    ]
    try:
        return [subprocess.run([*command, link_of()], check=False).returncode for _ in range(2)]
    finally:
        proxy.close()


class BreakingProxy:
    """Forwards bytes between a client and the server, and cuts some answers in the middle."""

    def __init__(self, port: int, *, cuts: int, after: int) -> None:
        self._server_port = port
        self._cuts = cuts
        self._after = after
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.connections = 0
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(10)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            thread = threading.Thread(target=self._serve, args=(client, self.connections <= self._cuts))
            self._threads.append(thread)
            thread.start()

    def _serve(self, client: socket.socket, cut: bool) -> None:
        with client, socket.create_connection(("127.0.0.1", self._server_port)) as server:
            forward = threading.Thread(target=self._pass_on, args=(client, server, None))
            forward.start()
            self._pass_on(server, client, self._after if cut else None)
            forward.join(10)

    @staticmethod
    def _pass_on(source: socket.socket, target: socket.socket, limit: int | None) -> None:
        passed = 0
        with suppress(OSError):
            while (limit is None or passed < limit) and (data := source.recv(65_536)):
                target.sendall(data)
                passed += len(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
