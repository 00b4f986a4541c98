"""A browser of a guest at the link to a shared album."""

from __future__ import annotations

from typing import Any

from rest_framework.test import APIClient

from albums import storage
from albums.models import Photo, Share

PICTURE = b"\xff\xd8 a picture of pixels \xff\xd9"
ORIGINAL = bytes(range(256)) * 20


def store(photo: Photo) -> None:
    for key in (storage.thumbnail_key, storage.preview_key):
        storage.get_storage().write_bytes(key(photo.album_id, photo.id), PICTURE, "image/jpeg")
    storage.get_storage().write_bytes(storage.original_key(photo.album_id, photo.id), ORIGINAL, "image/jpeg")


class Visitor:
    """A browser with a link."""

    def __init__(self, share: Share, *, address: str = "192.0.2.1", opens: bool = True) -> None:
        self.client = APIClient(REMOTE_ADDR=address)
        self.path = f"/api/v1/shared/{share.token}/"
        if opens:
            self.get()

    def get(self, path: str = "", **headers: Any) -> Any:
        return self.client.get(self.path + path, headers=headers)

    def code(self, path: str = "") -> tuple[int, str]:
        """The status, and the code of a problem."""
        response = self.get(path)
        is_problem = response["Content-Type"] == "application/problem+json"
        return response.status_code, response.json()["code"] if is_problem else ""

    def details(self) -> Any:
        return self.get().json()["details"]

    def listed(self) -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = self.get("photos/").json()["results"]
        return listed

    def choose(self, photo: Photo) -> Any:
        return self.client.put(f"{self.path}photos/{photo.id}/choice/")

    def take_back(self, photo: Photo) -> Any:
        return self.client.delete(f"{self.path}photos/{photo.id}/choice/")

    def password(self, given: str) -> int:
        return int(self.client.post(f"{self.path}password/", {"password": given}).status_code)
