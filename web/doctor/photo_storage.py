"""The storage: what our key may do, and what browsers can do at its address for them."""

from __future__ import annotations

import hashlib
import re
import time
import urllib.error
from collections.abc import Callable
from datetime import timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError

from albums import storage
from albums.services.storage_probe import storage_takes_checksum
from albums.storage import FolderStorage, Storage, StorageError
from web.doctor.clocks import clock
from web.doctor.finding import Findings, error, ok, warning
from web.doctor.http import reason, send

_TRY = b"A try of manage.py doctor.\n"
_TYPE = "image/jpeg"
_SECONDS = 60
_PUBLIC = "`public` in STORAGE_URL (with Compose: S3_PUBLIC_URL in .env)"
_CHECK_ADDRESS = f"Check {_PUBLIC}. A proxy must leave the host, the path and the headers as they are."
_TRY_CHECKSUMS = f"Run `manage.py initialize`, which finds out whether the storage takes checksums. {_CHECK_ADDRESS}"
_FULL_BYTES, _NEARLY_FULL_BYTES = 10**9, 20 * 10**9


def check_storage() -> Findings:
    """Write, read, list and delete one small object, as the service does and as a browser does."""
    try:
        kept = storage.get_storage()
        problem = kept.check()
    except StorageError as invalid:
        problem = str(invalid)
    if problem:
        yield error("storage", problem, "Correct STORAGE_URL, or start the storage and run `manage.py initialize`.")
        return
    key = storage.original_key(f"doctor-{uuid4().hex}", "try")
    try:
        yield from _check_rights(kept, key)
        if isinstance(kept, FolderStorage):
            yield from _check_disk(kept)
        else:
            yield from _check_outside(kept, key)
    finally:
        _remove(kept, key)


def _remove(kept: Storage, key: str) -> None:
    try:
        kept.delete([key])
    except StorageError:
        return  # _check_rights has said it


def _check_rights(kept: Storage, key: str) -> Findings:
    prefix = key.rpartition("/")[0] + "/"
    steps: dict[str, Callable[[], object]] = {
        "write": lambda: kept.write_bytes(key, _TRY, _TYPE),
        "read": lambda: kept.read_bytes(key),
        "list": lambda: list(kept.list_keys(prefix)),
        "upload files in parts to": lambda: _begin_parts(kept, key),
        "list unfinished uploads in": lambda: kept.abort_stale_uploads(timedelta(days=3650)),
        "delete from": lambda: kept.delete([key]),
    }
    for name, step in steps.items():
        try:
            step()
        except StorageError as problem:
            yield error("storage", f"We cannot {name} it: {problem}", "Give the access key this right.")
            return
    yield ok("storage", "We may write, read, list and delete.")


def _begin_parts(kept: Storage, key: str) -> None:
    """Listing the parts is a right of its own at Amazon."""
    upload = kept.multipart.begin(key)
    try:
        kept.multipart.part_sizes(key, upload)
    finally:
        kept.multipart.abort(key, upload)


def _check_disk(kept: FolderStorage) -> Findings:
    free = kept.free_bytes()
    sentence = f"The disk of the photos has {free / 10**9:.{0 if free >= 10**10 else 1}f} GB left."
    remedy = "Make room, or move DATA_DIR."
    if free < _FULL_BYTES:
        yield error("disk", sentence, remedy)
    else:
        yield ok("disk", sentence) if free >= _NEARLY_FULL_BYTES else warning("disk", sentence, remedy)


def _check_outside(kept: Storage, key: str) -> Findings:
    """What a browser does. The rule for origins is asked for as a browser asks, no matter who set it."""
    digest = hashlib.sha256(_TRY).hexdigest() if _takes_checksum() else None
    upload = kept.presigned_upload(key, size=len(_TRY), content_type=_TYPE, sha256=digest, expires_in=_SECONDS)
    place = "{0.scheme}://{0.netloc}".format(urlsplit(upload.url))
    try:
        answer = send("PUT", upload.url, upload.headers, _TRY)
        sent_at = time.time()
        link = kept.download_link(key, file_name="try.jpg", content_type=_TYPE, expires_in=_SECONDS)
        send("GET", link)
    except urllib.error.HTTPError as refusal:
        yield error(
            "uploads",
            f"{place} refuses what browsers send there: {refusal.code} {_code(refusal)}".rstrip() + ".",
            _TRY_CHECKSUMS if digest and refusal.code in {400, 501} else _CHECK_ADDRESS,
        )
        return
    except OSError as problem:
        yield from _unreachable(place, problem)
        return
    yield ok("uploads", f"Browsers can upload to {place} and download from there.")
    if date := answer.headers.get("Date"):
        yield clock("storage", parsedate_to_datetime(date).timestamp(), sent_at)
    yield from _check_origin(upload.url, place, sorted(name.lower() for name in upload.headers))


def _takes_checksum() -> bool:
    """What `initialize` has found out, so that the upload is like those of the pages."""
    try:
        return storage_takes_checksum()
    except DatabaseError:
        return True  # the check of the database has said it


def _unreachable(place: str, problem: OSError) -> Findings:
    sentence = f"{place}, where browsers reach the storage, does not answer here: {reason(problem)}."
    if (urlsplit(place).hostname or "") in {"localhost", "127.0.0.1", "::1"}:
        yield warning("uploads", sentence, "In a container that is another address. Try an upload in a browser.")
    else:
        yield error("uploads", sentence, f"Correct {_PUBLIC}, or let this machine reach that address.")


def _check_origin(url: str, place: str, headers: list[str]) -> Findings:
    asked = {
        "Origin": settings.PUBLIC_URL,
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": ",".join(headers),
    }
    try:
        allowed = send("OPTIONS", url, asked).headers.get("Access-Control-Allow-Origin", "")
    except OSError:
        allowed = ""
    if allowed in {"*", settings.PUBLIC_URL}:
        yield ok("uploads", f"Pages of {settings.PUBLIC_URL} are let in.")
    else:
        yield error(
            "uploads",
            f"{place} does not let pages of {settings.PUBLIC_URL} upload: it has no CORS rule for them.",
            "Run `manage.py initialize`, which sets the rule or says which one to set.",
        )


def _code(refusal: urllib.error.HTTPError) -> str:
    """The code in the answer of an S3 server, such as SignatureDoesNotMatch."""
    found = re.search(rb"<Code>(\w+)</Code>", refusal.read(4096))
    return found[1].decode() if found else ""
