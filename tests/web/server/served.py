"""A real web process with one worker and two threads, and what clients send to it over plain sockets."""

from __future__ import annotations

import http.client
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from albums import storage
from tests.services import Program
from tests.services.keeper import Keeper
from tests.services.ports import PortReservation
from web.embedded.certificates import certify
from web.embedded.lan import FOLDER

REPOSITORY = Path(__file__).resolve().parents[3]
THREADS = 2


class Served:
    """The web process: its address, and its storage folder."""

    def __init__(self, keeper: Keeper, port: int, *, https: bool = False) -> None:
        folder = keeper.folder
        self.port = port
        self.store = storage.open_storage(f"file://{folder / 'objects'}")
        self.data_dir = folder / "data"
        self.data_dir.mkdir()
        argv = [sys.executable, "-m", "gunicorn", "--config", "python:tests.web.server.impatient", "web.wsgi"]
        environment = {
            "PATH": os.environ["PATH"],
            "TMPDIR": os.environ["TMPDIR"],
            "SECRET_KEY": settings.SECRET_KEY,
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "WEB_WORKERS": "1",
            "WEB_THREADS": str(THREADS),
            "DATA_DIR": str(self.data_dir),
            "DATABASE_URL": f"sqlite://{folder / 'database.sqlite3'}",
            "STORAGE_URL": f"file://{folder / 'objects'}",
        }
        if https:
            self.files = certify(folder / "data" / FOLDER, ["album.local", "localhost", "127.0.0.1"])
            environment |= {
                "HTTPS": "lan",
                "TLS_CERTIFICATE": str(self.files.certificate),
                "TLS_KEY": str(self.files.key),
                "PUBLIC_URL": f"https://album.local:{port}",
            }
        self.program = Program(keeper, "web", argv, environment=environment, directory=REPOSITORY, answers=self.answers)

    def connect(self, receive_bytes: int | None = None) -> socket.socket:
        """A connection; with `receive_bytes`, one that takes no more than that until it is read."""
        connection = socket.socket()
        if receive_bytes:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        connection.settimeout(30)
        connection.connect(("127.0.0.1", self.port))
        return connection

    def send(self, data: bytes) -> socket.socket:
        """A connection on which this was sent."""
        connection = self.connect()
        connection.sendall(data)
        return connection

    def answers(self) -> bool:
        """Whether somebody else gets an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", "/health/")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()


@contextmanager
def served(*, https: bool = False) -> Iterator[Served]:
    """A web process that runs inside the block."""
    reservation = PortReservation()
    try:
        with Keeper() as keeper:
            web = Served(keeper, reservation.port, https=https)
            web.program.start()
            yield web
    finally:
        reservation.release()


class Answer(NamedTuple):
    """A whole response."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


def answer_on(connection: socket.socket) -> Answer:
    """The response on a connection."""
    with closing(http.client.HTTPResponse(connection)) as response:
        response.begin()
        return Answer(response.status, response.headers, response.read())
