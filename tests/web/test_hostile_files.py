"""No uploaded file comes back as something that a browser would run, whatever its content or name."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from django.test import Client, override_settings
from PIL import Image
from rest_framework.test import APIClient

from albums import storage
from albums.models import Photo
from tests.factories import make_album, make_photo
from web.accounts.models import User
from worker.stages.prepare import prepare_photos

pytestmark = pytest.mark.django_db

HTML = b"<!doctype html><html><body><script>alert(document.domain)</script></body></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PDF = b"%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj"


def _picture(kind: str) -> bytes:
    pixels = np.random.default_rng(7).integers(0, 255, (48, 64, 3), dtype=np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, kind, **({"comment": HTML} if kind in {"JPEG", "GIF"} else {}))
    return file.getvalue()


FILES = {
    "page.jpg": HTML,
    "drawing.jpg": SVG,
    "document.jpg": PDF,
    "script.jpg": b"alert(1)//" + b" " * 200,
    "gif-and-script.jpg": b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)",
    "page-in-a-comment.jpg": _picture("JPEG"),
    "page-in-a-comment.gif": _picture("GIF"),
    "page-behind-a-photo.jpg": _picture("JPEG") + HTML,
    "page-behind-a-photo.png": _picture("PNG") + HTML,
    "page.html": HTML,
    "drawing.svg": SVG,
}
# With sniffing off, no browser runs these types, whatever the content.
HARMLESS = {"application/octet-stream", "image/jpeg", "image/png", "image/gif"}


@pytest.fixture(autouse=True)
def _store(tmp_path: Path) -> Iterator[None]:
    with override_settings(STORAGE_URL=f"file://{tmp_path}/objects"):
        storage.get_storage().create_if_missing()
        yield


def _upload(client: APIClient, owner: User, name: str, announced: str) -> Photo:
    data = FILES[name]
    album = make_album(owner)
    file = {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest(), "type": announced}
    [result] = client.post(f"/api/v1/albums/{album.id}/uploads/", {"files": [file]}).json()["uploads"]
    presigned = result["upload"]
    sent = Client().generic(presigned["method"], presigned["url"], data, presigned["headers"]["Content-Type"])
    assert sent.status_code == 200
    completion = client.post(f"/api/v1/albums/{album.id}/uploads/complete/", {"photos": [result["photo_id"]]}).json()
    assert completion["missing"] == []
    return Photo.objects.get(id=result["photo_id"])


@pytest.mark.parametrize("announced", ["text/html", "image/svg+xml", "image/jpeg"])
@pytest.mark.parametrize("name", FILES)
def test_it_is_sent_back_as_an_attachment(name: str, announced: str, alice: User, alice_client: APIClient) -> None:
    photo = _upload(alice_client, alice, name, announced)
    prepare_photos([photo.id], task_id="message")
    photo.refresh_from_db()
    assert photo.state in {Photo.State.FAILED, Photo.State.PREPARED}

    link = alice_client.get(f"/api/v1/photos/{photo.id}/original/")["Location"]
    response = Client().get(link)

    assert response.getvalue() == FILES[name]
    assert response["Content-Type"] in HARMLESS
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert alice_client.get(f"/api/v1/photos/{photo.id}/").json()["content_type"] in HARMLESS | {""}


def test_a_sidecar_that_is_a_page_is_sent_back_as_bytes(alice: User, alice_client: APIClient) -> None:
    page = b'<html xmlns="http://www.w3.org/1999/xhtml"><x:xmpmeta/><script>alert(1)</script></html>'
    photo = make_photo(make_album(alice), name="a.xmp", kind="sidecar", content_type="application/rdf+xml")
    storage.get_storage().write_bytes(storage.original_key(photo.album_id, photo.id), page, "application/rdf+xml")
    response = Client().get(alice_client.get(f"/api/v1/photos/{photo.id}/original/")["Location"])
    assert response.getvalue() == page
    assert response["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize("name", ["page-in-a-comment.jpg", "page-behind-a-photo.png"])
def test_previews_contain_only_pixels(name: str, alice: User, alice_client: APIClient) -> None:
    photo = _upload(alice_client, alice, name, "image/jpeg")

    prepare_photos([photo.id], task_id="message")

    for key in (storage.preview_key, storage.thumbnail_key):
        made = storage.get_storage().read_bytes(key(photo.album_id, photo.id))
        assert b"script" not in made
        assert Image.open(io.BytesIO(made)).format == "JPEG"


@pytest.mark.parametrize("name", ["page.jpg", "drawing.jpg", "script.jpg", "document.jpg", "page.html", "drawing.svg"])
def test_a_file_that_is_no_photo_fails_with_a_reason(name: str, alice: User, alice_client: APIClient) -> None:
    photo = _upload(alice_client, alice, name, "image/jpeg")

    prepare_photos([photo.id], task_id="message")

    photo.refresh_from_db()
    assert photo.state == Photo.State.FAILED
    assert photo.error_message
    assert photo.content_type == ""
