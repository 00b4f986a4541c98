"""How much of a request's body is received before the application sees the request."""

from __future__ import annotations

from urllib.parse import unquote

from django.conf import settings

from albums.storage import LinkInvalid
from albums.storage.links import FILES_PATH, read_grant
from web.server.receiving import Head


def body_bytes(head: Head) -> int:
    """The most that a view reads: the announced size of an upload whose link is valid, or the largest JSON or form.

    Anybody may send anything, and what is received lies on our disk. So only an upload may be large.
    """
    if head.target.startswith(FILES_PATH):
        return _upload_bytes(head)
    # One byte more than a view accepts, so that it sees that the body is too large.
    return 1 + max(settings.MAX_JSON_BYTES, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def _upload_bytes(head: Head) -> int:
    token = unquote(head.target.removeprefix(FILES_PATH).partition("?")[0])
    try:
        grant = read_grant(token)
    except LinkInvalid:
        return 0
    is_as_announced = head.method == "PUT" and grant.action == "upload" and head.content_length == grant.size
    return head.content_length if is_as_announced else 0
