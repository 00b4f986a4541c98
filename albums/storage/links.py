"""Links: what all of them share, and the signed links by which this service itself takes and gives files.

A link of a folder is `/files/<token>`. The token says what may be done with which object until when, and is
signed with SECRET_KEY, so it needs no session and no row: whoever holds it may do just that.
`TimestampSigner` would stamp each token with the moment it was made and so make every link different; the
time a link ends is part of the signed content instead, and `stable_window` rounds it, so that browsers find
their cached pictures again.
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
"""Where `web.files` serves the links."""

VIEW_CACHE_CONTROL: Final = "private, max-age=86400, immutable"

_SALT: Final = "albums.storage.links"
_VIEW_PERIOD: Final = 24 * 3600
_VIEW_RESERVE: Final = 12 * 3600

Action = Literal["upload", "view", "download"]


@dataclass(frozen=True)
class FileGrant:
    """What a token allows.

    `expires_at` in seconds since 1970; `size` in bytes and `sha256` in hexadecimal for uploads only.
    """

    action: Action
    key: str
    content_type: str
    expires_at: int
    size: int | None = None
    sha256: str | None = None
    file_name: str | None = None


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
    """Return when a view link of `key` starts and how long it is good: the same answer all day.

    The day of each key begins at a time of its own, so that not all pictures of a page change their links at
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
    """Return the path, on this service, that carries the grant."""
    return FILES_PATH + sign_grant(grant)


def sign_grant(grant: FileGrant) -> str:
    """Return the grant as a token of characters that need no escaping in a path."""
    return signing.Signer(salt=_SALT).sign_object(list(astuple(grant)), compress=True)


def read_grant(token: str, *, now: float | None = None) -> FileGrant:
    """Return what a token allows.

    Raises:
        LinkInvalid: when the token was not signed by this service, or is over.

    """
    try:
        fields: list[Any] = signing.Signer(salt=_SALT).unsign_object(token)
        grant = FileGrant(*fields)
    except (signing.BadSignature, ValueError, TypeError, zlib.error) as error:
        raise LinkInvalid("This link is not valid. Copy it again, whole.") from error
    if grant.expires_at <= (time.time() if now is None else now):
        raise LinkInvalid("This link has expired. Load the page again for a fresh one.")
    validate_key(grant.key)
    return grant
