"""Sends an object of the storage to a client: conditional requests, and single ranges."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from albums import storage
from web.api.problems import problem_response

# A single range. RFC 9110 lets a server ignore several ranges or other units, and send the whole file.
_RANGE: Final = re.compile(r"bytes=(\d{0,19})-(\d{0,19})", re.ASCII | re.IGNORECASE)
GUARDS: Final = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-site",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""For files, which may contain anything: they are never a page of this site, and never sniffed."""


@dataclass(frozen=True)
class Manner:
    """How a client is to take a file."""

    content_type: str
    disposition: str
    cache_control: str


class _BigFileResponse(FileResponse):
    """Larger blocks. Servers without sendfile read a file in blocks, and Django's 4 KiB make a large zip slow."""

    block_size = 256 * 1024


def send(request: HttpRequest, opened: storage.OpenedObject, manner: Manner) -> HttpResponseBase:
    """The response to GET or HEAD. It closes the object."""
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": manner.cache_control,
        "Content-Disposition": manner.disposition,
        "Content-Type": manner.content_type,
        "ETag": opened.etag,
        "Last-Modified": http_date(opened.modified),
    }
    bare = HttpResponse(headers=headers)
    answer = get_conditional_response(request, opened.etag, int(opened.modified), bare)
    if answer is not bare or request.method == "HEAD":
        opened.close()
        if answer is bare:
            bare["Content-Length"] = str(opened.size)
        return answer or bare
    return _content(request, opened, headers)


def _content(request: HttpRequest, opened: storage.OpenedObject, headers: dict[str, str]) -> HttpResponseBase:
    span = _requested_span(request, opened, headers["Last-Modified"])
    start, end = span or (0, opened.size)
    if span is not None and start >= end:
        opened.close()
        detail = f"The range begins after the {opened.size} bytes of the file."
        response = problem_response("range_not_satisfiable", 416, detail)
        response["Cache-Control"] = "no-store"
        response["Content-Range"] = f"bytes */{opened.size}"
        return response
    if span is not None:
        headers = {**headers, "Content-Range": f"bytes {start}-{end - 1}/{opened.size}"}
    content_type = headers.pop("Content-Type")  # otherwise FileResponse guesses the type
    part = _BigFileResponse(
        opened.span(start, end), status=200 if span is None else 206, headers=headers, content_type=content_type
    )
    part["Content-Length"] = str(end - start)  # FileResponse counts to the end of the file
    return part


def _requested_span(request: HttpRequest, opened: storage.OpenedObject, last_modified: str) -> tuple[int, int] | None:
    """Return the first requested byte and the one after the last, or None to send the whole file.

    A span without bytes cannot be satisfied. https://www.rfc-editor.org/rfc/rfc9110#name-range-requests
    """
    match = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    condition = request.headers.get("If-Range")
    if match is None or (condition is not None and condition not in {opened.etag, last_modified}):
        return None
    first, last = match.groups()
    if not first:
        return (max(0, opened.size - int(last)), opened.size) if last else None
    if last and int(last) < int(first):
        return None
    return int(first), min(opened.size, int(last) + 1) if last else opened.size
