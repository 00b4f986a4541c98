"""Pictures, videos and downloads for guests of shared albums.

They come through the service, and not by links to the storage: such a link would go on working when the album is no
longer shared.
"""

from __future__ import annotations

from hashlib import blake2b
from pathlib import PurePath
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

from albums import storage
from albums.exceptions import NotFound
from albums.exports.entry_names import download_name
from albums.models import Photo
from albums.storage.links import attachment_disposition
from web.downloads import GUARDS, Manner, send

_PICTURE_TYPE: Final = "image/jpeg"
# The browser may show a picture again for so long. What a guest has seen, they could have saved.
_KEPT: Final = "private, max-age=600"
_ASKED: Final = "private, no-cache"


def thumbnail(request: HttpRequest, photo: Photo) -> HttpResponseBase:
    """The thumbnail."""
    return _picture(request, photo, storage.thumbnail_key(photo.album_id, photo.id))


def preview(request: HttpRequest, photo: Photo) -> HttpResponseBase:
    """The picture as large as a screen."""
    return _picture(request, photo, storage.preview_key(photo.album_id, photo.id))


def video(request: HttpRequest, photo: Photo) -> HttpResponseBase:
    """A video to play."""
    return _file(request, storage.original_key(photo.album_id, photo.id), Manner(photo.content_type, "inline", _ASKED))


def download(request: HttpRequest, photo: Photo, *, is_original: bool) -> HttpResponseBase:
    """A file to save: the one that was uploaded, or the picture that the service made."""
    if is_original:
        key, content_type = storage.original_key(photo.album_id, photo.id), photo.content_type
        name = download_name(photo.name, content_type)
    else:
        name, content_type = f"{PurePath(photo.name).stem}.jpg", _PICTURE_TYPE
        has_large = bool(photo.capture.get("has_large"))
        key = (storage.large_key if has_large else storage.preview_key)(photo.album_id, photo.id)
    return _file(request, key, Manner(content_type, attachment_disposition(name), _ASKED))


def begins(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the response sends the first byte of a file. So a file that comes in many ranges counts once."""
    is_first = response.headers.get("Content-Range", "bytes 0-").startswith("bytes 0-")
    return request.method == "GET" and response.status_code in {200, 206} and is_first


def _picture(request: HttpRequest, photo: Photo, key: str) -> HttpResponseBase:
    """A small file, in one request to the storage, or none if the browser has it."""
    headers = {"Cache-Control": _KEPT, "Content-Type": _PICTURE_TYPE, "ETag": _etag(photo), **GUARDS}
    response = HttpResponse(headers=headers)
    answer = get_conditional_response(request, headers["ETag"], None, response)
    if answer is not None and answer is not response:
        return answer
    try:
        response.content = storage.get_storage().read_bytes(key)
    except storage.ObjectMissing:
        raise NotFound from None
    return response


def _etag(photo: Photo) -> str:
    """What stays the same as long as the photo looks the same: its placeholder is made of the picture."""
    looks = repr((photo.id, photo.placeholder, photo.thumbnail_width, photo.thumbnail_height))
    return f'W/"{blake2b(looks.encode(), digest_size=12).hexdigest()}"'


def _file(request: HttpRequest, key: str, manner: Manner) -> HttpResponseBase:
    try:
        opened = storage.get_storage().open_object(key)
    except storage.ObjectMissing:
        raise NotFound from None
    response = send(request, opened, manner)
    for name, value in GUARDS.items():
        response.headers[name] = value
    return response
