"""The shapes of a zip: folders by day, photo sets, JPEGs of a size, parts, and what the page in it says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from albums.exceptions import TooManyParts
from albums.exports.gallery import free_name
from albums.exports.parts import part_name, plan_parts
from albums.exports.plan import ExportOptions, ExportPlan, export_plan, selection_counts
from albums.models import Album, Cluster, Export, Photo
from albums.services.exports import exports_create
from albums.services.review import photos_decide
from tests.factories import NOON, make_album, make_cluster, make_photo
from web.accounts.models import User

pytestmark = pytest.mark.django_db
_GIGABYTE = 10**9


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


def planned(album: Album, **options: object) -> ExportPlan:
    return export_plan(album, ExportOptions(**{"name_pattern": "{name}", **options}))  # type: ignore[arg-type]


def test_days_are_those_of_the_wall_clock_and_companions_follow_their_photo(album: Album) -> None:
    late = make_photo(album, name="late.jpg", taken_at=NOON.replace(hour=23, minute=59))
    make_photo(
        album,
        name="late.cr2",
        companion_of=late,
        picked=False,
        taken_at=NOON + timedelta(days=1),
        content_type="image/x-canon-cr2",
    )
    make_photo(album, name="next.jpg", taken_at=NOON + timedelta(days=1))
    make_photo(album, name="never.jpg", taken_at=None)

    names = planned(album, layout="days").names

    assert names == ["2024-06-08/late.jpg", "2024-06-08/late.cr2", "2024-06-09/next.jpg", "No date/never.jpg"]


def test_photo_sets_go_as_all_others_or_whole_or_by_their_picks(album: Album) -> None:
    _, (pick, dark, rejected) = make_cluster(album, 3, kind=Cluster.Kind.BRACKET)
    _, untouched = make_cluster(album, 2, kind=Cluster.Kind.FOCUS_STACK)
    _, (best, other) = make_cluster(album, 2)
    raw = make_photo(album, companion_of=dark, picked=False)
    photos_decide(album, [rejected.id, *(photo.id for photo in untouched)], Photo.Decision.REJECT)
    by_selection = {
        ("picks", "selected"): {pick, best},
        ("picks", "whole"): {pick, dark, raw, best},
        ("picks", "picks"): {pick, best},
        ("all", "selected"): {pick, dark, raw, best, other},
        ("all", "picks"): {pick, best, other},
    }
    for (selection, sets), expected in by_selection.items():
        plan = planned(album, selection=selection, sets=sets)
        assert set(plan.photos) == expected, (selection, sets)
        assert selection_counts(album, sets)[selection] == len(expected - {raw})
        assert plan.has_photo_sets


def test_jpegs_of_a_size_are_made_where_the_original_does_not_fit_already(album: Album) -> None:
    columns = {"IMG_1.HEIC": "image/heic", "IMG_2.jpg": "image/jpeg", "small.jpg": "image/jpeg", "IMG_3.CR2": "image/x"}
    for name, content_type in columns.items():
        side = 2048 if name == "small.jpg" else 4000
        make_photo(album, name=name, content_type=content_type, width=side, height=side // 2)
    film = make_photo(album, name="film.mov", kind=Photo.Kind.VIDEO, content_type="video/mp4", byte_size=7)
    make_photo(album, name="IMG_2.cr3", companion_of=film, picked=False)

    plan = planned(album, jpeg_size=2048)

    assert plan.names == ["IMG_1.jpg", "IMG_2.jpg", "small.jpg", "IMG_3.jpg", "film.mov"]
    made = round(2048 * 1024 * 0.16)
    assert plan.byte_size == 3 * made + 1000 + 7
    assert plan.is_estimate and not planned(album).is_estimate
    # Ratings alone are beside the originals.
    assert "IMG_1.HEIC" in planned(album, jpeg_size=2048, ratings="only").names


def test_parts_are_full_and_moments_whole(album: Album) -> None:
    first = make_photo(album, byte_size=_GIGABYTE)
    _, moment = make_cluster(album, 2)
    Photo.objects.filter(cluster__isnull=False).update(byte_size=_GIGABYTE * 0.6, picked=True)
    large = make_photo(album, byte_size=3 * _GIGABYTE)
    last = make_photo(album, byte_size=1)

    exports = exports_create(album, ExportOptions(part_gigabytes=2, gallery=True))

    assert [[entry[0] for entry in export.entries] for export in exports] == [
        [str(photo.id) for photo in part] for part in ([first], moment, [large], [last])
    ]
    assert [export.file_name for export in exports] == [f"Midsummer {number} of 4.zip" for number in (1, 2, 3, 4)]
    assert [(export.part, export.part_count) for export in exports] == [(number, 4) for number in (1, 2, 3, 4)]
    assert len({export.batch for export in exports} - {None}) == 1
    page = exports[1].gallery_page
    assert page is not None and page["title"] == "Midsummer 2 of 4"
    assert [photo["photo"] for photo in page["photos"]] == [str(photo.id) for photo in moment]


def test_the_page_has_what_somebody_wrote_where_the_files_have_it(album: Album) -> None:
    make_photo(album, description="Anna")
    make_photo(album)
    said = {}
    for location in Export.Location.values:
        [export] = exports_create(album, ExportOptions(gallery=True, location=location))
        assert export.gallery_page is not None
        said[location] = [photo.get("description") for photo in export.gallery_page["photos"]]
    assert said == {"keep": ["Anna", None], "strip": [None, None]}


def test_the_page_of_an_album_full_of_long_descriptions_fits_into_memory(
    album: Album, monkeypatch: pytest.MonkeyPatch
) -> None:
    for description in ("Anna", "Bo at the lake"):
        make_photo(album, description=description)
    said = []
    for most in (18, 17):
        monkeypatch.setattr("albums.exports.gallery.MOST_CHARACTERS", most)
        [export] = exports_create(album, ExportOptions(gallery=True))
        assert export.gallery_page is not None
        said.append([photo.get("description") for photo in export.gallery_page["photos"]])
    assert said == [["Anna", "Bo at the lake"], ["Anna", "Bo at t…"]]


def test_a_moment_larger_than_a_part_is_divided_by_shots(album: Album) -> None:
    _, photos = make_cluster(album, 3)
    raws = [make_photo(album, companion_of=photo, picked=False) for photo in photos]
    Photo.objects.all().update(byte_size=_GIGABYTE // 2)

    parts = plan_parts(planned(album, selection="all", part_gigabytes=2))

    assert [set(part.photos) for part in parts] == [{photo, raw} for photo, raw in zip(photos, raws, strict=True)]


def test_parts_count_as_zips(album: Album, settings: pytest.FixtureRequest) -> None:
    settings.QUOTA_EXPORTS = 2  # type: ignore[attr-defined]
    for _ in range(3):
        make_photo(album, byte_size=_GIGABYTE)
    # The page would otherwise say "1 of at most 2 zips: delete one" to somebody who has none.
    with pytest.raises(TooManyParts, match=r"be 3 zips\. This account may keep 2 and keeps 0\.") as refused:
        exports_create(album, ExportOptions(part_gigabytes=1))
    assert refused.value.extra == {"limit": 2, "used": 0}
    assert not Export.objects.exists()


def test_a_long_name_keeps_its_number() -> None:
    name = part_name("å" * 125 + ".zip", 10, 12)
    assert name.endswith("å 10 of 12.zip") and len(name.encode()) <= 255


def test_what_is_made_for_the_zip_never_has_the_name_of_something_in_it() -> None:
    assert free_name("index.html", ["a.jpg", "gallery/b.jpg"]) == "index.html"
    assert free_name("gallery", ["Gallery/b.jpg", "gallery (2)/c.jpg"]) == "gallery (3)"
    assert free_name("index.html", ["index.html/b.jpg"]) == "index (2).html"
