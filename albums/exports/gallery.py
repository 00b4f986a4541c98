"""What the page in a zip says: `index.html`, which shows the photos by days and moments without a network.

It is kept in the row of the zip, so that a zip that is built again has the same page.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NotRequired, TypedDict
from uuid import UUID

from django.db.models import Count, Sum
from django.db.models.functions import Length

from albums.descriptions import with_descriptions
from albums.exports.pictures import INLINE_PHOTOS, has_own_picture
from albums.exports.plan import ExportPlan
from albums.filenames import split_extension
from albums.filters import IS_SHOWN
from albums.models import Export, Photo

PAGE, FOLDER, CHECKSUMS = "index.html", "gallery", "checksums.sha256"
"""The page, the folder with its pictures, and the checksums of all files in the zip."""

MOST_CHARACTERS = 4_000_000
"""Of all descriptions of an album on its page, which is made in memory. Of more, the long ones end with three dots."""


class GalleryPhoto(TypedDict):
    """A photo on the page: its id, its wall-clock time in ISO 8601 if known, and what somebody wrote about it if so."""

    photo: str
    at: str | None
    description: NotRequired[str]


class GalleryPage(TypedDict):
    """All that the page says, besides the names of the files."""

    title: str
    language: str
    photos: list[GalleryPhoto]


def gallery_page(plan: ExportPlan) -> GalleryPage | None:
    """What the page of this zip says. None if it has none."""
    if not plan.options.gallery:
        return None
    photos: list[GalleryPhoto] = [{"photo": str(photo.id), "at": photo.timeline_text} for photo in plan.shown]
    descriptions = _descriptions(plan)
    for photo, listed in zip(plan.shown, photos, strict=True):
        if photo.id in descriptions:
            listed["description"] = descriptions[photo.id]
    return {"title": split_extension(plan.file_name)[0], "language": plan.options.language, "photos": photos}


def _descriptions(plan: ExportPlan) -> dict[UUID, str]:
    """What somebody wrote about these photos. Nothing where the files lose it: descriptions name places, too."""
    if not plan.shown or plan.options.location == Export.Location.STRIP:
        return {}
    photos = Photo.objects.filter(IS_SHOWN, album_id=plan.shown[0].album_id)
    written = with_descriptions(photos).exclude(shot_description="")
    total = written.aggregate(count=Count("pk"), size=Sum(Length("shot_description")))
    is_much = (total["size"] or 0) > MOST_CHARACTERS
    most = MOST_CHARACTERS // total["count"] if is_much else None
    read = with_descriptions(photos, at_most=most).exclude(shot_description="").values_list("id", "shot_description")
    return {photo: text if most is None or len(text) < most else f"{text[: most - 1]}…" for photo, text in read}


def made_count(plan: ExportPlan) -> int:
    """How many files come with the page and the checksums."""
    options = plan.options
    if not options.gallery:
        return int(options.checksums)
    shown = plan.shown
    pictures = sum(not has_own_picture(photo, options.jpeg_size) for photo in shown)
    thumbnails = 0 if len(shown) <= INLINE_PHOTOS else len(shown)
    return 1 + pictures + thumbnails + int(options.checksums)


def free_name(name: str, names: Iterable[str]) -> str:
    """A name at the top of the zip that neither a file nor a folder there has."""
    taken = {taken.partition("/")[0].casefold() for taken in names}
    stem, extension = split_extension(name)
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{stem} ({number})" + (f".{extension}" if extension else "")
    return free
