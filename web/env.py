"""Typed readers of environment variables.

Every reader takes the value from NAME or, for secrets kept in files, from the file that NAME_FILE names. An empty value
counts as absent, as it does in Compose files. A bad value raises an error that names the variable.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from web import network

_BOOLEANS: Final = {
    **dict.fromkeys(("1", "true", "yes", "on"), True),
    **dict.fromkeys(("0", "false", "no", "off"), False),
}
_MAIL_PORTS: Final = {"true": 587, "ssl": 465, "false": 25}


def text(name: str, default: str = "") -> str:
    """The value of NAME, or the content of the file that NAME_FILE names, without surrounding white space."""
    value = os.environ.get(name, "").strip()
    file_name = os.environ.get(f"{name}_FILE", "").strip()
    if value or not file_name:
        return value or default
    try:
        return Path(file_name).read_text(encoding="utf-8").strip() or default
    except OSError as error:
        message = f"{name}_FILE names {file_name}, which cannot be read: {error.strerror}."
        raise ImproperlyConfigured(message) from error


def boolean(name: str, *, default: bool) -> bool:
    """True for 1, true, yes, on; False for 0, false, no, off."""
    value = text(name, str(default)).lower()
    if value not in _BOOLEANS:
        raise ImproperlyConfigured(f"{name}={value!r} is neither true nor false. Use true or false.")
    return _BOOLEANS[value]


def integer(name: str, default: int, *, minimum: int = 0) -> int:
    """A whole number, at least the minimum."""
    value = text(name, str(default))
    try:
        number = int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number.") from error
    if number < minimum:
        raise ImproperlyConfigured(f"{name}={number} is too small. The minimum is {minimum}.")
    return number


def rate(name: str, default: str) -> str | None:
    """A limit of requests such as 300/min, in the notation of REST framework; None for 0, which means no limit."""
    value = text(name, default)
    if value == "0":
        return None
    if not re.fullmatch(r"[1-9]\d*/(second|sec|s|minute|min|m|hour|h|day|d)", value):
        raise ImproperlyConfigured(f"{name}={value!r} is not a rate. Write it like 300/min, or 0 for no limit.")
    return value


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """One of the allowed words."""
    value = text(name, default).lower()
    if value not in allowed:
        raise ImproperlyConfigured(f"{name}={value!r} is unknown. Use one of: {', '.join(allowed)}.")
    return value


def words(name: str) -> list[str]:
    """The words of a list separated by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def path(name: str, default: Path) -> Path:
    """An absolute path; a leading ~ is the home folder."""
    return Path(text(name, str(default))).expanduser().resolve()


def file(name: str) -> str:
    """The path of an existing file; empty if the variable is not set."""
    value = text(name)
    if value and not Path(value).expanduser().is_file():
        raise ImproperlyConfigured(f"{name} names {value}, which is not a file.")
    return str(Path(value).expanduser()) if value else ""


def url(name: str, default: str, schemes: tuple[str, ...]) -> str:
    """A URL of one of the schemes, with a host (or, for file and unix URLs, a path)."""
    value = text(name, default)
    if value:
        _split_url(name, value, schemes)
    return value


def _split_url(name: str, value: str, schemes: tuple[str, ...]) -> SplitResult:
    """The parts of a URL. An error never quotes the value, which may hold a password."""
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not a URL: {error}.") from error
    if parts.scheme not in schemes:
        found = parts.scheme or "none"
        wanted = " or ".join(f"{scheme}://" for scheme in schemes)
        raise ImproperlyConfigured(f"{name} has the scheme {found!r}. It must begin with {wanted}.")
    if not (parts.hostname or parts.path):
        raise ImproperlyConfigured(f"{name} names neither a host nor a path.")
    return parts


def _absolute_path(name: str, parts: SplitResult) -> str:
    if parts.netloc or len(parts.path) < 2:
        example = f"{parts.scheme}:///absolute/path"
        raise ImproperlyConfigured(f"{name} must hold an absolute path: {example} (three slashes).")
    return unquote(parts.path)


