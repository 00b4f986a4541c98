"""Photo sets and wrong camera clocks, from uploaded files to clusters."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import msgspec
import numpy as np
import pytest
from msgspec.structs import replace

from albums import selectors, storage
from albums.analysis import Face
from albums.clocks import Camera
from albums.exports.plan import ExportOptions, export_plan
from albums.models import Album, Photo
from albums.picks import Wanted
from albums.services.changes import album_undo
from albums.services.clocks import camera_shift
from albums.services.review import album_want
from tests.drawing import Pixels, add_noise, draw_scene, expose, jpeg_bytes
from tests.drawn_sets import focus_stack, panorama
from tests.factories import make_album, make_photo
from tests.raw_files import dng_bytes, sensor_data
from tests.video_files import APPLE, video_bytes
from tests.worker.stages.steps import uploaded_photo
from web.accounts.models import User
from worker.stages import thumbnail_judge
from worker.stages.embed import embed_photos
from worker.stages.group import group_album
from worker.stages.prepare import prepare_photos
from worker.stages.thumbnail_judge import ThumbnailJudge, clear_cache

pytestmark = pytest.mark.django_db(transaction=True)
START = datetime(2024, 6, 15, 10, 30)  # noqa: DTZ001 - as cameras write it


@pytest.fixture
def album(alice: User) -> Iterator[Album]:
    clear_cache()
    yield make_album(alice)
    clear_cache()


def _upload(album: Album, image: Pixels, seconds: float, **tags: Any) -> None:
    pixels = np.repeat(image[..., None], 3, axis=2) if image.ndim == 2 else image
    tags = {"camera": ("Drawn", "Camera 1"), "exposure_time": 0.01, "f_number": 8.0, "focal_length": 35.0, **tags}
    content = jpeg_bytes(np.asarray(pixels), taken_at=START + timedelta(seconds=seconds), **tags)
    name = f"IMG_{album.photos.count():04d}.jpg"
    uploaded_photo(album, content, name)


def _prepare(album: Album) -> None:
    ids = list(album.photos.values_list("id", flat=True))
    prepare_photos(ids, task_id="prepare")
    embed_photos(ids, task_id="embed")


def _group(album: Album, similarity: float = 0.5) -> list[tuple[str, int, int]]:
    """The kind, the number of photos and the number of picks of each cluster."""
    Album.objects.filter(id=album.id).update(grouping=Album.Grouping.QUEUED, similarity=similarity)
    group_album(album.id, task_id="group")
    return [
        (cluster.kind, cluster.photo_count, sum(photo.picked for photo in cluster.photos.all()))
        for cluster in selectors.clusters_of(album)
    ]


def _film(album: Album, *pictures: Pixels) -> Photo:
    tags = {f"{APPLE}creationdate": "2024-06-15T10:30:20+0200"}
    return uploaded_photo(
        album, video_bytes(pictures, container="mov", tags=tags), f"IMG_{album.photos.count():04d}.MOV"
    )


def test_a_video_belongs_to_its_moment_and_takes_no_photos_place(album: Album) -> None:
    scene = draw_scene(9, (480, 360))
    for place in range(2):
        _upload(album, add_noise(scene, 3, seed=place), 10 * place)
    _upload(album, draw_scene(10, (480, 360)), 15)
    _prepare(album)
    assert _group(album) == [("moment", 2, 1)]
    photos = {photo.name: photo.picked for photo in album.photos.all()}
    film = _film(album, scene)
    _prepare(album)
    assert _group(album) == [("moment", 3, 2)]
    film.refresh_from_db()
    assert (film.rank, film.picked, film.left_out) == (2, True, False)
    assert {photo.name: photo.picked for photo in album.photos.exclude(id=film.id)} == photos
    album_want(album, Wanted(count=1))
    assert sorted(album.photos.filter(picked=True).values_list("kind", flat=True)) == ["photo", "video"]


def test_a_video_and_the_only_photo_of_its_moment_are_a_group_without_a_question(album: Album) -> None:
    scene = draw_scene(9, (480, 360))
    _upload(album, scene, 0)
    _film(album, scene)
    _prepare(album)
    assert _group(album) == [("moment", 2, 2)]
    counts = selectors.review_counts(album)
    assert (counts.no_clear_winner, counts.picked) == (0, 1)


def test_the_time_of_a_video_in_utc_is_put_on_the_wall_clock(album: Album) -> None:
    _upload(album, draw_scene(10, (480, 360)), 0, offset="+02:00")
    film = uploaded_photo(album, video_bytes(tags={"creation_time": "2024-06-15T08:31:00Z"}), "VID.mp4")
    _prepare(album)
    _group(album)
    film.refresh_from_db()
    assert (film.taken_at_text, film.time_source) == ("2024-06-15T10:31:00+02:00", "utc")


@pytest.mark.parametrize("is_film_first", [True, False])
def test_a_live_photo_is_one_photo_whichever_file_comes_first(album: Album, is_film_first: bool) -> None:
    scene = draw_scene(9, (512, 384))
    tags = {f"{APPLE}creationdate": "2024-06-15T12:00:04+0200", f"{APPLE}content.identifier": "1EA7"}
    files = {
        "IMG_1.JPG": jpeg_bytes(scene, taken_at=datetime(2024, 6, 15, 12, 0, 5)),  # noqa: DTZ001
        "IMG_1.MOV": video_bytes([scene], container="mov", tags=tags),
    }
    made = {}
    for name in sorted(files, reverse=is_film_first):
        made[name] = uploaded_photo(album, files[name], name)
        _prepare(album)
        assert _group(album) == []
    still, film = (Photo.objects.get(id=made[name].id) for name in sorted(files))
    assert (still.picked, still.companions) == (True, [{"id": str(film.id), "name": "IMG_1.MOV"}])
    assert (film.picked, film.companion_of) == (False, still)


def test_a_video_alone_is_a_single_also_when_it_is_black(album: Album) -> None:
    _upload(album, draw_scene(10, (480, 360)), 15)
    film = _film(album, np.zeros((120, 160, 3), np.uint8))
    _prepare(album)
    assert _group(album) == []
    film.refresh_from_db()
    assert (film.cluster_id, film.picked, film.shelf, film.spread_rank) == (None, True, "", None)


@pytest.mark.parametrize("is_raw_first", [True, False])
def test_a_raw_file_and_its_jpeg_are_one_photo_whichever_comes_first(album: Album, is_raw_first: bool) -> None:
    scene = draw_scene(9, (512, 384))
    taken = datetime(2024, 6, 15, 12, 0, 5)  # noqa: DTZ001
    files = {
        "DSC1.DNG": dng_bytes(sensor_data(scene)),
        "DSC1.JPG": jpeg_bytes(scene, taken_at=taken, camera=("Drawn", "D1")),
    }
    made = {}
    for name in sorted(files, reverse=not is_raw_first):
        made[name] = uploaded_photo(album, files[name], name)
        _prepare(album)
        assert _group(album) == []
    raw, jpeg = (Photo.objects.get(id=made[name].id) for name in sorted(files))
    assert raw.companion_of_id == jpeg.id
    assert jpeg.companions == [{"id": str(raw.id), "name": "DSC1.DNG"}]
    assert (jpeg.picked, raw.picked, raw.spread_rank) == (True, False, None)
    assert [photo.id for photo in selectors.photos_of(album)] == [jpeg.id]


def test_a_raw_file_goes_on_without_its_jpeg(album: Album) -> None:
    scene = draw_scene(9, (512, 384))
    uploaded_photo(album, dng_bytes(sensor_data(scene)), "DSC1.DNG")
    uploaded_photo(album, jpeg_bytes(scene)[:400], "DSC1.JPG")
    _prepare(album)
    assert _group(album) == []
    assert [(photo.name, photo.picked) for photo in selectors.photos_of(album, state="analyzed")] == [
        ("DSC1.DNG", True)
    ]


def test_it_keeps_stacks_and_panoramas_together_and_picks_one_or_all(album: Album) -> None:
    for shot, image in enumerate(focus_stack(4, 5)):
        _upload(album, image, 4.0 * shot)
    for shot, image in enumerate(panorama(5, 4)):
        _upload(album, image, 3600 + 3.0 * shot)
    for shot in range(3):
        _upload(album, draw_scene(9, (512, 384), jitter=0.01, shot=shot), 7200 + 2.0 * shot)
    _prepare(album)
    for similarity in (0.5, 0.0, 1.0):
        stack, sweep, *moments = _group(album, similarity)
        assert (stack, sweep) == (("focus_stack", 5, 1), ("panorama", 4, 4))
        assert all((kind, picked) == ("moment", 1) for kind, _, picked in moments)


def test_it_shelves_what_shows_nothing_also_where_it_comes_in_series(album: Album) -> None:
    noise = np.random.default_rng(5)
    _upload(album, draw_scene(9, (512, 384)), 0.0)
    for shot in range(3):
        _upload(album, noise.integers(0, 4, (384, 512, 3)).astype(np.uint8), 600 + shot)
    _prepare(album)

    assert _group(album) == []
    assert list(album.photos.order_by("taken_at").values_list("shelf", "picked")) == [
        ("", True),
        *[("black", False)] * 3,
    ]


def test_the_pick_is_none_that_nobody_would_keep(album: Album) -> None:
    together, white, usual = uuid4(), [0.0] * 63 + [1.0], [1 / 64] * 64
    for name, shares in (("a.jpg", white), ("b.jpg", usual), ("c.jpg", white)):
        make_photo(album, name=name, manual_group=together, histogram=Photo.pack_histogram(shares))
    assert _group(album) == [("moment", 3, 1)]
    assert album.photos.get(picked=True).name == "b.jpg"


def test_it_says_whose_each_face_is(album: Album) -> None:
    """Two people who change places, and are told apart by their clothes."""
    anna, bert = (
        Face(x, 0.3, width, 0.15, 0.9, -2.0, frontal=True, cut_off=False, confidence=0.9, likeness=clothes * 72)
        for x, width, clothes in ((0.2, 0.11, b"a"), (0.6, 0.1, b"z"))
    )
    together = uuid4()
    for faces in ([anna, bert], [replace(bert, x=anna.x), replace(anna, x=bert.x)], []):
        make_photo(album, manual_group=together, faces=msgspec.to_builtins(faces))
    _group(album)
    photos = album.photos.order_by("taken_at")
    assert list(photos.values_list("person_numbers", flat=True)) == [[1, 0], [0, 1], None]
    first, _, nobody = photos.values_list("close_ups", flat=True)
    assert (first or [])[:1] == [{"x": 0.2, "y": 0.3, "width": 0.11, "height": 0.15, "person": 1, "loss": 0.0}]
    assert nobody is None
    assert list(album.clusters.values_list("people", "people_differ")) == [(2, 2)]


def test_it_orders_the_picks_so_that_any_number_is_spread(album: Album) -> None:
    """Two afternoons, the first with more to see and with a panorama, which counts as one photo."""
    for scene in range(3):
        for shot in range(2):
            _upload(album, draw_scene(scene + 9, (512, 384), jitter=0.01, shot=shot), 600 * scene + 2.0 * shot)
    for shot, image in enumerate(panorama(5, 4)):
        _upload(album, image, 1800 + 3.0 * shot)
    _upload(album, draw_scene(20, (512, 384)), 48 * 3600)
    _prepare(album)
    _group(album)
    for number, days in ((1, {15}), (2, {15, 17})):
        album_want(album, Wanted(count=number))
        picked = album.photos.filter(picked=True)
        assert picked.count() == number
        assert {photo.taken_at.day for photo in picked if photo.taken_at} == days
    moments = [
        set(album.photos.filter(cluster=cluster).values_list("spread_rank", flat=True))
        for cluster in album.clusters.filter(kind="moment")
    ]
    assert all(len(ranks) == 1 for ranks in moments)
    frames = album.photos.filter(cluster__kind="panorama").order_by("rank").values_list("spread_rank", flat=True)
    assert frames[0] is not None and frames[0] < 5
    assert list(frames[1:]) == [5, 6, 7]


def test_it_reads_each_thumbnail_once(album: Album) -> None:
    for shot, image in enumerate(focus_stack(4, 5)):
        _upload(album, image, 4.0 * shot)
    _prepare(album)
    assert _group(album) == [("focus_stack", 5, 1)]
    storage.get_storage().delete([storage.thumbnail_key(album.id, photo.id) for photo in album.photos.all()])
    assert _group(album, 0.8) == [("focus_stack", 5, 1)]


def test_it_finds_a_bracket_by_thumbnails_and_reads_each_once(album: Album) -> None:
    scene = draw_scene(3, (512, 384))
    for shot, stops in enumerate((-5.0, -2.5, 0.0, 2.5)):
        _upload(album, add_noise(expose(scene, stops), 1.0, shot), 2.0 * shot, exposure_time=None, f_number=None)
    _prepare(album)
    assert [(kind, count) for kind, count, _ in _group(album)] == [("bracket", 4)]
    storage.get_storage().delete([storage.thumbnail_key(album.id, photo.id) for photo in album.photos.all()])
    assert [(kind, count) for kind, count, _ in _group(album, 0.8)] == [("bracket", 4)]


def test_a_process_keeps_structures_of_the_last_album_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thumbnail_judge, "_thumbnail", lambda _: np.zeros((3, 4), np.uint8))
    for _ in range(3):
        judge = ThumbnailJudge([Photo(), Photo()], {})
        assert None not in judge.structures([0, 1])
    assert len(thumbnail_judge._structures) == 2
    clear_cache()


def test_photos_without_thumbnails_form_no_sets(album: Album, caplog: pytest.LogCaptureFixture) -> None:
    for shot, image in enumerate(focus_stack(4, 5)):
        _upload(album, image, 4.0 * shot)
    _prepare(album)
    store = storage.get_storage()
    keys = [storage.thumbnail_key(album.id, photo.id) for photo in album.photos.all()]
    kept = {key: store.read_bytes(key) for key in keys}
    store.delete(keys)
    with caplog.at_level(logging.WARNING):
        assert _group(album) == [("moment", 5, 1)]
    assert "Cannot read the thumbnail" in caplog.text
    for key, content in kept.items():
        store.write_bytes(key, content, "image/jpeg")
    assert _group(album) == [("focus_stack", 5, 1)]


def _by_two_clocks(album: Album) -> None:
    """The cameras took the same scenes, but their clocks differ by an hour. The phone's clock is right."""
    other = {"camera": ("Other", "Phone"), "offset": "+02:00"}
    for scene in range(6):
        for shot in range(2):
            image = draw_scene(scene + 20, (512, 384), jitter=0.01, shot=shot)
            _upload(album, image, 3600 * (scene + 1) + 1000 * (scene % 3) + 5.0 * shot, serial="77")
        image = draw_scene(scene + 20, (512, 384), jitter=0.01, shot=7)
        _upload(album, image, 3600 * scene + 1000 * (scene % 3) + 12.0, **other)
    _prepare(album)


