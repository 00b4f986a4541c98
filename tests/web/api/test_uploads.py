"""Uploads over HTTP: presigned uploads, the files, the completion."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

import pytest
from pytest_django import Settings
from rest_framework.test import APIClient

from albums import storage
from albums.models import Album, ObjectDeletion, Photo
from tests.factories import make_album, make_photo
from web.accounts.models import User

CONTENT = b"the bytes of a photo"


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


def file(content: bytes = CONTENT, **values: Any) -> dict[str, Any]:
    return {
        "name": "IMG_0001.jpg",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "type": "image/jpeg",
        **values,
    }


def announce(client: APIClient, album: Album, *files: dict[str, Any]) -> list[dict[str, Any]]:
    response = client.post(f"/api/v1/albums/{album.id}/uploads/", {"files": list(files)})
    assert response.status_code == 200, response.content
    uploads: list[dict[str, Any]] = response.json()["uploads"]
    return uploads


def send(client: APIClient, presigned: dict[str, Any], content: bytes = CONTENT) -> int:
    content_type = presigned["headers"]["Content-Type"]
    response = client.generic(presigned["method"], presigned["url"], content, content_type)  # type: ignore[arg-type]
    return int(response.status_code)


def complete(client: APIClient, album: Album, *photo_ids: str) -> dict[str, Any]:
    response = client.post(f"/api/v1/albums/{album.id}/uploads/complete/", {"photos": photo_ids})
    assert response.status_code == 200, response.content
    completion: dict[str, Any] = response.json()
    return completion


def test_a_file_is_announced_sent_and_completed(
    alice_client: APIClient, anonymous_client: APIClient, album: Album
) -> None:
    [result] = announce(alice_client, album, file(modified="2024-06-08T12:00:00Z"))
    assert (result["state"], result["error"]) == ("pending", None)
    assert result["upload"]["expires_in"] > 0
    assert complete(alice_client, album, result["photo_id"]) == {"uploaded": [], "missing": [result["photo_id"]]}

    # The presigned upload alone gives access: the request has no session.
    assert send(anonymous_client, result["upload"]) == 200
    assert complete(alice_client, album, result["photo_id"]) == {"uploaded": [result["photo_id"]], "missing": []}

    photo = Photo.objects.get()
    assert (str(photo.id), photo.state, photo.name) == (result["photo_id"], "uploaded", "IMG_0001.jpg")
    assert photo.modified_at is not None and photo.modified_at.isoformat() == "2024-06-08T12:00:00+00:00"
    assert complete(alice_client, album, result["photo_id"]) == {"uploaded": [result["photo_id"]], "missing": []}


def test_a_file_is_sent_in_parts(alice_client: APIClient, anonymous_client: APIClient, album: Album) -> None:
    content = bytes(range(256)) * 40 * 1024
    [result] = announce(alice_client, album, file(content))
    assert result["in_parts"] is False
    route = f"/api/v1/albums/{album.id}/uploads/{result['photo_id']}/parts/"

    for left in (2, 1, 0):
        response = alice_client.post(route, {"most_bytes": 5 * 1024**2})
        assert response.status_code == 200, response.content
        answer = response.json()
        assert len(answer["parts"]) == left
        assert answer["arrived_bytes"] == (2 - left) * 5 * 1024**2
        for part in answer["parts"][:1]:
            body = content[part["start"] : part["start"] + part["size"]]
            assert send(anonymous_client, part["upload"], body + b"!") == 400
            assert send(anonymous_client, part["upload"], body) == 200

    assert complete(alice_client, album, result["photo_id"])["uploaded"] == [result["photo_id"]]
    assert storage.get_storage().read_bytes(storage.original_key(album.id, result["photo_id"])) == content
    assert send(anonymous_client, part["upload"], body) == 404


def test_a_photo_of_another_album_has_no_parts(alice_client: APIClient, alice: User, album: Album) -> None:
    photo = make_photo(make_album(alice), state=Photo.State.PENDING)
    assert alice_client.post(f"/api/v1/albums/{album.id}/uploads/{photo.id}/parts/", {}).status_code == 404


def test_a_photo_that_has_arrived_gets_no_presigned_upload(alice_client: APIClient, album: Album) -> None:
    [first] = announce(alice_client, album, file())
    send(alice_client, first["upload"])
    complete(alice_client, album, first["photo_id"])

    [again] = announce(alice_client, album, file(name="copy.jpg", sha256=file()["sha256"].upper()))

    assert (again["photo_id"], again["upload"], again["state"]) == (first["photo_id"], None, "uploaded")


def test_upload_results_are_in_order_and_each_file_is_refused_on_its_own(
    alice_client: APIClient, album: Album, settings: Settings
) -> None:
    settings.MAX_PHOTO_BYTES = settings.MAX_VIDEO_BYTES = 100

    results = announce(
        alice_client,
        album,
        file(b"first", name="first.jpg"),
        file(b"", name="empty.jpg"),
        file(b"x" * 101, name="large.jpg"),
        file(b"last", name="last.jpg"),
    )

    assert [result["error"] and result["error"]["code"] for result in results] == [
        None,
        "empty_file",
        "too_many_bytes",
        None,
    ]
    assert [bool(result["upload"]) for result in results] == [True, False, False, True]
    assert [result["photo_id"] for result in results[1:3]] == [None, None]
    assert "large.jpg" in results[2]["error"]["message"]
    assert set(album.photos.values_list("name", flat=True)) == {"first.jpg", "last.jpg"}


def test_the_limits_are_shown(alice_client: APIClient, settings: Settings) -> None:
    settings.MAX_PHOTO_BYTES, settings.MAX_VIDEO_BYTES = 100, 300
    assert alice_client.get("/api/v1/upload-limits/").json() == {"photo_bytes": 100, "video_bytes": 300}


def test_the_folder_is_kept_and_shown(alice_client: APIClient, album: Album) -> None:
    [result] = announce(alice_client, album, file(folder="Iceland/cafe\u0301"))
    shown = alice_client.get(f"/api/v1/photos/{result['photo_id']}/").json()
    assert (shown["folder"], shown["name"]) == ("Iceland/caf\u00e9", "IMG_0001.jpg")


@pytest.mark.parametrize("folder", ["/etc", "\\share", "..", "a/../b", "a\\..", "x" * 1025, None])
def test_it_refuses_a_folder_that_is_no_relative_path(alice_client: APIClient, album: Album, folder: Any) -> None:
    response = alice_client.post(f"/api/v1/albums/{album.id}/uploads/", {"files": [file(folder=folder)]})
    assert response.status_code == 400
    assert not album.photos.exists()


def test_it_refuses_other_bytes_than_announced(alice_client: APIClient, album: Album) -> None:
    [result] = announce(alice_client, album, file())

    assert send(alice_client, result["upload"], CONTENT[::-1]) == 400
    assert complete(alice_client, album, result["photo_id"])["missing"] == [result["photo_id"]]


def test_it_ignores_photos_of_other_albums(
    alice_client: APIClient, bob_client: APIClient, album: Album, bob: User
) -> None:
    [result] = announce(bob_client, make_album(bob), file())
    send(bob_client, result["upload"])

    assert complete(alice_client, album, result["photo_id"]) == {"uploaded": [], "missing": []}
    assert Photo.objects.get().state == Photo.State.PENDING


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"sha256": "zz"}, "invalid"),
        ({"sha256": "a" * 65}, "invalid"),
        ({"size": -1}, "min_value"),
        ({"size": 2**63}, "max_value"),
        ({"name": ""}, "blank"),
        ({"name": "x" * 1025}, "max_length"),
        ({"modified": "yesterday"}, "invalid"),
        ({"modified": "0000-00-00T00:00:00Z"}, "invalid"),
    ],
)
def test_it_refuses_impossible_values(alice_client: APIClient, album: Album, values: dict[str, Any], code: str) -> None:
    response = alice_client.post(f"/api/v1/albums/{album.id}/uploads/", {"files": [file(**values)]})

    [error] = response.json()["errors"]
    assert (response.status_code, error["field"], error["code"]) == (400, f"files.0.{next(iter(values))}", code)


@pytest.mark.parametrize(("count", "status"), [(0, 400), (500, 200), (501, 400)])
def test_it_accepts_up_to_500_files_at_once(alice_client: APIClient, album: Album, count: int, status: int) -> None:
    files = [file(str(number).encode()) for number in range(count)]

    assert alice_client.post(f"/api/v1/albums/{album.id}/uploads/", {"files": files}).status_code == status


@pytest.mark.parametrize("modified", ["1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00"])
def test_it_accepts_any_date_a_file_can_have(alice_client: APIClient, album: Album, modified: str) -> None:
    response = alice_client.post(f"/api/v1/albums/{album.id}/uploads/", {"files": [file(modified=modified)]})

    assert response.status_code in {200, 400}
    assert response.status_code == 200 or response.json()["errors"][0]["field"] == "files.0.modified"


def test_a_request_dismisses_a_limited_number(
    alice_client: APIClient, album: Album, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("albums.services.uploads.DISMISSED_AT_ONCE", 2)
    announce(alice_client, album, *(file(content, name="a.jpg") for content in (b"a", b"b", b"c")))

    first = alice_client.post(f"/api/v1/albums/{album.id}/uploads/dismiss/").json()

    assert first == {"dismissed": 2, "uploaded": 0, "pending": 1}


def test_it_dismisses_photos_that_never_arrived_and_no_others(
    alice_client: APIClient, anonymous_client: APIClient, album: Album
) -> None:
    results = announce(alice_client, album, *(file(content, name=f"{content!r}.jpg") for content in (b"a", b"b", b"c")))
    send(anonymous_client, results[1]["upload"], b"b")
    path = f"/api/v1/albums/{album.id}/uploads/dismiss/"

    one = alice_client.post(path, {"photos": [results[0]["photo_id"]]}).json()
    rest = alice_client.post(path).json()

    assert one == {"dismissed": 1, "uploaded": 0, "pending": 2}
    assert rest == {"dismissed": 1, "uploaded": 1, "pending": 0}
    photo = album.photos.get()
    assert (str(photo.id), photo.state) == (results[1]["photo_id"], "uploaded")
    forgotten = {deletion.prefix.rstrip("/") for deletion in ObjectDeletion.objects.all()}
    assert forgotten == {
        storage.photo_prefix(album.id, UUID(result["photo_id"])).rstrip("/") for result in (results[0], results[2])
    }

    # The photo can be announced again, as if it had never been dismissed.
    [again] = announce(alice_client, album, file(b"a"))
    assert send(anonymous_client, again["upload"], b"a") == 200
    assert complete(alice_client, album, again["photo_id"])["missing"] == []


def test_it_dismisses_no_arrived_photo_and_none_of_another_album(
    alice_client: APIClient, album: Album, bob: User
) -> None:
    here = make_photo(album)
    theirs = make_photo(make_album(bob), state=Photo.State.PENDING)

    answer = alice_client.post(
        f"/api/v1/albums/{album.id}/uploads/dismiss/", {"photos": [str(here.id), str(theirs.id)]}
    ).json()

    assert answer == {"dismissed": 0, "uploaded": 0, "pending": 0}
    assert Photo.objects.filter(id__in=[here.id, theirs.id]).count() == 2
