"""URLs of pictures and files for clients: absolute, and where possible the same all day."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from django.urls import reverse
from rest_framework.request import Request

from albums import storage
from albums.models import Export, Photo, Share

PICTURE_TYPE = "image/jpeg"


def thumbnail_url(request: Request, album_id: UUID, photo_id: UUID) -> str:
    """A link to the thumbnail, which browsers can cache."""
    return _picture_url(request, storage.thumbnail_key(album_id, photo_id))


def preview_url(request: Request, album_id: UUID, photo_id: UUID) -> str:
    """A link to a picture as large as a screen, which browsers can cache."""
    return _picture_url(request, storage.preview_key(album_id, photo_id))


def large_url(request: Request, album_id: UUID, photo_id: UUID) -> str:
    """A link to a picture at full size, which browsers can cache."""
    return _picture_url(request, storage.large_key(album_id, photo_id))


def original_url(request: Request, photo: Photo) -> str:
    """The API's URL that redirects to the original. It makes the short-lived link only on request."""
    return request.build_absolute_uri(str(photo.id).join(_around_id()))


@cache
def _around_id() -> list[str]:
    """What is before and behind the id in the path. To build a path from its pattern takes as long as a signature."""
    nobody = UUID(int=0)
    return reverse("photo-original", args=[nobody]).split(str(nobody))


def _picture_url(request: Request, key: str) -> str:
    link = storage.get_storage().view_link(key, content_type=PICTURE_TYPE)
    # The link of a storage that is elsewhere is absolute already.
    return link if link.startswith("http") else request.build_absolute_uri(link)


def export_url(request: Request, export: Export) -> str:
    """The API's URL that redirects to the zip."""
    return request.build_absolute_uri(reverse("export-download", args=[export.id]))


def shared_url(request: Request, share: Share, picture: str, photo_id: UUID) -> str:
    """The address at which guests get a `thumbnail`, `preview`, `video` or `download` of a photo."""
    return request.build_absolute_uri(f"{shared_path(share)}photos/{photo_id}/{picture}/")


def shared_path(share: Share) -> str:
    """The path of everything that guests of a link ask for."""
    return reverse("shared", args=[share.token])
