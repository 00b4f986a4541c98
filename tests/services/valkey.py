"""Valkey, run as the embedded default runs it."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from tests.services.ports import PortReservation
from tests.services.service import LOOPBACK, Machine, Service, ServiceError
from web.embedded.valkey import Broker, problem, write_configuration

# The subfolder for the server's data, beside its configuration.
APPEND_ONLY_FOLDER = "appendonlydir"


class Valkey(Service):
    """A Valkey server with a password. Its data survive `kill()`."""

    def __init__(self, keeper: Machine, *, address: str = LOOPBACK) -> None:
        super().__init__(keeper, "valkey")
        self._address = address
        self._reservations["server"] = PortReservation()
        self._broker = Broker(self.folder, self._reservations["server"].port, secrets.token_hex(16))

    @property
    def port(self) -> int:
        """Its port."""
        return self._broker.port

    @property
    def url(self) -> str:
        """The REDIS_URL of its database 0."""
        return self._broker.url.replace(LOOPBACK, self._address)

    def client(self) -> redis.Redis:
        """A redis-py client that fails at once when the server is down. The caller must close it."""
        return redis.Redis.from_url(self.url, socket_timeout=10, retry=Retry(NoBackoff(), 0))

    def forget(self) -> None:
        """Delete the data of a stopped server, as if its disk were lost. The next start is empty."""
        if self.is_running:
            raise ServiceError("Stop or kill Valkey before its file is removed.")
        shutil.rmtree(self.folder / APPEND_ONLY_FOLDER, ignore_errors=True)

    def set_maxmemory(self, size: str) -> None:
        """Limit the memory of the running server, for example to "3mb". "0" or a restart lifts the limit.

        Above the limit the server refuses every write, since it may evict nothing.
        """
        with self.client() as client:
            client.config_set("maxmemory", size)

    def _prepare(self) -> None:
        write_configuration(self._broker, {"bind": self._address})

    def _command(self) -> Sequence[str | Path]:
        return self._broker.command()

    def _answers(self) -> bool:
        return not problem(self.url)
