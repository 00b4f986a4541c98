"""Links: what all storages share, and the signed links with which this service itself receives and serves files.

A link of a folder is `/files/<token>`. The token says what the bearer may do with which object until when. It is
signed with SECRET_KEY, so it needs no session and no row. `TimestampSigner` would put the current time into each token
and so make every link different. Instead, the signed content holds the time when the link expires, and `stable_window`
rounds it, so that browsers find their cached images again.
"""

from __future__ import annotations

import time
import zlib
from dataclasses import astuple, dataclass
from typing import Any, Final, Literal

from django.core import signing
from django.utils.http import content_disposition_header

from albums.filenames import safe_file_name
from albums.storage.errors import LinkInvalid
from albums.storage.keys import validate_key

FILES_PATH: Final = "/files/"
"""The path under which `web.files` serves the links."""

VIEW_CACHE_CONTROL: Final = "private, max-age=86400, immutable"

_SALT: Final = "albums.storage.links"
_VIEW_PERIOD: Final = 24 * 3600
_VIEW_RESERVE: Final = 12 * 3600

Action = Literal["upload", "view", "download"]


@dataclass(frozen=True)
class FileGrant:
    """What a token allows.

    `expires_at` is in seconds since 1970. `size` in bytes and `sha256` in hexadecimal are for uploads only. `part` is
    for parts of multipart uploads.
    """

    action: Action
    key: str
    content_type: str
    expires_at: int
    size: int | None = None
    sha256: str | None = None
    file_name: str | None = None
    part: str | None = None


@dataclass(frozen=True)
class Window:
    """A span of time, in whole seconds since 1970."""

    start: int
    seconds: int

    @property
    def end(self) -> int:
        """The first second after it."""
        return self.start + self.seconds


def stable_window(key: str, *, now: float) -> Window:
    """Return when a view link of `key` starts and how long it is valid: the same answer all day.

    The day of each key begins at a different time, so that the images of a page do not all change their links at
    once.
    """
    phase = zlib.crc32(key.encode()) % _VIEW_PERIOD
    start = int(now) - (int(now) - phase) % _VIEW_PERIOD
    return Window(start, _VIEW_PERIOD + _VIEW_RESERVE)


def attachment_disposition(file_name: str) -> str:
    """Return the Content-Disposition (RFC 6266) that saves a response under `file_name`, made safe."""
    header = content_disposition_header(as_attachment=True, filename=safe_file_name(file_name, fallback="download"))
    return str(header)


def grant_url(grant: FileGrant) -> str:
    """Return the path on this service that carries the grant."""
    return FILES_PATH + sign_grant(grant)


def sign_grant(grant: FileGrant) -> str:
    """Return the grant as a token that needs no escaping in a path."""
    return signing.Signer(salt=_SALT).sign_object(list(astuple(grant)), compress=True)


def read_grant(token: str, *, now: float | None = None) -> FileGrant:
    """Return what a token allows.

    Raises:
        LinkInvalid: when this service did not sign the token, or it has expired.

    """
    try:
        fields: list[Any] = signing.Signer(salt=_SALT).unsign_object(token)
        grant = FileGrant(*fields)
    except (signing.BadSignature, ValueError, TypeError, zlib.error) as error:
        raise LinkInvalid("This link is not valid. Make sure that you copied all of it.") from error
    if grant.expires_at <= (time.time() if now is None else now):
        raise LinkInvalid("This link has expired. Reload the page to get a new one.")
    validate_key(grant.key)
    return grant
