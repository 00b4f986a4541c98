"""An album of Immich, by its API (https://api.immich.app).

`IMMICH_API_KEY` is a key of a person who sees the album, with the permissions album.read, asset.read and
asset.download.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import os
import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from albums.sources.base import Entry, Found, Source, SourceError, Unusable, chunks_of, inside

_ADDRESS = re.compile(r"(?:/api)?/albums/([0-9a-fA-F-]{36})/?$")
_ASSET_ID = re.compile(r"[0-9a-fA-F-]{36}")
_TIMEOUT_SECONDS = 60
_TRIES = 4
_PAGE = 1000
_LONGEST_ANSWER = 256 * 1024**2
_REMEDIES = {
    401: "IMMICH_API_KEY is wrong. Make a key in Immich, in the settings of your account.",
    403: "The key may not do this. It needs the permissions album.read, asset.read and asset.download.",
    404: "There is no such album, or the key's account does not see it.",
    400: "There is no such album, or the key's account does not see it.",
}


class ImmichAlbum(Source):
    """The originals of an album, the films of live photos among them."""

    def __init__(self, address: str) -> None:
        """Ask for the album.

        Args:
            address: of the album's page in Immich, `https://photos.example.org/albums/ID`.

        Raises:
            SourceError: when the server does not answer, or refuses.

        """
        found = _ADDRESS.search(urlsplit(address).path)
        if not found:
            raise SourceError(f"{address} is not the address of an album of Immich: https://HOST/albums/ID.")
        self._server = address[: address.index(found[0])].rstrip("/") + "/api"
        self._id = found[1]
        album = self._ask(f"/albums/{self._id}")
        self.name = str(album.get("albumName") or "Immich")
        self.total = int(album.get("assetCount") or 0)
        # Since Immich 3 the album does not list its files. The search does, but only those of the key's own account
        # and its partners.
        listed = album.get("assets")
        self._listed = listed if isinstance(listed, list) and len(listed) >= self.total else None

    def entries(self) -> Iterator[Found]:
        number = 0
        for asset in self._listed if self._listed is not None else self._search():
            number += 1
            yield from self._entries_of(asset)
        if number < (self.total or 0):
            yield Unusable(
                f"{self.name}: {(self.total or 0) - number} files",
                "Immich does not list these to the account of the key. They may be another person's, or locked.",
                "not_listed",
            )

    def _search(self) -> Iterator[Mapping[str, Any]]:
        page: Any = 1
        while page:
            body = {"albumIds": [self._id], "page": int(page), "size": _PAGE, "withExif": True, "order": "asc"}
            answer = self._ask("/search/metadata", body).get("assets", {})
            yield from answer.get("items", [])
            page = answer.get("nextPage")

    def _entries_of(self, asset: Mapping[str, Any]) -> Iterator[Found]:
        yield self._entry(asset)
        if film := asset.get("livePhotoVideoId"):
            yield self._entry({"id": film, "originalFileName": f"{asset.get('originalFileName')}: its film"})

    def _entry(self, asset: Mapping[str, Any]) -> Found:
        try:
            return self._entry_of(asset)
        except SourceError as error:
            return Unusable(str(asset.get("originalFileName")), str(error))

    def _entry_of(self, asset: Mapping[str, Any]) -> Found:
        if "exifInfo" not in asset and _ASSET_ID.fullmatch(str(asset.get("id"))):
            asset = self._ask(f"/assets/{asset['id']}")
        name = inside(str(asset.get("originalFileName") or "photo")).replace("/", "_")
        asset_id = str(asset.get("id"))
        size = (asset.get("exifInfo") or {}).get("fileSizeInByte")
        if not _ASSET_ID.fullmatch(asset_id):
            return Unusable(name, "Immich does not say which file this is.")
        if not isinstance(size, int):
            return Unusable(name, "Immich does not know the size of this file: it has not read it yet.")
        checksum = str(asset.get("checksum") or "")
        return Entry(name, size, _time(asset.get("fileModifiedAt")), lambda: self._read(asset_id, checksum))

    @contextmanager
    def _read(self, asset_id: str, checksum: str) -> Iterator[Iterator[bytes]]:
        """The original. Raises `OSError` when the server breaks off, or its bytes are not those of its checksum."""
        try:
            with self._open(f"/assets/{asset_id}/original") as response:
                yield _checked(response, checksum)
        except SourceError as error:
            raise OSError(str(error)) from error
        except http.client.HTTPException as error:
            raise OSError("the connection to Immich broke off") from error

    def _ask(self, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        try:
            with self._open(path, body) as response:
                answer = json.loads(response.read(_LONGEST_ANSWER))
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise SourceError(f"{self._server} does not answer as Immich does: {error}") from error
        return answer if isinstance(answer, dict) else {}

    def _open(self, path: str, body: Mapping[str, Any] | None = None) -> http.client.HTTPResponse:
        """Send a request, and again if the server is busy.

        Raises:
            SourceError: when it refuses, or does not answer in the end.

        """
        headers = {"x-api-key": os.environ.get("IMMICH_API_KEY", ""), "Accept": "application/json, */*"}
        data = None if body is None else json.dumps(body).encode()
        if data is not None:
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(self._server + path, data, headers)  # noqa: S310 - http or https only
        problem = ""
        for number in range(_TRIES):
            if number:
                _pause(number)
            try:
                return _opener.open(request, timeout=_TIMEOUT_SECONDS)  # type: ignore[no-any-return]
            except urllib.error.HTTPError as error:
                error.close()
                problem = _REMEDIES.get(error.code, f"It answers with status {error.code}.")
                if error.code < 500 and error.code != 429:
                    break
            except (OSError, http.client.HTTPException) as error:
                problem = f"It does not answer: {getattr(error, 'reason', None) or error}."
        raise SourceError(f"{self._server}{path}: {problem}")


def _pause(number: int) -> None:
    time.sleep(2 ** (number - 1))


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """The key would be sent to wherever a redirect leads."""

    def redirect_request(self, req: urllib.request.Request, *answer: Any) -> None:
        raise SourceError(f"{req.full_url} leads to {answer[-1]}. Use that address, if it is yours.")


_opener = urllib.request.build_opener(_NoRedirects)


def _checked(response: http.client.HTTPResponse, checksum: str) -> Iterator[bytes]:
    """The bytes of the response. Immich has the SHA-1 of each file."""
    digest = hashlib.sha1(usedforsecurity=False)
    for chunk in chunks_of(response):
        digest.update(chunk)
        yield chunk
    if checksum and base64.b64encode(digest.digest()).decode() != checksum:
        raise OSError("what Immich sent is not the file that it has")


def _time(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text)).astimezone(UTC)
    except ValueError:
        return None
