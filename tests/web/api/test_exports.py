"""Exports over HTTP."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from albums import storage
from albums.models import Album, Export, ObjectDeletion, Photo
from albums.services.review import photos_star
from tests.factories import make_album, make_cluster, make_photo
from web.accounts.models import User
from web.api.problems import PROBLEMS


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


def make_export(album: Album, state: str, **columns: object) -> Export:
    return Export.objects.create(album=album, state=state, file_name="Midsummer.zip", **columns)


def test_it_creates_an_export_of_the_picks(alice_client: APIClient, album: Album) -> None:
    make_cluster(album, 3)
    make_photo(album)

    response = alice_client.post(f"/api/v1/albums/{album.id}/exports/")

    shown = response.json()
    assert (response.status_code, shown["state"], shown["file_count"]) == (201, "queued", 2)
    assert (shown["download_url"], shown["album_id"]) == (None, str(album.id))
    assert str(Export.objects.get().id) == shown["id"]


def test_the_preview_and_the_export_count_the_same_files(alice_client: APIClient, album: Album) -> None:
    shown = make_photo(album)
    make_photo(album, companion_of=shown)
    path = f"/api/v1/albums/{album.id}/exports/"

    preview, export = alice_client.post(f"{path}preview/").json(), alice_client.post(path).json()

    assert (preview["photo_count"], preview["file_count"]) == (1, 2)
    assert (export["file_count"], export["files_written"]) == (2, 0)


def test_it_refuses_an_export_while_photos_are_being_analyzed(alice_client: APIClient, album: Album) -> None:
    make_photo(album)
    make_photo(album, state=Photo.State.PREPARING)

    response = alice_client.post(f"/api/v1/albums/{album.id}/exports/")

    assert (response.status_code, response.json()["code"]) == (409, "still_working")


def test_a_failed_export_gives_a_code_and_a_message(alice_client: APIClient, album: Album) -> None:
    reason = {
        "error_code": "original_corrupted",
        "error_message": "The original of 'sea.jpg' is damaged in storage.",
        "error_photo_name": "sea.jpg",
    }
    export = make_export(album, Export.State.FAILED, **reason)

    shown = alice_client.get(f"/api/v1/exports/{export.id}/").json()

    assert {name: shown[name] for name in reason} == reason
    assert (shown["state"], shown["download_url"]) == ("failed", None)


def test_a_ready_zip_is_downloaded_under_its_name(
    alice_client: APIClient, anonymous_client: APIClient, album: Album
) -> None:
    export = make_export(album, Export.State.READY, expires_at=timezone.now() + timedelta(days=1))
    storage.get_storage().write_bytes(storage.export_key(album.id, export.id), b"zip bytes", "application/zip")
    shown = alice_client.get(f"/api/v1/exports/{export.id}/").json()

    redirect = alice_client.get(shown["download_url"])
    assert redirect.status_code == 302
    part = anonymous_client.get(redirect["Location"], headers={"Range": "bytes=4-"})

    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"bytes")  # type: ignore[attr-defined]
    assert part["Content-Type"] == "application/zip"
    assert part["Content-Disposition"] == 'attachment; filename="Midsummer.zip"'


@pytest.mark.parametrize(
    ("state", "status", "code"),
    [
        (Export.State.QUEUED, 409, "export_not_ready"),
        (Export.State.BUILDING, 409, "export_not_ready"),
        (Export.State.FAILED, 409, "export_failed"),
        (Export.State.EXPIRED, 410, "export_expired"),
    ],
)
def test_the_download_of_a_missing_zip_says_why(
    alice_client: APIClient, album: Album, state: str, status: int, code: str
) -> None:
    export = make_export(album, state)

    response = alice_client.get(f"/api/v1/exports/{export.id}/download/")

    assert (response.status_code, response.json()["code"]) == (status, code)


def test_every_state_except_ready_has_a_reason() -> None:
    from web.api.views.exports import WHY_NOT_READY

    assert WHY_NOT_READY.keys() == set(Export.State) - {Export.State.READY}


def test_it_lists_exports_newest_first(alice_client: APIClient, album: Album) -> None:
    exports = [make_export(album, Export.State.EXPIRED), make_export(album, Export.State.READY)]

    listed = alice_client.get(f"/api/v1/albums/{album.id}/exports/").json()["results"]

    assert [export["id"] for export in listed] == [str(export.id) for export in reversed(exports)]


def test_it_deletes_an_export_and_remembers_its_object(alice_client: APIClient, album: Album) -> None:
    export = make_export(album, Export.State.READY)

    assert alice_client.delete(f"/api/v1/exports/{export.id}/").status_code == 204

    assert not Export.objects.exists()
    assert ObjectDeletion.objects.get().prefix.rstrip("/") == storage.export_key(album.id, export.id)


def test_a_preview_shows_what_the_zip_would_contain(alice_client: APIClient, album: Album) -> None:
    make_cluster(album, 3)
    single = make_photo(album, byte_size=500)
    path = f"/api/v1/albums/{album.id}/exports/preview/"

    picks = alice_client.post(path).json()
    everything = alice_client.post(path, {"selection": "all", "layout": "folders", "name_pattern": "{name}"}).json()

    assert {name: picks[name] for name in ("ready", "photo_count", "byte_size", "folder_count", "file_name")} == {
        "ready": True,
        "photo_count": 2,
        "byte_size": 1500,
        "folder_count": 0,
        "file_name": "Midsummer.zip",
    }
    assert picks["names"][1] == f"002 {single.name}"
    assert (everything["photo_count"], everything["folder_count"]) == (4, 2)
    assert everything["names"][-1] == f"Single photos/{single.name}"
    assert not Export.objects.exists()


def test_a_preview_is_short_and_says_whether_the_album_is_ready(alice_client: APIClient, album: Album) -> None:
    for _ in range(25):
        make_photo(album)
    make_photo(album, state=Photo.State.PREPARING)

    shown = alice_client.post(f"/api/v1/albums/{album.id}/exports/preview/").json()

    assert (shown["ready"], shown["photo_count"], len(shown["names"])) == (False, 25, 20)


def test_a_preview_shows_photos_from_the_whole_zip(alice_client: APIClient, album: Album) -> None:
    photos = [make_photo(album) for _ in range(30)]

    shown = alice_client.post(f"/api/v1/albums/{album.id}/exports/preview/").json()["photos"]

    places = [[str(photo.id) for photo in photos].index(sample["id"]) for sample in shown]
    assert (len(places), places[0], places == sorted(places)) == (12, 0, True)
    assert places[-1] > 24
    assert shown[1]["entry_name"] == f"{places[1] + 1:03} {photos[places[1]].name}"
    shown_alone = alice_client.get(f"/api/v1/photos/{shown[1]['id']}/").json()
    assert shown[1]["thumbnail_url"] == shown_alone["thumbnail_url"]


def test_a_preview_counts_groups_and_the_other_selections(alice_client: APIClient, album: Album) -> None:
    _, (_, second, third) = make_cluster(album, 3)
    single = make_photo(album)
    make_photo(album, shelf="blurred", picked=False)
    make_photo(album, state=Photo.State.FAILED, decision=Photo.Decision.KEEP)
    second.decision = Photo.Decision.KEEP
    second.save(update_fields=["decision"])
    third.decision = Photo.Decision.REJECT
    third.save(update_fields=["decision"])
    photos_star(album, [second.id], 4)
    photos_star(album, [third.id], 5)  # rejected, so in no zip
    photos_star(album, [single.id], 2)

    shown = alice_client.post(f"/api/v1/albums/{album.id}/exports/preview/", {"selection": "kept"}).json()

    assert shown["selection_counts"] == {"picks": 2, "kept": 1, "all": 4, "stars": 2}
    assert shown["star_counts"] == [2, 2, 1, 1, 0]
    assert shown["shelved_counts"] == {"black": 0, "white": 0, "blurred": 1, "empty": 0}
    assert (shown["photo_count"], shown["cluster_count"], shown["single_count"]) == (1, 1, 0)
    everything = alice_client.post(f"/api/v1/albums/{album.id}/exports/preview/", {"selection": "all"}).json()
    assert (everything["photo_count"], everything["cluster_count"], everything["single_count"]) == (4, 1, 2)


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("{nane} {name}", "pattern_unknown_placeholder"),
        ("{name", "pattern_stray_brace"),
        ("{date}/{name}", "pattern_has_slash"),
        ("{date}", "pattern_tells_nothing_apart"),
    ],
)
def test_an_invalid_pattern_gives_a_code(alice_client: APIClient, album: Album, pattern: str, code: str) -> None:
    response = alice_client.post(f"/api/v1/albums/{album.id}/exports/preview/", {"name_pattern": pattern})

    assert [error["code"] for error in response.json()["errors"]] == [code]
    assert code in PROBLEMS


def test_an_export_stores_its_options(alice_client: APIClient, album: Album) -> None:
    make_photo(album)
    wanted = {"selection": "all", "layout": "folders", "name_pattern": "{date} {name}", "location": "strip"}

    shown = alice_client.post(f"/api/v1/albums/{album.id}/exports/", wanted).json()

    assert {name: shown[name] for name in wanted} == wanted
    assert (shown["not_cleaned"], shown["not_cleaned_reasons"]) == ([], {})


def test_an_export_says_which_files_are_not_cleaned_and_why(alice_client: APIClient, album: Album) -> None:
    export = Export.objects.create(album=album, not_cleaned=["1.gif"], not_cleaned_reasons={"1.gif": "damaged"})
    older = Export.objects.create(album=album, not_cleaned=["1.gif"], not_cleaned_reasons=None)
    for row, reasons in ((export, {"1.gif": "damaged"}), (older, {})):
        shown = alice_client.get(f"/api/v1/exports/{row.id}/").json()
        assert (shown["not_cleaned"], shown["not_cleaned_reasons"]) == (["1.gif"], reasons)


@pytest.mark.parametrize(
    "wanted",
    [
        {"selection": "best"},
        {"layout": "tree"},
        {"location": "blur"},
        {"ratings": "some"},
        {"name_pattern": "{nane}"},
        {"name_pattern": "x"},
        {"name_pattern": ""},
        {"name_pattern": "{name}" * 20},
    ],
)
def test_it_refuses_unknown_options(alice_client: APIClient, album: Album, wanted: dict[str, str]) -> None:
    make_photo(album)
    for path in ("exports/", "exports/preview/"):
        response = alice_client.post(f"/api/v1/albums/{album.id}/{path}", wanted)
        assert (response.status_code, response.json()["code"]) == (400, "invalid_input")
        assert response.json()["errors"][0]["field"] == next(iter(wanted))
    assert not Export.objects.exists()


def test_a_page_of_exports_with_many_names_is_shorter(
    alice_client: APIClient, album: Album, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.api.pagination.MAX_PAGE_SIZE", 5)
    for names in (["a"] * 4, ["b"] * 3, []):
        Export.objects.create(album=album, state=Export.State.READY, file_name="x.zip", not_cleaned=names)
    path, pages = f"/api/v1/albums/{album.id}/exports/", []

    while path:
        page = alice_client.get(path).json()
        pages.append([len(export["not_cleaned"]) for export in page["results"]])
        path = page["next"]

    assert pages == [[0, 3], [4]]


def test_parts_are_exports_of_their_own(alice_client: APIClient, album: Album) -> None:
    photos = [make_photo(album, byte_size=1_500_000_000) for _ in range(2)]
    path, wanted = f"/api/v1/albums/{album.id}/exports/", {"part_gigabytes": 2, "gallery": True, "checksums": True}
    preview = alice_client.post(f"{path}preview/", wanted, format="json").json()
    first = alice_client.post(path, wanted, format="json").json()
    listed = alice_client.get(path).json()["results"]
    assert (preview["part_count"], preview["is_estimate"]) == (2, True)
    assert preview["file_count"] == sum(export["file_count"] for export in listed) == 8
    assert [export["part"] for export in listed] == [2, 1] and first == listed[1]
    assert {(export["batch"], export["part_count"]) for export in listed} == {(first["batch"], 2)}
    assert (first["gallery"], first["checksums"], len(photos)) == (True, True, 2)


@pytest.mark.parametrize("wrong", [{"jpeg_size": 1000}, {"sets": "none"}, {"part_gigabytes": -1}, {"language": "xx"}])
def test_it_refuses_shapes_that_there_are_not(alice_client: APIClient, album: Album, wrong: dict[str, object]) -> None:
    make_photo(album)
    assert alice_client.post(f"/api/v1/albums/{album.id}/exports/", wrong, format="json").status_code == 400
    assert not Export.objects.exists()