def database(name: str, default: str) -> dict[str, Any]:
    """Django's DATABASES entry for postgres://user:password@host:port/name or sqlite:///absolute/path.

    Of several hosts (`host:port,host:port`), the first that takes writes is used: the others are its standbys.
    `?pooling=transaction` says that a pooler such as PgBouncer gives each transaction another session.
    """
    each = [_split_url(name, url, ("postgres", "postgresql", "sqlite")) for url in _for_each_host(text(name, default))]
    parts = each[0]
    if parts.scheme == "sqlite":
        return _sqlite(_absolute_path(name, parts))
    database_name = unquote(parts.path.lstrip("/"))
    if not database_name:
        raise ImproperlyConfigured(f"{name} names no database: end it with /NAME.")
    options = dict(parse_qsl(parts.query))
    pooling = options.pop("pooling", "session")
    if pooling not in {"session", "transaction"}:
        raise ImproperlyConfigured(f"{name} has pooling={pooling}. It must be session or transaction.")
    own: dict[str, Any] = {"connect_timeout": 5, **network.DATABASE_CLIENT}
    if pooling == "session":
        # A pooler refuses options of the server.
        own["options"] = network.DATABASE_SERVER
        # For the cursors of albums.services.row_update. Other statements of Django are never prepared.
        own["prepare_threshold"] = 5
    if len(each) > 1:
        if not all(one.hostname for one in each):
            raise ImproperlyConfigured(f"{name} has an empty host between its commas.")
        own["target_session_attrs"] = "read-write"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database_name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": ",".join(one.hostname or "" for one in each),
        "PORT": ",".join(str(one.port or "") for one in each),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # A cursor of the server outlives the transaction, and behind such a pooler the next statement may reach another
        # session. Nothing else of ours belongs to a session.
        "DISABLE_SERVER_SIDE_CURSORS": pooling == "transaction",
        "OPTIONS": {**own, **options},
    }


def _for_each_host(value: str) -> list[str]:
    """The URL once for each of its hosts, which commas separate."""
    scheme, mark, rest = value.partition("://")
    authority, slash, tail = rest.partition("/")
    credentials, at, hosts = authority.rpartition("@")
    return [f"{scheme}{mark}{credentials}{at}{host}{slash}{tail}" for host in hosts.split(",")]


def _sqlite(database_path: str) -> dict[str, Any]:
    """SQLite for several processes: a write-ahead log, and writers that wait instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": database_path,
        "OPTIONS": {
            # IMMEDIATE takes the write lock at BEGIN. Otherwise a transaction that reads first and writes later
            # fails at once with "database is locked", whatever the timeout.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000;",
        },
    }


@dataclass(frozen=True)
class Mail:
    """Where mails go, as values for Django's EMAIL_ settings. `timeout` is in seconds."""

    backend: str
    folder: str | None = None
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    use_tls: bool = False
    use_ssl: bool = False
    timeout: int = 10


def mail(name: str, default: str) -> Mail:
    """A mail server (smtp://user:password@host:port?tls=true|ssl), a folder (file:///absolute/path), or console:.

    `tls=true` is STARTTLS, by default on port 587. `tls=ssl` is TLS from the first byte, by default on port 465.
    """
    value = text(name, default)
    if value == "console:":
        return Mail("django.core.mail.backends.console.EmailBackend")
    parts = _split_url(name, value, ("smtp", "file", "console"))
    if parts.scheme == "file":
        return Mail("django.core.mail.backends.filebased.EmailBackend", folder=_absolute_path(name, parts))
    if parts.scheme == "console" or not parts.hostname:
        raise ImproperlyConfigured(f"{name} must be console: or name a host: smtp://user:password@host:port.")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    encryption = options.pop("tls", "false").lower()
    if options or encryption not in _MAIL_PORTS:
        raise ImproperlyConfigured(f"{name} has unknown options. Use tls=true, tls=ssl or tls=false.")
    return Mail(
        "django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname,
        port=parts.port or _MAIL_PORTS[encryption],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=encryption == "true",
        use_ssl=encryption == "ssl",
    )
