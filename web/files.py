"""Uploads to and downloads from a storage folder, by signed links. With S3 in STORAGE_URL, nothing uses this module.

The link alone gives access: there is no session and no cookie, so no CSRF check. An uploaded file may contain anything,
so it is never served as a page of this site: fixed type, no sniffing, sandboxed, originals as attachments.
"""

from __future__ import annotations

import logging
import re
from typing import BinaryIO, Final

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.http.request import UnreadablePostError
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from albums import storage
from web.api.problems import problem_response

# A single range. RFC 9110 lets a server ignore several ranges or other units, and send the whole file.
_RANGE: Final = re.compile(r"bytes=(\d{0,19})-(\d{0,19})", re.ASCII | re.IGNORECASE)
_REFUSAL_STATUS: Final = {"wrong_type": 415, "wrong_size": 400, "wrong_checksum": 400}
_GUARDS: Final = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-site",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

_logger = logging.getLogger(__name__)


class _BigFileResponse(FileResponse):
    """Larger blocks. Servers without sendfile read a file in blocks, and Django's 4 KiB make a large zip slow."""

    block_size = 256 * 1024


@csrf_exempt
@require_http_methods(["GET", "HEAD", "PUT"])
def upload_or_download(request: HttpRequest, token: str) -> HttpResponseBase:
    """Store the file of a presigned upload (PUT), or send the file of a download link (GET and HEAD, one range)."""
    response = _answer(request, token)
    for name, value in _GUARDS.items():
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
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": download.cache_control,
        "Content-Disposition": download.disposition,
        "Content-Type": download.content_type,
        "ETag": download.etag,
        "Last-Modified": http_date(download.modified),
    }
    bare = HttpResponse(headers=headers)
    answer = get_conditional_response(request, download.etag, int(download.modified), bare)
    if answer is not bare or request.method == "HEAD":
        download.file.close()
        if answer is bare:
            bare["Content-Length"] = str(download.size)
        return answer or bare
    return _content(request, download, headers)


def _content(request: HttpRequest, download: storage.OpenedDownload, headers: dict[str, str]) -> HttpResponseBase:
    span = _requested_span(request, download, headers["Last-Modified"])
    if span is None:
        content_type = headers.pop("Content-Type")  # otherwise FileResponse guesses the type
        return _BigFileResponse(download.file, headers=headers, content_type=content_type)
    start, end = span
    if start >= end:
        download.file.close()
        response = _problem(
            416, "range_not_satisfiable", f"The range begins after the {download.size} bytes of the file."
        )
        response["Content-Range"] = f"bytes */{download.size}"
        return response
    headers = {
        **headers,
        "Content-Range": f"bytes {start}-{end - 1}/{download.size}",
    }
    content_type = headers.pop("Content-Type")
    part = _BigFileResponse(_Part(download.file, start, end), status=206, headers=headers, content_type=content_type)
    part["Content-Length"] = str(end - start)  # FileResponse counts to the end of the file
    return part


def _requested_span(
    request: HttpRequest, download: storage.OpenedDownload, last_modified: str
) -> tuple[int, int] | None:
    """Return the first requested byte and the one after the last, or None to send the whole file.

    A span without bytes cannot be satisfied. https://www.rfc-editor.org/rfc/rfc9110#name-range-requests
    """
    match = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    condition = request.headers.get("If-Range")
    if match is None or (condition is not None and condition not in {download.etag, last_modified}):
        return None
    first, last = match.groups()
    if not first:
        return (max(0, download.size - int(last)), download.size) if last else None
    if last and int(last) < int(first):
        return None
    return int(first), min(download.size, int(last) + 1) if last else download.size


class _Part:
    """An open file from `start` to `end`. The server sends it in its loop: it can seek, so nothing is copied first."""

    def __init__(self, file: BinaryIO, start: int, end: int) -> None:
        file.seek(start)
        self._file = file
        self._end = end
        self.seek = file.seek
        self.tell = file.tell
        self.close = file.close

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes from the file's position, and none from `end` on."""
        return self._file.read(min(size, max(0, self._end - self._file.tell())))


def _problem(status: int, code: str, detail: str) -> HttpResponse:
    """Return an error that no cache may keep."""
    response = problem_response(code, status, detail)
    response["Cache-Control"] = "no-store"
    return response