def test_it_corrects_a_cameras_clock_and_logs_it(album: Album, caplog: pytest.LogCaptureFixture) -> None:
    _by_two_clocks(album)
    with caplog.at_level(logging.INFO):
        assert _group(album) == [("moment", 3, 1)] * 6
    assert "the clock of Drawn Camera 1 is 3600 s ahead, as 6 shared scenes show" in caplog.text
    taken = {photo.taken_at for photo in Photo.objects.filter(camera="Drawn Camera 1")}
    assert min(time.hour for time in taken if time) == 11  # the row keeps the camera's time
    planned = export_plan(album, ExportOptions(selection="all")).photos
    assert [photo.camera for photo in planned] == ["Drawn Camera 1", "Drawn Camera 1", "Other Phone"] * 6
    assert [photo.id for photo in selectors.photos_of(album)] == [photo.id for photo in planned]
    times = [photo.timeline_at for photo in planned if photo.timeline_at]
    assert times == sorted(times) and times[0].hour == 10


def test_a_clock_that_a_person_set_is_right(album: Album, alice: User, caplog: pytest.LogCaptureFixture) -> None:
    _by_two_clocks(album)
    phone = Camera("Other Phone")
    camera_shift(album, phone, 2 * 3600, by=alice)
    with caplog.at_level(logging.INFO):
        assert _group(album) == [("moment", 3, 1)] * 6
    assert "the clock of Drawn Camera 1 is 3600 s behind" in caplog.text
    assert [photo.timeline_at.hour for photo in selectors.photos_of(album) if photo.timeline_at][:3] == [12, 12, 12]
    album_undo(album, alice)
    assert _group(album) == [("moment", 3, 1)] * 6
    assert [photo.timeline_at.hour for photo in selectors.photos_of(album) if photo.timeline_at][:3] == [10, 10, 10]
