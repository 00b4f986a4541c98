"""Imports a source into an album of an account, and says what became of its files."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from albums.headless.upload import SourceUpload
from albums.models import Album, Photo
from albums.services.albums import album_create
from albums.services.quotas import account_lock

ALBUM_NAME_LENGTH = 200


@transaction.atomic
def album_named(name: str, owner: AbstractBaseUser) -> Album:
    """The newest album of the account with this name, or else a new one.

    Raises:
        QuotaExceeded: when the account may have no more albums.

    """
    name = name.strip()[:ALBUM_NAME_LENGTH]
    account_lock(owner.pk)  # of two first runs at once, the second finds the album of the first
    found = Album.objects.filter(owner_id=owner.pk, name=name).order_by("-created_at", "id").first()
    return found or album_create(owner=owner, name=name)


@dataclass(frozen=True)
class FailedFile:
    """A file that could not be used: its label, a code for programs and a sentence for people."""

    file: str
    code: str
    message: str


@dataclass(frozen=True)
class ImportReport:
    """What became of the files of a source. `added` and `already_there` count files, of equal ones one."""

    added: int
    already_there: int
    failed: list[FailedFile]

    def as_json(self, album: Album) -> dict[str, Any]:
        """The report as `importalbum` writes it."""
        return {"album": {"id": str(album.id), "name": album.name}, **asdict(self)}


def import_report(upload: SourceUpload) -> ImportReport:
    """The report of an upload, after the analysis of its photos or before."""
    photo_ids = set(upload.photo_ids.values())
    rows = Photo.objects.filter(album=upload.album, state=Photo.State.FAILED)
    errors = {id_: (code, message) for id_, code, message in rows.values_list("id", "error_code", "error_message")}
    failed = [FailedFile(label, refusal.code, refusal.message) for label, refusal in upload.refused.items()]
    failed += [FailedFile(label, *errors[id_]) for label, id_ in upload.photo_ids.items() if id_ in errors]
    added = photo_ids - upload.there_before - set(errors)
    there = upload.there_before - set(errors)
    return ImportReport(len(added), len(there), sorted(failed, key=lambda file: file.file))
