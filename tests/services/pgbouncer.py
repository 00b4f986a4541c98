"""PgBouncer in transaction mode, where it is installed: Debian's package `pgbouncer`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from tests.services.keeper import Keeper
from tests.services.ports import PortReservation
from tests.services.postgres import PostgreSQL, accepts_connections
from tests.services.service import LOOPBACK, Service


def installed_pgbouncer() -> str | None:
    """The program, or None."""
    return shutil.which("pgbouncer", path=f"{os.environ.get('PATH', os.defpath)}{os.pathsep}/usr/sbin")


class PgBouncer(Service):
    """Before a running server. All transactions share this number of its sessions."""

    def __init__(self, keeper: Keeper, server: PostgreSQL, *, sessions: int) -> None:
        super().__init__(keeper, "pgbouncer")
        self._server = server
        self._sessions = sessions
        self._reservations["server"] = PortReservation()
        self._private = self.folder / "private"

    def url_of(self, database_url: str) -> str:
        """The DATABASE_URL of one of the server's databases, through PgBouncer."""
        parts = urlsplit(database_url)
        address = f"{parts.username}:{parts.password}@{LOOPBACK}:{self._reservations['server'].port}"
        return f"postgres://{address}{parts.path}?pooling=transaction"

    def _prepare(self) -> None:
        self.folder.chmod(0o711)
        self._private.mkdir(mode=0o700)
        parts = urlsplit(self._server.url)
        users, configuration = self._private / "users", self._private / "pgbouncer.ini"
        users.write_text(f'"{parts.username}" "{parts.password}"\n', encoding="ascii")
        settings = {
            "listen_addr": LOOPBACK,
            "listen_port": self._reservations["server"].port,
            "unix_socket_dir": "",
            "auth_type": "scram-sha-256",
            "auth_file": users,
            "pool_mode": "transaction",
            "default_pool_size": self._sessions,
            "max_client_conn": 500,
        }
        lines = ["[databases]", f"* = host={self._server.address} port={self._server.port}", "[pgbouncer]"]
        lines += [f"{name} = {value}" for name, value in settings.items()]
        configuration.write_text("\n".join(lines) + "\n", encoding="ascii")
        # It refuses to run as root, as PostgreSQL does.
        if (user := self._user()) is not None:
            for path in (self._private, users, configuration):
                os.chown(path, *user)

    def _command(self) -> Sequence[str | Path]:
        program = installed_pgbouncer()
        assert program is not None
        return [program, "--quiet", self._private / "pgbouncer.ini"]

    def _answers(self) -> bool:
        return accepts_connections(self.url_of(self._server.url).partition("?")[0])

    def _directory(self) -> Path:
        return Path("/")

    def _user(self) -> tuple[int, int] | None:
        return self._server._user()
