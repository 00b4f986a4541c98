"""Photos over HTTP: their fields, filters, pictures and videos."""

from __future__ import annotations

import time
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import RequestFactory
from rest_framework import serializers
from rest_framework.test import APIClient

from albums import storage
from albums.models import Album, FrameSearch, ObjectDeletion, Photo
from tests.factories import NOON, make_album, make_cluster, make_photo
from web.accounts.models import User
from web.api.serializers.photos import PhotoOutput, ThumbnailOutput


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


def photos(client: APIClient, album: Album, **filters: Any) -> list[dict[str, Any]]:
    response = client.get(f"/api/v1/albums/{album.id}/photos/", filters)
    assert response.status_code == 200, response.content
    results: list[dict[str, Any]] = response.json()["results"]
    return results


@pytest.mark.parametrize("output", [PhotoOutput, ThumbnailOutput])
def test_the_plain_values_of_a_photo_are_those_of_its_fields(
    album: Album, rf: RequestFactory, output: type[ThumbnailOutput]
) -> None:
    grouped = {"cluster": make_cluster(album, 0)[0], "manual_group": uuid4(), "modified_at": NOON}
    failed = {"state": Photo.State.FAILED, "error_code": "crashed", "error_message": "It crashed.", "width": None}
    shown = [
        make_photo(album, taken_at=NOON, utc_offset_minutes=-90, exposure=0.25, person_numbers=[1], **grouped),
        make_photo(album, **failed),
        make_photo(album, state=Photo.State.PENDING),
    ]
    for photo in Photo.objects.filter(id__in=[photo.id for photo in shown]):
        serializer = output(photo, context={"request": rf.get("/")})
        by_fields = serializers.ModelSerializer.to_representation(serializer, photo)
        assert serializer.to_representation(photo) == dict(by_fields)


def test_it_shows_every_field_of_a_photo(alice_client: APIClient, album: Album) -> None:
    cluster, _ = make_cluster(album, 0)
    face = {
        "x": 0.1,
        "y": 0.2,
        "width": 0.3,
        "height": 0.4,
        "eyes_open": None,
        "sharpness": -1.5,
        "frontal": True,
        "cut_off": False,
        "confidence": 0.9,
    }
    close_up = {"x": 0.1, "y": 0.2, "width": 0.3, "height": 0.4, "person": 0, "loss": 1.5, "flaws": ["eyes_shut"]}
    photo = make_photo(
        album,
        name="Été.jpg",
        taken_at=NOON,
        utc_offset_minutes=120,
        camera="Canon EOS R5",
        capture={"iso": 100},
        scores={"sharpness": 0.5},
        faces=[face],
        person_numbers=[0],
        close_ups=[close_up],
        cluster=cluster,
        rank=2,
        quality=-1.5,
        reasons=["sharpest"],
    )

    [shown] = photos(alice_client, album)

    expected = {
        "id": str(photo.id),
        "name": "Été.jpg",
        "byte_size": 1000,
        "content_type": "image/jpeg",
        "width": 4000,
        "height": 3000,
        "state": "analyzed",
        "error": None,
        "taken_at": "2024-06-08T12:00:00+02:00",
        "time_source": "exif",
        "camera": "Canon EOS R5",
        "capture": {"iso": 100},
        "scores": {"sharpness": 0.5},
        "faces": [face],
        "person_numbers": [0],
        "close_ups": [close_up],
        "cluster_id": str(cluster.id),
        "rank": 2,
        "quality": -1.5,
        "reasons": ["sharpest"],
        "decision": "auto",
        "stars": 0,
        "label": "",
        "picked": True,
    }
    assert {name: shown[name] for name in expected} == expected


def test_a_time_without_a_zone_is_shown_without_one(alice_client: APIClient, album: Album) -> None:
    make_photo(album, taken_at=NOON)

    assert photos(alice_client, album)[0]["taken_at"] == "2024-06-08T12:00:00"


