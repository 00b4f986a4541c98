"""The page in a zip, and the pictures that it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from albums import storage
from albums.exports.gallery import FOLDER, PAGE, GalleryPage, free_name
from albums.exports.parts import part_name
from albums.exports.pictures import INLINE_PHOTOS, has_own_picture
from albums.models import Export, Photo
from worker.gallery import PagePhoto, page_html
from worker.stages.export_ratings import made_entry
from worker.stages.export_zip import Change, ZipEntry


def gallery_entries(export: Export, by_id: Mapping[str, Photo]) -> list[ZipEntry]:
    """The pictures of the page and the page, or nothing if the zip has none."""
    page: GalleryPage | None = export.gallery_page
    if page is None:
        return []
    names = dict(export.entries)
    folder = free_name(part_name(FOLDER, export.part, export.part_count), names.values())
    is_inline = len(page["photos"]) <= INLINE_PHOTOS
    pictures: list[ZipEntry] = []
    shown: list[tuple[Photo, PagePhoto]] = []
    for number, listed in enumerate(page["photos"], start=1):
        photo = by_id.get(listed["photo"])
        if photo is None:
            continue  # deleted since
        file, picture, thumbnail = names[listed["photo"]], f"{folder}/{number:04d}.jpg", f"{folder}/{number:04d}s.jpg"
        if has_own_picture(photo, export.jpeg_size):
            picture = file
        else:
            pictures.append(_picture(photo, picture, storage.preview_key))
        if not is_inline:
            pictures.append(_picture(photo, thumbnail, storage.thumbnail_key))
        size = (photo.thumbnail_width or 1, photo.thumbnail_height or 1)
        taken_at = datetime.fromisoformat(listed["at"]) if listed["at"] else None
        description = listed.get("description", "")
        shown.append((photo, PagePhoto(file, picture, thumbnail, size, taken_at, photo.is_video, description)))
    if not shown:
        return []
    name = free_name(part_name(PAGE, export.part, export.part_count), names.values())
    return [*pictures, made_entry(name, shown[-1][0], _page(page, shown, is_inline=is_inline))]


def _picture(photo: Photo, name: str, key_of: Callable[[UUID, UUID], str]) -> ZipEntry:
    key = key_of(photo.album_id, photo.id)
    modified = photo.timeline_at or photo.created_at
    return ZipEntry(photo.id, name, modified, None, lambda: storage.get_storage().open_read(key))


def _thumbnail(photo: Photo) -> bytes:
    return storage.get_storage().read_bytes(storage.thumbnail_key(photo.album_id, photo.id))


def _page(page: GalleryPage, shown: list[tuple[Photo, PagePhoto]], *, is_inline: bool) -> Change:
    def change(_data: bytes, heartbeat: Callable[[], None]) -> tuple[bytes, None]:
        photos = []
        for photo, listed in shown:
            photos.append(replace(listed, thumbnail=_thumbnail(photo)) if is_inline else listed)
            heartbeat()
        return page_html(page["title"], page["language"], photos), None

    return change
