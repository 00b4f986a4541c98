"""Which files of a zip get stars, labels and picks, and under which names new sidecars come."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from albums.exports.marks import export_marks, file_count
from albums.exports.plan import ExportOptions, export_plan
from albums.models import Album, Export, Photo
from albums.services.exports import export_create, exports_create
from tests.factories import make_album, make_cluster, make_photo
from web.accounts.models import User

pytestmark = pytest.mark.django_db
Kind, Ratings = Photo.Kind, Export.Ratings


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


def marks_of(album: Album, ratings: str) -> dict[str, tuple[int, str, int]]:
    plan = export_plan(album, ExportOptions(ratings=ratings, name_pattern="{name}"))
    marks = export_marks(plan)
    return {name: (of_file["stars"], of_file["label"], of_file["pick"]) for name, of_file in marks.items()}


def shot_of(album: Album, name: str, folder: str = "", **marks: object) -> Photo:
    """A JPEG with its RAW file."""
    jpeg = make_photo(album, name=f"{name}.JPG", folder=folder, content_type="image/jpeg", **marks)
    raw = {"content_type": "image/x-nikon-nef", "companion_of": jpeg, "picked": False}
    make_photo(album, name=f"{name}.NEF", folder=folder, **raw)
    return jpeg


def test_the_files_of_a_shot_have_one_sidecar(album: Album) -> None:
    shot_of(album, "A", stars=4, label="red")
    assert marks_of(album, Ratings.SIDECARS) == {"A.xmp": (4, "red", 1)}
    assert marks_of(album, Ratings.EMBEDDED) == {"A.JPG": (4, "red", 1), "A.xmp": (4, "red", 1)}
    assert marks_of(album, Ratings.NONE) == {}


@pytest.mark.parametrize("name", ["A.xmp", "A.NEF.xmp"])
def test_a_sidecar_that_came_along_is_written_into(album: Album, name: str) -> None:
    jpeg = shot_of(album, "A", stars=3)
    make_photo(album, name=name, kind=Kind.SIDECAR, content_type="application/rdf+xml", companion_of=jpeg, picked=False)
    assert marks_of(album, Ratings.EMBEDDED)[name] == (3, "", 1)
    assert marks_of(album, Ratings.ONLY).keys() == {name} | ({"A.xmp"} if name != "A.xmp" else set())


def test_without_location_sidecars_are_new(album: Album) -> None:
    jpeg = shot_of(album, "A", stars=3)
    make_photo(album, name="A.xmp", kind=Kind.SIDECAR, companion_of=jpeg, picked=False)
    plan = export_plan(album, ExportOptions(ratings=Ratings.SIDECARS, location=Export.Location.STRIP))
    assert "001 A.xmp" not in plan.names
    assert list(export_marks(plan)) == ["001 A.xmp"]


def test_two_files_of_one_name_do_not_share_a_sidecar(album: Album) -> None:
    make_photo(album, name="a.jpg", content_type="image/jpeg", stars=1)
    make_photo(album, name="A.png", content_type="image/png", stars=2)
    assert sorted(marks_of(album, Ratings.SIDECARS).items()) == [("A.png.xmp", (2, "", 1)), ("a.xmp", (1, "", 1))]


def test_a_jpeg_that_cannot_be_written_into_gets_a_name_that_no_part_has(album: Album) -> None:
    for name, kind in (("a.jpg", "jpeg"), ("a.png", "png"), ("b.jpg", "jpeg"), ("b.jpeg", "jpeg")):
        make_photo(album, name=name, content_type=f"image/{kind}", byte_size=900_000_000)
    options = ExportOptions(ratings=Ratings.EMBEDDED, name_pattern="{name}", part_gigabytes=1)
    parts = exports_create(album, options)
    assert len(parts) == 4
    marks = {name: of_file for part in parts for name, of_file in (part.marks or {}).items()}
    besides = {name: of_file["beside"] for name, of_file in marks.items() if "beside" in of_file}
    assert besides == {"a.jpg": "a.jpg.xmp", "b.jpg": "b.xmp", "b.jpeg": "b.jpeg.xmp"}
    assert marks.keys() - besides.keys() == {"a.xmp"}


def test_a_sidecar_has_a_name_that_can_be_stored(album: Album) -> None:
    longest = "海" * 82 + "ab"  # 248 bytes
    for kind in ("jpeg", "png"):
        make_photo(album, name=f"{longest}.{kind}", folder="sea", content_type=f"image/{kind}")
    names = sorted(marks_of(album, Ratings.ONLY))
    assert names == [f"sea/{'海' * 80} (2).xmp", f"sea/{longest}.xmp"]


def test_a_sidecar_never_has_the_name_of_a_folder(album: Album) -> None:
    make_photo(album, name="a.jpg", content_type="image/jpeg", folder="day", stars=1)
    make_photo(album, name="b.jpg", content_type="image/jpeg", folder="day/A.xmp/inner", stars=2)
    assert sorted(marks_of(album, Ratings.ONLY)) == ["day/A.xmp/inner/b.xmp", "day/a.jpg.xmp"]


def test_ratings_alone_are_of_all_photos_with_the_names_and_folders_of_the_upload(album: Album) -> None:
    jpeg = shot_of(album, "A", stars=5, folder="day 1")
    make_photo(album, name="A.AAE", kind=Kind.SIDECAR, companion_of=jpeg, picked=False)  # says nothing of ratings
    make_photo(album, name="B.JPG", folder="day 2", decision=Photo.Decision.REJECT, picked=False)
    options = ExportOptions(ratings=Ratings.ONLY)
    assert marks_of(album, Ratings.ONLY) == {"day 1/A.xmp": (5, "", 1), "day 2/B.xmp": (0, "", -1)}
    plan = export_plan(album, options)
    assert (plan.entries, plan.byte_size, file_count(plan, export_marks(plan))) == ([], 0, 4)
    export = export_create(album, options)
    assert (export.entries, export.photo_count, len(export.marks or {})) == ([], 4, 2)


def test_the_moment_of_a_group_is_when_it_begins(album: Album) -> None:
    noon = datetime(2026, 6, 20, 12, 0, 5, tzinfo=UTC)
    first, second = (make_cluster(album, 0)[0] for _ in range(2))
    for name, cluster, seconds, is_picked in (("A", first, 7, True), ("B", first, 0, False), ("C", second, 0, True)):
        at = noon + timedelta(seconds=seconds)
        make_photo(album, name=f"{name}.JPG", cluster=cluster, picked=is_picked, taken_at=at, timeline_at=at)
    make_photo(album, name="D.JPG")
    options = ExportOptions(ratings=Ratings.SIDECARS, name_pattern="{name}", moments=True)
    moments = {name: marks["moment"] for name, marks in export_marks(export_plan(album, options)).items()}
    # Of the first group only A is in the zip, and it begins with B.
    assert moments == {"A.xmp": "Moment 2026-06-20 12.00.05", "C.xmp": "Moment 2026-06-20 12.00.05 (2)", "D.xmp": ""}
    unwanted = export_marks(export_plan(album, replace(options, moments=False)))
    assert all("moment" not in marks for marks in unwanted.values())
