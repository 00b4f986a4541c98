"""Books and contact sheets over HTTP."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from albums import storage
from albums.models import Album, Export, Photo
from albums.prints import plan
from tests.factories import make_album, make_cluster, make_photo
from web.accounts.models import User


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


def test_the_preview_shows_the_pages_of_the_book(alice_client: APIClient, album: Album) -> None:
    make_cluster(album, 3)
    upright = make_photo(album, width=3000, height=4000)
    make_photo(album, kind=Photo.Kind.VIDEO)
    path = f"/api/v1/albums/{album.id}/prints/"
    options = {"kind": "book", "paper": "square_21", "title": "Lake", "captions": "names"}

    preview = alice_client.post(f"{path}preview/", options, format="json").json()

    assert (preview["photo_count"], preview["page_count"], len(preview["pages"])) == (2, 4, 4)
    assert preview["selection_counts"]["picks"] == 2  # no video, as in the book
    assert (preview["width"], preview["height"], preview["file_name"]) == (210, 210, "Lake.pdf")
    assert preview["pages"][0]["texts"][0]["text"] == "Lake"
    pictures = [picture for page in preview["pages"] for picture in page["pictures"]]
    [box] = [picture["frame"] for picture in pictures if picture["photo_id"] == str(upright.id)]
    assert box["width"] / box["height"] == pytest.approx(3 / 4)
    assert {text["text"] for page in preview["pages"] for text in page["texts"]} > {upright.name}

    export = alice_client.post(path, options, format="json")

    assert (export.status_code, export.json()["kind"], export.json()["file_count"]) == (201, "book", 3)
    assert export.json()["print_notes"] is None
    listed = alice_client.get(f"/api/v1/albums/{album.id}/exports/").json()["results"]
    assert [row["id"] for row in listed] == [export.json()["id"]]


def test_a_contact_sheet_has_videos_and_keeps_groups_together(alice_client: APIClient, album: Album) -> None:
    _, [first, second] = make_cluster(album, 2)
    assert first.taken_at is not None
    video = make_photo(album, kind=Photo.Kind.VIDEO, taken_at=first.taken_at + timedelta(seconds=30))
    options = {"kind": "contact_sheet", "selection": "all", "columns": 3}

    preview = alice_client.post(f"/api/v1/albums/{album.id}/prints/preview/", options, format="json").json()

    [page] = preview["pages"]
    ids = [picture["photo_id"] for picture in page["pictures"]]
    assert ids == [str(photo.id) for photo in (first, second, video)]
    assert len(page["lines"]) == 1  # above the group alone


def test_captions_are_what_somebody_wrote_about_the_photos(alice_client: APIClient, album: Album) -> None:
    described, other = make_photo(album, description="Anna\nvid sjön"), make_photo(album)
    sidecar = {"kind": Photo.Kind.SIDECAR, "content_type": "application/rdf+xml", "companion_of": other}
    make_photo(album, description="The wood " * 200, **sidecar)
    path = f"/api/v1/albums/{album.id}/prints/preview/"
    texts = {}
    for kind in ("book", "contact_sheet"):
        preview = alice_client.post(path, {"kind": kind, "captions": "descriptions"}, format="json").json()
        texts[kind] = [text["text"] for page in preview["pages"] for text in page["texts"] if text["is_grey"]]
    assert described.state == "analyzed"
    assert {"Anna", "vid sjön"} <= set(texts["book"])
    assert sum("wood" in text for text in texts["book"]) == 4
    assert "Anna vid sjön" in texts["contact_sheet"]
    assert sum("wood" in text for text in texts["contact_sheet"]) == 2


def test_photos_of_one_name_with_few_pixels_are_named_one_by_one(alice_client: APIClient, album: Album) -> None:
    photos = [make_photo(album, name="IMG_1.jpg", width=300, height=200) for _ in range(2)]
    preview = alice_client.post(f"/api/v1/albums/{album.id}/prints/preview/", {}, format="json").json()
    assert {soft["photo_id"] for soft in preview["soft"]} == {str(photo.id) for photo in photos}
    assert {soft["name"] for soft in preview["soft"]} == {"IMG_1.jpg"}


def test_of_too_many_photos_only_the_first_are_laid_out(
    alice_client: APIClient, album: Album, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(plan.MOST_PHOTOS, "book", 2)
    photos = [make_photo(album) for _ in range(3)]
    preview = alice_client.post(f"/api/v1/albums/{album.id}/prints/preview/", {}, format="json").json()
    shown = {picture["photo_id"] for page in preview["pages"] for picture in page["pictures"]}
    assert shown == {str(photo.id) for photo in photos[:2]}
    assert (preview["photo_count"], preview["most_photos"]) == (3, 2)


def test_a_finished_book_is_downloaded_as_pdf(alice_client: APIClient, album: Album) -> None:
    expires_at = timezone.now() + timedelta(days=1)
    export = Export.objects.create(album=album, kind="book", state="ready", file_name="L.pdf", expires_at=expires_at)
    key = storage.export_key(album.id, export.id)
    storage.get_storage().write_bytes(key, b"%PDF-1.7", "application/pdf")

    response = alice_client.get(f"/api/v1/exports/{export.id}/download/", follow=True)

    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response.getvalue() == b"%PDF-1.7"


@pytest.mark.parametrize(
    "wrong", [{"kind": "zip"}, {"paper": "a5"}, {"columns": 2}, {"title": "x" * 81}, {"language": "de"}]
)
def test_wrong_options_are_refused(alice_client: APIClient, album: Album, wrong: dict[str, object]) -> None:
    make_photo(album)
    response = alice_client.post(f"/api/v1/albums/{album.id}/prints/", wrong, format="json")
    assert (response.status_code, response.json()["code"]) == (400, "invalid_input")
    assert [error["field"] for error in response.json()["errors"]] == list(wrong)
