"""The order of an album's photos: one sort key, which the database and Python compare alike.

First the time in the album's one timeline (`Photo.timeline_at`), those without one last. Photos of one moment of the
clock then follow by `Photo.order_key`: by the camera's own count of its shots where the file tells it, else by name as
people count (BURST2 before BURST10). Equal names follow by content, so the order is the same however often, and in
whatever order, the files are uploaded.

The key is made of bytes, which every database compares as Python does. Text it would sort by a language's rules.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from hashlib import blake2b
from typing import Any, Protocol
from uuid import UUID

from django.db.models import F

CAPTURE_ORDER = (F("timeline_at").asc(nulls_last=True), "order_key", "id")
"""For `order_by` on photos."""

_DIGITS = re.compile("([0-9]+)")
_CAMERA_BYTES = 8
_CONTENT_BYTES = 8


class InCaptureOrder(Protocol):
    """What has a place in the order: a photo, or what stands for one."""

    @property
    def timeline_at(self) -> datetime | None:
        """When it was taken; None if unknown."""
        ...

    @property
    def order_key(self) -> Any:
        """As bytes, from `order_key_of`."""
        ...

    @property
    def id(self) -> UUID:
        """Decides between photos that nothing else tells apart."""
        ...


def capture_order(photo: InCaptureOrder) -> tuple[bool, float, bytes, bytes]:
    """The sort key of a photo in Python. It sorts as `CAPTURE_ORDER` does in a database."""
    moment = photo.timeline_at
    return moment is None, moment.timestamp() if moment else 0.0, bytes(photo.order_key), photo.id.bytes


def order_key_of(name: str, sha256: str, *, camera: str = "", shot_number: int | None = None) -> bytes:
    """What orders photos of the same time.

    `shot_number` counts the shots of one camera. Shots that have one follow those that have none, camera by camera.
    """
    counted = b"\0"
    if shot_number is not None:
        counted = b"\1" + blake2b(camera.encode(), digest_size=_CAMERA_BYTES).digest() + shot_number.to_bytes(8, "big")
    return counted + natural_key(name) + b"\0" + bytes.fromhex(sha256)[:_CONTENT_BYTES]


def natural_key(name: str) -> bytes:
    """A file name as bytes that sort as people count: img2 before img10, and IMG_1.jpg before IMG_1 (2).jpg.

    Upper and lower case are the same.
    """
    stem, dot, extension = name.rpartition(".")
    parts = (stem, extension) if dot and stem else (name, "")
    return b"\0".join(_natural(part) for part in parts)


def _natural(text: str) -> bytes:
    """Numbers stand where their first digit would, and sort by their length, then by their digits."""
    folded = unicodedata.normalize("NFC", text).casefold().replace("\0", "")
    return b"".join(
        _number(part) if place % 2 else part.encode("utf-8", "surrogatepass")
        for place, part in enumerate(_DIGITS.split(folded))
    )


def _number(digits: str) -> bytes:
    significant = digits.lstrip("0") or "0"
    return b"0" + min(len(significant), 255).to_bytes(1, "big") + significant.encode()
