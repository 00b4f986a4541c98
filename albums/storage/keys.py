"""Where each object is stored. An album has one prefix and each of its photos another: deleting one is one call."""

from __future__ import annotations

import re
from uuid import UUID

from albums.storage.errors import InvalidKey

Identifier = UUID | int | str

ROOT_PREFIX = "albums/"
"""All objects of this service. Everything else in the bucket is left alone."""

_MAX_KEY_LENGTH = 512
# Every segment begins with a letter or digit. So there is no '.', no '..', no hidden file, and nothing to escape
# in a URL.
_SEGMENT = r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}"
_KEY = re.compile(rf"{_SEGMENT}(?:/{_SEGMENT})*")


def album_prefix(album_id: Identifier) -> str:
    """The prefix of everything in one album."""
    return f"{ROOT_PREFIX}{_segment(album_id)}/"


def photo_prefix(album_id: Identifier, photo_id: Identifier) -> str:
    """The prefix of one photo: its original and everything made from it."""
    return f"{album_prefix(album_id)}photos/{_segment(photo_id)}/"


def original_key(album_id: Identifier, photo_id: Identifier) -> str:
    """The original bytes as uploaded."""
    return photo_prefix(album_id, photo_id) + "original"


def preview_key(album_id: Identifier, photo_id: Identifier) -> str:
    """The photo at screen size."""
    return photo_prefix(album_id, photo_id) + "preview"


def thumbnail_key(album_id: Identifier, photo_id: Identifier) -> str:
    """The photo at thumbnail size. The embedding models also read this one."""
    return photo_prefix(album_id, photo_id) + "thumbnail"


def large_key(album_id: Identifier, photo_id: Identifier) -> str:
    """The photo at full size, where browsers cannot show the original."""
    return photo_prefix(album_id, photo_id) + "large"


def export_key(album_id: Identifier, export_id: Identifier) -> str:
    """A finished zip."""
    return f"{album_prefix(album_id)}exports/{_segment(export_id)}"


def _segment(identifier: Identifier) -> str:
    text = str(identifier)
    if not re.fullmatch(_SEGMENT, text):
        raise InvalidKey(text)
    return text


def validate_key(key: str) -> str:
    """Return `key` unchanged, or raise `InvalidKey`."""
    if len(key) > _MAX_KEY_LENGTH or not _KEY.fullmatch(key):
        raise InvalidKey(key)
    return key


def validate_prefix(prefix: str) -> str:
    """Return `prefix` unchanged, or raise `InvalidKey` unless it is a key and a slash.

    Without the slash, `albums/1` would also match `albums/10`.
    """
    if not prefix.endswith("/"):
        raise InvalidKey(prefix)
    validate_key(prefix[:-1])
    return prefix
