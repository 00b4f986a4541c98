"""Uploads to and downloads from a storage folder, by signed links. With S3 in STORAGE_URL, nothing uses this module.

The link alone gives access: there is no session and no cookie, so no CSRF check. An uploaded file may contain anything,
so it is never served as a page of this site: fixed type, no sniffing, sandboxed, originals as attachments.
"""

from __future__ import annotations

import logging
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from albums import storage
from web.api.problems import problem_response
from web.downloads import GUARDS, Manner, send

_REFUSAL_STATUS: Final = {"wrong_type": 415, "wrong_size": 400, "wrong_checksum": 400}

_logger = logging.getLogger(__name__)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "PUT"])
def upload_or_download(request: HttpRequest, token: str) -> HttpResponseBase:
    """Store the file of a presigned upload (PUT), or send the file of a download link (GET and HEAD, one range)."""
    response = _answer(request, token)
    for name, value in GUARDS.items():
        response[name] = value
    return response


def _answer(request: HttpRequest, token: str) -> HttpResponseBase:
    folder = storage.get_storage()
    if not isinstance(folder, storage.FolderStorage):
        return _problem(404, "not_found", "The files are in an S3 storage. Use the link that the API gives.")
    try:
        return _upload(request, token, folder) if request.method == "PUT" else _download(request, token, folder)
    except UnreadablePostError:
        return _problem(400, "wrong_size", "The upload was interrupted. Send the file again.")
    except storage.StorageError as error:
        return _problem_of(error)


def _problem_of(error: storage.StorageError) -> HttpResponse:
    if isinstance(error, storage.UploadRefused):
        return _problem(_REFUSAL_STATUS[error.code], error.code, str(error))
    if isinstance(error, storage.LinkInvalid):
        return _problem(403, "link_invalid", str(error))
    if isinstance(error, storage.MultipartUploadEnded):
        return _problem(404, "not_found", "This upload has ended. Announce the file again.")
    if isinstance(error, storage.ObjectMissing):
        return _problem(404, "not_found", "This file no longer exists.")
    _logger.error("The storage folder failed: %s", error, exc_info=error)
    response = _problem(503, "storage_unavailable", "The photo storage is not available. Try again in a minute.")
    response["Retry-After"] = "60"
    return response


def _upload(request: HttpRequest, token: str, folder: storage.FolderStorage) -> HttpResponseBase:
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdecimal():
        return _problem(411, "length_required", "Send the size of the file in the Content-Length header.")
    content_type = request.headers.get("Content-Type", "")
    folder.receive_upload(token, request, content_length=int(length), content_type=content_type)
    return HttpResponse()


def _download(request: HttpRequest, token: str, folder: storage.FolderStorage) -> HttpResponseBase:
    download = folder.open_download(token)
    manner = Manner(download.content_type, download.disposition, download.cache_control)
    return send(request, download.opened, manner)


def _problem(status: int, code: str, detail: str) -> HttpResponse:
    """Return an error that no cache may keep."""
    response = problem_response(code, status, detail)
    response["Cache-Control"] = "no-store"
    return response
