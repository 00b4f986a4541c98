"""Keeps what the grouping saw in the pictures of an album, as long as the album has these photos."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from itertools import islice
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction

from albums.models import AlbumLooks, Photo
from albums.services.albums import albums_lock

MOST_KEPT = 50_000
"""Answers of one album, about a megabyte. A grouping of 10,000 photos asks for some 4,000."""

Answers = dict[tuple[Hashable, ...], Any]
"""By the question and the photos that it is about."""


class _Kept(msgspec.Struct, array_like=True):
    photos: list[bytes]
    answers: list[tuple[str, list[int], Any]]
    """The question, which of the photos it is about, and the answer."""


def looks_read(album_id: UUID, *, version: str) -> Answers:
    """What this version of the code has seen in the album's pictures."""
    kept = AlbumLooks.objects.filter(album=album_id, version=version).values_list("answers", flat=True).first()
    return {} if kept is None else _decoded(bytes(kept))


@transaction.atomic
def looks_keep(album_id: UUID, answers: Mapping[tuple[Hashable, ...], Any], *, version: str) -> None:
    """Add these answers, except those about photos that are gone. Beyond `MOST_KEPT`, the oldest are dropped."""
    if not albums_lock([album_id]):
        return
    every = {**looks_read(album_id, version=version), **answers}
    present = set(Photo.objects.filter(album=album_id).values_list("id", flat=True))
    _write(album_id, every, present, version=version)


def looks_forget(album_id: UUID, photo_ids: Collection[UUID]) -> None:
    """Delete the answers about these photos. The caller holds the lock on the album's row."""
    for kept in AlbumLooks.objects.filter(album=album_id):
        answers = _decoded(bytes(kept.answers))
        present = {photo for _, *photos in answers for photo in photos} - set(photo_ids)
        _write(album_id, answers, present, version=kept.version)


def _write(album_id: UUID, answers: Answers, present: Collection[Hashable], *, version: str) -> None:
    about = {key: answer for key, answer in answers.items() if all(photo in present for photo in key[1:])}
    newest = dict(islice(about.items(), max(0, len(about) - MOST_KEPT), None))
    AlbumLooks.objects.update_or_create(album_id=album_id, defaults={"version": version, "answers": _encoded(newest)})


def _encoded(answers: Answers) -> bytes:
    places: dict[UUID, int] = {}
    kept = [
        (str(question), [places.setdefault(photo, len(places)) for photo in photos], answer)  # type: ignore[arg-type]
        for (question, *photos), answer in answers.items()
    ]
    return msgspec.msgpack.encode(_Kept([photo.bytes for photo in places], kept))


def _decoded(kept: bytes) -> Answers:
    try:
        read = msgspec.msgpack.decode(kept, type=_Kept)
        photos = [UUID(bytes=photo) for photo in read.photos]
        return {(question, *(photos[place] for place in about)): answer for question, about, answer in read.answers}
    except (msgspec.DecodeError, ValueError, IndexError):
        return {}  # damaged: it is worth no more than the time to look again
