"""Reads STORAGE_URL.

    file:///absolute/folder
    s3://ACCESS:SECRET@host[:port]/bucket?scheme=http|https&addressing=path|virtual&region=…&public=https://…
    s3:///bucket?region=…        Amazon S3, credentials from AWS's own chain (environment, profile, role)

ACCESS and SECRET are percent-encoded, so a secret may contain `/`, `+`, `@` and `:`. `public` is the address under
which browsers reach the same storage; links are signed for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from albums.storage.errors import StorageURLError

Addressing = Literal["path", "virtual"]

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_OPTIONS = frozenset({"scheme", "addressing", "region", "public"})


@dataclass(frozen=True)
class FolderLocation:
    """A folder on this machine, or one that every machine mounts."""

    path: Path


@dataclass(frozen=True)
class S3Location:
    """A bucket. Without an endpoint it is Amazon's. Without an access key, AWS's own chain finds the credentials."""

    bucket: str
    endpoint: str | None = None
    access_key: str | None = None
    secret_key: str | None = field(default=None, repr=False)
    region: str | None = None
    addressing: Addressing = "virtual"
    public_endpoint: str | None = None


def parse_storage_url(url: str) -> FolderLocation | S3Location:
    """Read STORAGE_URL.

    Raises:
        StorageURLError: with a message that says what is wrong and how to fix it, without the secret.

    """
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise _unreadable() from None
    if parts.scheme == "s3" and "@" in parts.path + parts.query:
        # A secret with an unescaped '/' or '?' was cut in two, so an error message must not quote the rest.
        raise _unreadable()
    if parts.fragment:
        raise StorageURLError("STORAGE_URL contains a '#'. Write it as %23 if it belongs to a secret or a path.")
    if parts.scheme == "file":
        return _folder(parts)
    if parts.scheme == "s3":
        return _bucket(parts)
    raise StorageURLError("STORAGE_URL must begin with file:/// or s3://.")


def _unreadable() -> StorageURLError:
    return StorageURLError(
        "STORAGE_URL is not a URL: its host or port cannot be read. Percent-encode special characters"
        " of the access key and the secret, for example '/' as %2F."
    )


def _folder(parts: SplitResult) -> FolderLocation:
    path = Path(unquote(parts.path))
    if parts.netloc or not path.is_absolute():
        raise StorageURLError("STORAGE_URL must name an absolute folder after three slashes: file:///absolute/folder.")
    if parts.query:
        raise StorageURLError("A STORAGE_URL with a folder takes no options. Write '?' in a path as %3F.")
    if path == Path(path.anchor):
        raise StorageURLError("STORAGE_URL must not name the root of the file system.")
    return FolderLocation(path)


def _bucket(parts: SplitResult) -> S3Location:
    options = _options(parts.query)
    bucket = parts.path.strip("/")
    if not _BUCKET.fullmatch(bucket) or ".." in bucket:
        raise StorageURLError(
            "STORAGE_URL must name one bucket after the host, with 3 to 63 lowercase letters, digits, dots and"
            f" hyphens. It names {bucket!r}."
        )
    access_key, secret_key = _credentials(parts)
    endpoint = _endpoint(parts, options)
    addressing = options.get("addressing", "path" if endpoint else "virtual")
    if addressing not in {"path", "virtual"}:
        raise StorageURLError(f"addressing={addressing} in STORAGE_URL must be path or virtual.")
    return S3Location(
        bucket=bucket,
        endpoint=endpoint,
        access_key=access_key,
        secret_key=secret_key,
        # If the region is not given, Amazon's comes from AWS's own chain. Other servers mostly ignore it.
        region=options.get("region") or ("us-east-1" if endpoint else None),
        addressing="path" if addressing == "path" else "virtual",
        public_endpoint=_public_endpoint(options.get("public")),
    )


def _options(query: str) -> dict[str, str]:
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
    except ValueError:
        raise StorageURLError("The options of STORAGE_URL must look like ?name=value&name=value.") from None
    options = dict(pairs)
    if len(options) != len(pairs):
        raise StorageURLError("STORAGE_URL gives an option twice.")
    unknown = sorted(options.keys() - _OPTIONS)
    if unknown:
        raise StorageURLError(
            f"STORAGE_URL has the unknown option {unknown[0]!r}. The options are {', '.join(sorted(_OPTIONS))}."
        )
    empty = sorted(name for name, value in options.items() if not value)
    if empty:
        raise StorageURLError(f"The option {empty[0]!r} of STORAGE_URL is empty.")
    return options


def _credentials(parts: SplitResult) -> tuple[str | None, str | None]:
    access_key, secret_key = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(access_key) != bool(secret_key):
        raise StorageURLError(
            "STORAGE_URL needs both the access key and the secret, percent-encoded: s3://ACCESS:SECRET@host/bucket."
        )
    return access_key or None, secret_key or None


def _endpoint(parts: SplitResult, options: dict[str, str]) -> str | None:
    scheme = options.get("scheme", "https")
    if scheme not in {"http", "https"}:
        raise StorageURLError(f"scheme={scheme} in STORAGE_URL must be http or https.")
    if not parts.hostname:
        if parts.port or "scheme" in options:
            raise StorageURLError("STORAGE_URL names a port or a scheme, but no host.")
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{scheme}://{host}:{parts.port}" if parts.port else f"{scheme}://{host}"


def _public_endpoint(address: str | None) -> str | None:
    if address is None:
        return None
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"} or parts.query:
        raise StorageURLError("public= in STORAGE_URL must be an address such as https://photos.example.org.")
    return f"{parts.scheme}://{parts.netloc}"