def test_the_links_lead_to_the_pictures(alice_client: APIClient, anonymous_client: APIClient, album: Album) -> None:
    photo = make_photo(album, name="Été.jpg", capture={"has_large": True})
    objects = {
        "large_url": (storage.large_key, b"large"),
        "thumbnail_url": (storage.thumbnail_key, b"small"),
        "preview_url": (storage.preview_key, b"medium"),
        "original_url": (storage.original_key, b"the bytes of the original"),
    }
    for key, content in objects.values():
        storage.get_storage().write_bytes(key(album.id, photo.id), content, "image/jpeg")

    [shown] = photos(alice_client, album)

    for name in ("thumbnail_url", "preview_url", "large_url"):
        # The link alone gives access: an <img> sends no header.
        answer = anonymous_client.get(shown[name])
        assert b"".join(answer.streaming_content) == objects[name][1]  # type: ignore[attr-defined]
        assert "max-age" in answer["Cache-Control"]
    assert anonymous_client.get(shown["original_url"]).status_code == 401
    redirect = alice_client.get(shown["original_url"])
    # Half the life of the link: at 100 %, a browser that comes back to a photo need not load it again.
    assert redirect["Cache-Control"] == f"private, max-age={settings.DOWNLOAD_LINK_SECONDS // 2}"
    assert "Cookie" in redirect["Vary"]
    original = anonymous_client.get(redirect["Location"])
    assert b"".join(original.streaming_content) == objects["original_url"][1]  # type: ignore[attr-defined]
    assert original["Content-Disposition"].startswith("attachment")
    assert "%C3%89t%C3%A9.jpg" in original["Content-Disposition"]


def test_it_shows_the_size_of_the_thumbnail_and_a_placeholder(alice_client: APIClient, album: Album) -> None:
    columns = {"thumbnail_width": 512, "thumbnail_height": 384, "placeholder": "data:image/webp;base64,AAAA"}
    make_photo(album, **columns)

    [shown] = photos(alice_client, album)

    assert {name: shown[name] for name in columns} == columns


def test_it_shows_the_exposure_of_a_photo(alice_client: APIClient, album: Album) -> None:
    shares = [0.5, 0.25, 0.25, *([0.0] * 61)]
    scores = {"shadows_clipped": 0.5, "highlights_clipped": 0.0}
    photo = make_photo(album, histogram=Photo.pack_histogram(shares), scores=scores)

    response = alice_client.get(f"/api/v1/photos/{photo.id}/histogram/")

    shown = response.json()
    assert shown["bins"] == pytest.approx(shares, abs=1e-5)
    assert (shown["shadows_clipped"], shown["highlights_clipped"]) == (0.5, 0.0)
    assert response["Cache-Control"] == "private, max-age=86400"


def test_an_unread_photo_has_no_histogram(alice_client: APIClient, album: Album) -> None:
    photo = make_photo(album, state=Photo.State.UPLOADED)

    response = alice_client.get(f"/api/v1/photos/{photo.id}/histogram/")

    assert (response.status_code, response.json()["code"]) == (409, "not_prepared")


def test_thumbnail_links_stay_the_same(alice_client: APIClient, album: Album) -> None:
    make_photo(album)

    first, second = (photos(alice_client, album)[0]["thumbnail_url"] for _ in range(2))

    assert first == second


def test_a_pending_photo_has_no_pictures(alice_client: APIClient, album: Album) -> None:
    make_photo(album, state=Photo.State.UPLOADED, width=None, height=None)
    pending = make_photo(album, state=Photo.State.PENDING, width=None, height=None)

    [uploaded] = photos(alice_client, album)
    [announced] = photos(alice_client, album, state="pending")

    assert (uploaded["thumbnail_url"], uploaded["preview_url"], uploaded["large_url"]) == (None, None, None)
    assert uploaded["original_url"]
    assert announced["original_url"] is None
    response = alice_client.get(f"/api/v1/photos/{pending.id}/original/")
    assert (response.status_code, response.json()["code"]) == (409, "not_uploaded")


def test_a_failed_photo_says_why(alice_client: APIClient, album: Album) -> None:
    make_photo(album, state=Photo.State.FAILED, error_code="truncated", error_message="The file ends too early.")

    [shown] = photos(alice_client, album, state="failed")

    assert shown["error"] == {"code": "truncated", "message": "The file ends too early."}


def test_it_filters_photos(alice_client: APIClient, album: Album) -> None:
    _, members = make_cluster(album, 2)
    single = make_photo(album, decision=Photo.Decision.REJECT, picked=False)

    def ids(**filters: Any) -> set[str]:
        return {photo["id"] for photo in photos(alice_client, album, **filters)}

    assert ids() == {str(photo.id) for photo in [*members, single]}
    assert ids(picked="true") == {str(members[0].id)}
    assert ids(picked="false") == {str(members[1].id), str(single.id)}
    assert ids(in_cluster="false") == {str(single.id)}
    assert ids(in_cluster="true", picked="false") == {str(members[1].id)}
    assert ids(decision="reject") == {str(single.id)}
    assert ids(state="uploaded") == set()
    Photo.objects.filter(id=single.id).update(stars=4, label="red")
    assert ids(stars="3") == ids(label="red") == {str(single.id)}
    assert ids(stars="5") == ids(label="blue") == set()


