"""Sidecars and edited copies, from uploaded files to companions with the times that they say."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from albums import selectors
from albums.analysis import Sidecar
from albums.descriptions import description_of
from albums.exports.plan import ExportOptions, export_plan
from albums.models import Album, Export, Photo
from albums.services.photos import photos_delete
from albums.services.recovery import uploads_abandon
from albums.services.uploads import uploads_dismiss
from tests.drawing import draw_scene, jpeg_bytes
from tests.factories import NOON, make_album, make_photo
from tests.worker.stages.steps import run_all, uploaded_photo
from web.accounts.models import User
from worker.stages.album_photos import analyzed_photos
from worker.stages.shots import Shots, find_shots

pytestmark = pytest.mark.django_db(transaction=True)

XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>'
    b'<rdf:Description xmp:Rating="3" xmp:Label="Red"/></rdf:RDF></x:xmpmeta>'
)
TAKEN = datetime(2024, 6, 15, 12, 0, 5)  # noqa: DTZ001 - as cameras write it


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


def takeout(taken: datetime, **said: Any) -> bytes:
    seconds = str(int(taken.replace(tzinfo=UTC).timestamp()))
    return json.dumps({"title": "another name.jpg", "photoTakenTime": {"timestamp": seconds}, **said}).encode()


def regrouped(album: Album) -> Album:
    Album.objects.filter(id=album.id).update(grouping=Album.Grouping.QUEUED)
    run_all(album)
    return album


def failed(album: Album) -> list[tuple[str, str]]:
    return [(photo.name, photo.error_code) for photo in selectors.photos_of(album, state="failed")]


def test_sidecars_follow_their_photo_in_any_order_of_upload(album: Album) -> None:
    early = uploaded_photo(album, XMP, "IMG_1.xmp")
    regrouped(album)
    early.refresh_from_db()
    assert (early.kind, early.state, early.error_code) == ("sidecar", "failed", "sidecar_without_photo")
    assert failed(album) == [("IMG_1.xmp", "sidecar_without_photo")]
    assert selectors.review_counts(album).photos == 0
    assert selectors.review_counts(album).failed == 1

    photo = uploaded_photo(album, jpeg_bytes(draw_scene(9, (512, 384))), "IMG_1.JPG")
    uploaded_photo(
        album,
        takeout(TAKEN, geoData={"latitude": 48.9, "longitude": 2.3}, description="Paris"),
        "IMG_1.JPG.supplemental-me.json",
    )
    uploaded_photo(album, b'{"date": {"timestamp": "1"}, "title": "Paris"}', "metadata.json")
    regrouped(album)
    photo.refresh_from_db()
    assert [each["name"] for each in photo.companions or ()] == ["IMG_1.JPG.supplemental-me.json", "IMG_1.xmp"]
    assert failed(album) == [("metadata.json", "not_a_sidecar")]
    assert list(selectors.photos_of(album, state="analyzed")) == [photo]
    assert (photo.time_source, photo.taken_at, photo.utc_offset_minutes) == ("sidecar", utc(TAKEN), 0)
    assert msgspec.convert(Photo.objects.get(name="IMG_1.xmp").sidecar, Sidecar).rating == 3
    assert (photo.stars, photo.label, photo.marked_at) == (3, "red", None)
    assert description_of(photo) == "Paris"
    # Workers of the version before refuse a sidecar with fields that they do not know.
    assert not [file for file in album.photos.exclude(sidecar=None) if "description" in (file.sidecar or {})]

    names = list(export_plan(album, ExportOptions()).names)
    assert names == ["001 IMG_1.JPG", "001 IMG_1.JPG.supplemental-me.json", "001 IMG_1.xmp"]
    assert export_plan(album, ExportOptions(location=Export.Location.STRIP)).names == ["001 IMG_1.JPG"]
    assert photos_delete(album, [photo.id]) == 3


def utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)


# --- From rows alone --------------------------------------------------------------------------------------------------


def make_sidecar(album: Album, name: str, said: Sidecar, **columns: Any) -> Photo:
    return make_photo(
        album,
        name=name,
        kind=Photo.Kind.SIDECAR,
        content_type=said.content_type,
        sidecar=msgspec.to_builtins(said),
        taken_at=None,
        time_source=Photo.TimeSource.NONE,
        picked=False,
        **columns,
    )


def undated(album: Album, name: str, **columns: Any) -> Photo:
    modified = NOON + timedelta(days=30)
    return make_photo(album, name=name, taken_at=modified, modified_at=modified, time_source="file", **columns)


def of_takeout(album: Album, name: str, taken_at: datetime, longitude: float | None = None) -> Photo:
    said = Sidecar(content_type="application/json", taken_at=taken_at.replace(tzinfo=None), longitude=longitude)
    return make_sidecar(album, name, said)


def shots_of(album: Album) -> Shots:
    return find_shots(album, list(Photo.objects.exclude(kind="sidecar").filter(state="analyzed").order_by("name")))


def test_takeout_says_an_instant_and_the_photos_around_it_say_the_zone(album: Album) -> None:
    make_photo(album, name="IMG_1.JPG", taken_at=NOON)
    of_takeout(album, "IMG_1.JPG.json", NOON - timedelta(hours=2))
    photo = undated(album, "IMG_2.PNG")
    of_takeout(album, "IMG_2.PNG.json", NOON + timedelta(hours=1), longitude=-120.0)
    [columns] = shots_of(album).times.values()
    assert columns == {"taken_at": NOON + timedelta(hours=3), "utc_offset_minutes": 120, "time_source": "sidecar"}
    assert photo.taken_at != NOON


def test_else_the_longitude_says_it(album: Album) -> None:
    undated(album, "IMG_2.PNG")
    of_takeout(album, "IMG_2.PNG.json", NOON, longitude=-118.2)
    [columns] = shots_of(album).times.values()
    assert (columns["taken_at"], columns["utc_offset_minutes"]) == (NOON - timedelta(hours=8), -480)


def test_a_camera_with_a_wrong_clock_says_no_zone(album: Album) -> None:
    make_photo(album, name="IMG_1.JPG", taken_at=NOON)
    of_takeout(album, "IMG_1.JPG.json", NOON - timedelta(hours=2, minutes=7))
    undated(album, "IMG_2.PNG")
    of_takeout(album, "IMG_2.PNG.json", NOON)
    assert [columns["utc_offset_minutes"] for columns in shots_of(album).times.values()] == [0]


def test_exif_comes_before_a_sidecar_and_xmp_before_takeout(album: Album) -> None:
    make_photo(album, name="IMG_1.JPG", taken_at=NOON)
    own = Sidecar(content_type="application/rdf+xml", taken_at=TAKEN)
    make_sidecar(album, "IMG_1.xmp", own)
    undated(album, "IMG_2.PNG")
    of_takeout(album, "IMG_2.PNG.json", NOON)
    make_sidecar(album, "IMG_2.xmp", own)
    [columns] = shots_of(album).times.values()
    assert (columns["taken_at"], columns["utc_offset_minutes"]) == (utc(TAKEN), None)


def test_a_photo_has_the_time_of_its_file_again_when_its_sidecar_is_gone(album: Album) -> None:
    photo = undated(album, "IMG_2.PNG")
    sidecar = of_takeout(album, "IMG_2.PNG.json", NOON)
    Photo.objects.filter(id=photo.id).update(**shots_of(album).times[photo.id])
    assert shots_of(album).times == {}
    sidecar.delete()
    assert shots_of(album).times[photo.id] == {
        "taken_at": photo.modified_at,
        "utc_offset_minutes": 0,
        "time_source": "file",
    }


def test_a_photo_is_nowhere_in_the_timeline_when_its_only_time_is_gone(album: Album) -> None:
    photo = undated(album, "IMG_2.PNG")
    Photo.objects.filter(id=photo.id).update(modified_at=None)
    sidecar = of_takeout(album, "IMG_2.PNG.json", NOON)
    regrouped(album)
    photo.refresh_from_db()
    assert (photo.time_source, photo.timeline_at) == ("sidecar", NOON)
    photos_delete(album, [sidecar.id])
    regrouped(album)
    photo.refresh_from_db()
    assert (photo.time_source, photo.taken_at, photo.timeline_at) == ("none", None, None)


def test_the_sidecar_of_a_raw_file_follows_the_jpeg_that_is_shown(album: Album) -> None:
    jpeg = make_photo(album, name="DSC1.JPG", taken_at=NOON)
    raw = make_photo(album, name="DSC1.NEF", taken_at=NOON, capture={"raw": "embedded"}, content_type="image/x-dcraw")
    sidecar = make_sidecar(album, "DSC1.NEF.xmp", Sidecar(content_type="application/rdf+xml"))
    assert shots_of(album).companions == {raw.id: jpeg.id, sidecar.id: jpeg.id}


def test_an_edited_copy_is_shown_for_all_files_of_its_original(album: Album) -> None:
    raw = make_photo(album, name="IMG_1234.DNG", taken_at=NOON, capture={"raw": "embedded"})
    original = make_photo(album, name="IMG_1234.JPG", taken_at=NOON)
    edited = make_photo(album, name="IMG_E1234.JPG", taken_at=NOON)
    aae = make_sidecar(album, "IMG_1234.AAE", Sidecar(content_type="application/x-plist"))
    assert shots_of(album).companions == dict.fromkeys([raw.id, original.id, aae.id], edited.id)


def test_a_thumbnail_file_is_a_sidecar_of_its_raw_file_or_a_photo(album: Album) -> None:
    thumbnail = make_photo(album, name="CRW_0304.THM", taken_at=NOON + timedelta(seconds=1))
    assert shots_of(album) == Shots({}, [], {})
    raw = make_photo(album, name="CRW_0304.CRW", taken_at=NOON, capture={"raw": "embedded"})
    assert shots_of(album) == Shots({thumbnail.id: raw.id}, [], {})


def test_photos_are_not_compared_with_every_thumbnail_file(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    photos = [Photo(album=album, name=f"MVI_{number:04}.{ending}") for number in range(50) for ending in ("THM", "JPG")]
    compared: list[object] = []

    def is_same(one: object, other: object) -> bool:
        compared.append(other)
        return one is other

    monkeypatch.setattr(Photo, "__eq__", is_same)
    monkeypatch.setattr(Photo, "__hash__", object.__hash__)
    find_shots(album, photos)
    assert len(compared) <= len(photos)


def test_sidecars_take_one_statement_however_many_they_are(album: Album) -> None:
    make_photo(album, name="IMG_1.JPG", taken_at=NOON)
    for number in range(1, 4):
        make_sidecar(album, f"IMG_{number}.xmp", Sidecar(content_type="application/rdf+xml"))
    photos = list(Photo.objects.filter(kind=Photo.Kind.PHOTO))
    with CaptureQueriesContext(connection) as queries:
        shots = find_shots(album, photos)
    assert (len(shots.companions), len(shots.lone_sidecars)) == (1, 2)
    assert len(queries) == 2  # the sidecars, and the files that those without one could still get


def test_photos_whose_sidecars_are_gone_take_no_statement_each(album: Album) -> None:
    for number in range(3):
        undated(album, f"IMG_{number}.PNG")
    Photo.objects.update(time_source="sidecar")
    photos = analyzed_photos(album.id)
    with CaptureQueriesContext(connection) as queries:
        shots = find_shots(album, photos)
    assert (len(shots.times), len(queries)) == (3, 1)


@pytest.mark.parametrize("forget", [uploads_dismiss, lambda _: uploads_abandon()])
def test_a_sidecar_whose_photo_never_came_is_reported(album: Album, forget: Callable[[Album], object]) -> None:
    coming = make_photo(album, name="IMG_1.JPG", state=Photo.State.PENDING)
    Photo.objects.filter(id=coming.id).update(created_at=NOON)
    make_sidecar(album, "IMG_1.xmp", Sidecar(content_type="application/rdf+xml"))
    regrouped(album)
    assert failed(album) == []
    forget(album)
    run_all(album)
    assert failed(album) == [("IMG_1.xmp", "sidecar_without_photo")]


def test_a_sidecar_of_a_failed_or_coming_photo_waits(album: Album) -> None:
    make_photo(album, name="IMG_1.JPG", state=Photo.State.FAILED)
    make_photo(album, name="IMG_2.JPG", state=Photo.State.PENDING)
    for name in ("IMG_1.xmp", "IMG_2.JPG.xmp"):
        make_sidecar(album, name, Sidecar(content_type="application/rdf+xml"))
    make_photo(album, name="IMG_3.json", state=Photo.State.FAILED, error_code="not_a_sidecar")
    lone = make_sidecar(album, "IMG_3.xmp", Sidecar(content_type="application/rdf+xml"))
    assert shots_of(album) == Shots({}, [lone.id], {})
