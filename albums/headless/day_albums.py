"""The albums of a watched folder: one for each day, and sidecars in that of their photo."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING
from uuid import UUID

from albums.file_kinds import TAKEN
from albums.headless.importing import album_named
from albums.models import Album, Photo
from albums.services.uploads import clean_folder, clean_name
from albums.sources import Entry

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


class DayAlbums:
    """Albums of an account such as "Phone 2024-06-15"."""

    def __init__(self, name: str, owner: AbstractBaseUser) -> None:
        """`name` stands before the day."""
        self._name, self._owner = name, owner

    def sorted(self, files: Collection[Entry]) -> Iterator[tuple[Album, list[Entry]]]:
        """The album for each of these files: today's, or that of the photo which a sidecar describes.

        Raises:
            QuotaExceeded: when the account may have no more albums.

        """
        earlier = self._earlier(files)
        today = [file for file in files if file.label not in earlier]
        if today:
            yield album_named(f"{self._name} {time.strftime('%Y-%m-%d')}", self._owner), today
        by_album: dict[UUID, list[Entry]] = defaultdict(list)
        for file in files:
            if file.label in earlier:
                by_album[earlier[file.label]].append(file)
        for album in Album.objects.filter(id__in=by_album).order_by("created_at"):
            yield album, by_album[album.id]

    def _earlier(self, files: Collection[Entry]) -> dict[str, UUID]:
        """The id of the album, by label, of each sidecar whose photo came before."""
        come = {name for file in files if not _is_sidecar(file.name) for name in _names_of(file.folder, file.name)}
        alone = [file for file in files if _is_sidecar(file.name) and not come & set(_described(file))]
        if not alone:
            return {}
        photos = Photo.objects.filter(
            album__owner_id=self._owner.pk,
            album__name__startswith=f"{self._name} ",
            folder__in={clean_folder(file.folder) for file in alone},
        ).exclude(kind=Photo.Kind.SIDECAR)
        there = {
            key: album_id
            for folder, name, album_id in photos.order_by("created_at").values_list("folder", "name", "album_id")
            for key in _names_of(folder, name)
        }
        found = {file.label: next((there[key] for key in _described(file) if key in there), None) for file in alone}
        return {label: album_id for label, album_id in found.items() if album_id is not None}


def _is_sidecar(name: str) -> bool:
    return PurePath(name).suffix[1:].lower() in TAKEN["sidecar"]


def _names_of(folder: str, name: str) -> list[tuple[str, str]]:
    """The folder with what sidecars call this file: its name, with the ending or without."""
    return [(clean_folder(folder), called.casefold()) for called in (clean_name(name), PurePath(clean_name(name)).stem)]


def _described(sidecar: Entry) -> list[tuple[str, str]]:
    """The folder with the names that the sidecar's begins with, the longest first: IMG_1.jpg and IMG_1."""
    parts = clean_name(sidecar.name).casefold().split(".")
    return [(clean_folder(sidecar.folder), ".".join(parts[:count])) for count in range(len(parts) - 1, 0, -1)]