@pytest.mark.parametrize("name", ["state", "decision", "picked", "in_cluster", "stars", "label"])
def test_it_refuses_unknown_filters(alice_client: APIClient, album: Album, name: str) -> None:
    response = alice_client.get(f"/api/v1/albums/{album.id}/photos/", {name: "perhaps"})

    assert (response.status_code, response.json()["errors"][0]["field"]) == (400, name)


def test_it_deletes_a_photo_and_remembers_its_objects(alice_client: APIClient, album: Album) -> None:
    photo, other = make_photo(album), make_photo(album)

    assert alice_client.delete(f"/api/v1/photos/{photo.id}/").status_code == 204

    assert list(Photo.objects.all()) == [other]
    assert ObjectDeletion.objects.get().prefix == storage.photo_prefix(album.id, photo.id)


def test_it_deletes_several_photos_of_one_album(alice_client: APIClient, alice: User, album: Album) -> None:
    photos = [make_photo(album), make_photo(album)]
    make_photo(album, companion_of=photos[0])
    kept, elsewhere = make_photo(album), make_photo(make_album(alice))
    asked = [str(photo.id) for photo in (*photos, elsewhere)]

    response = alice_client.post(f"/api/v1/albums/{album.id}/photos/delete/", {"photos": asked})

    assert response.json() == {"deleted": 3}
    assert set(Photo.objects.all()) == {kept, elsewhere}
    assert ObjectDeletion.objects.count() == 3


@pytest.mark.parametrize(("body", "retried"), [({}, 2), ({"photos": "first"}, 1)])
def test_it_retries_failed_photos(alice_client: APIClient, album: Album, body: dict[str, Any], retried: int) -> None:
    failed = [make_photo(album, state=Photo.State.FAILED, error_code="crashed") for _ in range(2)]
    make_photo(album)
    if body:
        body = {"photos": [str(failed[0].id)]}

    response = alice_client.post(f"/api/v1/albums/{album.id}/photos/retry/", body)

    assert response.json() == {"retried": retried}
    assert Photo.objects.filter(state=Photo.State.UPLOADED, error_code="").count() == retried


def test_a_video_plays_by_ranges_for_hours(
    alice_client: APIClient, anonymous_client: APIClient, album: Album, monkeypatch: pytest.MonkeyPatch
) -> None:
    video = make_photo(album, name="clip.mov", kind=Photo.Kind.VIDEO, content_type="video/quicktime")
    storage.get_storage().write_bytes(storage.original_key(album.id, video.id), bytes(range(100)), "video/quicktime")
    link = alice_client.get(f"/api/v1/photos/{video.id}/original/")["Location"]
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 5 * 3600)
    part = anonymous_client.get(link, headers={"Range": "bytes=10-19"})
    assert (part.status_code, part["Content-Type"]) == (206, "video/quicktime")
    assert part["Content-Range"] == "bytes 10-19/100"
    assert b"".join(part.streaming_content) == bytes(range(10, 20))  # type: ignore[attr-defined]


def test_a_video_says_which_photos_were_taken_from_it(alice_client: APIClient, album: Album) -> None:
    video = make_photo(album, kind="video")
    path = f"/api/v1/photos/{video.id}/frames/"
    nothing = {"state": "none", "photos": [], "found": 0, "seconds": None, "error": None}
    assert alice_client.get(path).json() == nothing
    asked = alice_client.post(path)
    assert (asked.status_code, asked.json()) == (202, nothing | {"state": "queued"})
    frame = make_photo(album, frame_of=video, frame_seconds=2.5)
    FrameSearch.objects.update(state="done", found=2, seconds=9.0)
    shown = [{"id": str(frame.id), "name": frame.name, "seconds": 2.5}]
    assert alice_client.get(path).json() == nothing | {"state": "done", "photos": shown, "found": 2, "seconds": 9.0}
    assert alice_client.post(path).json()["state"] == "done"
    data = alice_client.get(f"/api/v1/photos/{frame.id}/").json()
    assert (data["frame_of"], data["frame_seconds"]) == (str(video.id), 2.5)
    FrameSearch.objects.update(state="failed", error_code="corrupt", error_message="It is damaged.")
    assert alice_client.get(path).json()["error"] == {"code": "corrupt", "message": "It is damaged."}


def test_photos_are_taken_only_from_videos_that_could_be_read(alice_client: APIClient, album: Album) -> None:
    for photo in (make_photo(album), make_photo(album, kind="video", state=Photo.State.FAILED)):
        response = alice_client.post(f"/api/v1/photos/{photo.id}/frames/")
        assert (response.status_code, response.json()["code"]) == (409, "not_a_video")
    assert not FrameSearch.objects.exists()
