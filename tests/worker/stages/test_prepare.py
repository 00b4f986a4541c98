"""Preparing photos from real files, without a queue."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from albums import storage
from albums.analysis import Marks
from albums.models import Album, Photo
from tests.bad_decoder import sitecustomize as faults
from tests.drawing import draw_scene, jpeg_bytes
from tests.raw_files import dng_bytes, enlarged, sensor_data
from tests.video_files import APPLE, video_bytes
from tests.worker.stages.steps import Corruption, Failure, ids_of, read_object, uploaded_photo
from worker import runtime
from worker.analysis.marking import marked
from worker.backoff import RefusalBackoff
from worker.stages import originals, prepare
from worker.stages.prepare import prepare_photos

pytestmark = pytest.mark.django_db(transaction=True)
State = Photo.State


def test_it_prepares_a_photo(album: Album) -> None:
    taken = datetime(2024, 6, 15, 10, 30, 5)  # noqa: DTZ001 - as cameras write it
    content = jpeg_bytes(
        draw_scene(1, (1200, 900)),
        taken_at=taken,
        offset="+02:00",
        orientation=6,
        camera=("Drawn", "Camera 1"),
        extra={0x010E: "At the lake"},
    )
    photo = uploaded_photo(album, marked(content, Marks(stars=3, label="blue")))
    prepare_photos([photo.id], task_id="one")
    photo.refresh_from_db()
    assert (photo.state, photo.content_type, photo.attempts) == (State.PREPARED, "image/jpeg", 0)
    assert photo.embedded_marks == {"rating": 3, "label": "Blue"}
    assert photo.description == "At the lake"
    # Stored sideways with an EXIF orientation; the row has the upright size.
    assert (photo.width, photo.height) == (1200, 900)
    assert photo.taken_at_text == "2024-06-15T10:30:05+02:00"
    assert (photo.time_source, photo.camera) == ("exif", "Drawn Camera 1")
    assert photo.scores
    thumbnail = Image.open(io.BytesIO(read_object(storage.thumbnail_key(album.id, photo.id))))
    preview = Image.open(io.BytesIO(read_object(storage.preview_key(album.id, photo.id))))
    assert (thumbnail.size, preview.size) == ((512, 384), (1200, 900))
    assert not thumbnail.getexif()
    assert (photo.thumbnail_width, photo.thumbnail_height) == thumbnail.size
    placeholder = Image.open(io.BytesIO(base64.b64decode(photo.placeholder.partition(",")[2])))
    assert placeholder.size == (16, 12)
    shares = photo.histogram_shares
    assert shares is not None and len(shares) == 64
    expected = np.histogram(np.asarray(preview.convert("L")), 64, (0, 256))[0] / (1200 * 900)
    assert np.abs(np.array(shares) - expected).sum() < 0.1


def test_it_keeps_a_picture_at_full_size_of_what_browsers_do_not_show(album: Album, settings: Settings) -> None:
    scene = draw_scene(1, (640, 480))
    sensor = np.tile(sensor_data(scene), (4, 4))
    photo = uploaded_photo(album, dng_bytes(sensor, preview=enlarged(scene, (2560, 1920))))
    without = uploaded_photo(album, dng_bytes(sensor))
    prepare_photos([photo.id, without.id], task_id="one")
    settings.MAX_FULL_SIZE_PIXELS = 0
    unwanted = uploaded_photo(album, dng_bytes(sensor) + b"another")
    prepare_photos([unwanted.id], task_id="two")
    photo.refresh_from_db()
    assert (photo.width, photo.height, photo.content_type) == (2560, 1920, "image/x-adobe-dng")
    assert photo.capture["raw"] == "embedded"
    assert photo.capture["has_large"]
    large = Image.open(io.BytesIO(read_object(storage.large_key(album.id, photo.id))))
    assert (large.size, dict(large.getexif())) == ((2560, 1920), {})
    without.refresh_from_db()
    assert (without.capture["raw"], without.capture.get("has_large")) == ("developed", True)
    large = Image.open(io.BytesIO(read_object(storage.large_key(album.id, without.id))))
    assert (large.size, dict(large.getexif())) == ((2560, 1920), {})
    unwanted.refresh_from_db()
    assert (unwanted.capture["raw"], unwanted.capture.get("has_large")) == ("developed", None)


def test_it_prepares_a_video(album: Album, settings: Settings) -> None:
    tags = {f"{APPLE}creationdate": "2023-05-09T12:41:46+0100", f"{APPLE}model": "iPhone 14 Pro"}
    content = video_bytes(container="mov", tags=tags, turned=90)
    photo = uploaded_photo(album, content)
    prepare_photos([photo.id], task_id="one")
    photo.refresh_from_db()
    assert (photo.state, photo.kind, photo.content_type) == (State.PREPARED, "video", "video/quicktime")
    assert (photo.width, photo.height) == (120, 160)
    assert photo.taken_at_text == "2023-05-09T12:41:46+01:00"
    assert (photo.time_source, photo.camera) == ("exif", "iPhone 14 Pro")
    assert photo.capture["seconds"] == pytest.approx(0.3, abs=0.05)
    assert Image.open(io.BytesIO(read_object(storage.thumbnail_key(album.id, photo.id)))).size == (120, 160)
    settings.MAX_VIDEO_BYTES = len(content)
    large = uploaded_photo(album, video_bytes(container="mov", tags=tags, turned=180) + bytes(8))
    prepare_photos([large.id], task_id="two")
    large.refresh_from_db()
    assert (large.state, large.error_code) == (State.FAILED, "too_many_bytes")


def test_of_a_large_video_it_keeps_the_ends(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(originals, "HEAD_BYTES", 40)
    monkeypatch.setattr(originals, "TAIL_BYTES", 30)
    content = bytes(range(100))
    photo = uploaded_photo(album, content)
    whole, ends = (originals.read_original(photo, most=most) for most in (100, 99))
    assert (whole.data, whole.skipped) == (content, 0)
    assert (ends.data, ends.skipped) == (content[:40] + content[70:], 30)
    assert whole.sha256 == ends.sha256 == photo.sha256


def test_it_falls_back_to_the_files_time(album: Album) -> None:
    modified = timezone.now()
    photo = uploaded_photo(album, jpeg_bytes(draw_scene(1, (320, 240))), modified=modified)
    prepare_photos([photo.id], task_id="one")
    photo.refresh_from_db()
    assert (photo.time_source, photo.taken_at, photo.utc_offset_minutes) == ("file", modified, 0)


def test_one_bad_photo_does_not_harm_the_others(album: Album) -> None:
    good = uploaded_photo(album, jpeg_bytes(draw_scene(1, (320, 240))))
    words = uploaded_photo(album, b"not a photo at all")
    cut = uploaded_photo(album, jpeg_bytes(draw_scene(2, (640, 480)))[:9000])
    last = uploaded_photo(album, jpeg_bytes(draw_scene(3, (320, 240))))
    prepare_photos(ids_of(good, words, cut, last), task_id="one")
    states = {photo.id: photo for photo in Photo.objects.all()}
    assert [states[photo.id].state for photo in (good, words, cut, last)] == [
        State.PREPARED,
        State.FAILED,
        State.FAILED,
        State.PREPARED,
    ]
    assert [states[photo.id].error_code for photo in (words, cut)] == ["not_an_image", "truncated"]
    assert states[words.id].error_message


def test_it_fails_a_photo_whose_bytes_are_missing_or_changed(album: Album) -> None:
    gone = uploaded_photo(album, jpeg_bytes(draw_scene(1, (320, 240))))
    other = uploaded_photo(album, jpeg_bytes(draw_scene(2, (320, 240))))
    store = storage.get_storage()
    store.delete([storage.original_key(album.id, gone.id)])
    content = store.read_bytes(storage.original_key(album.id, other.id))
    store.write_bytes(storage.original_key(album.id, other.id), content[:-1] + b"\x00", "image/jpeg")
    prepare_photos(ids_of(gone, other), task_id="one")
    codes = dict(Photo.objects.values_list("id", "error_code"))
    assert (codes[gone.id], codes[other.id]) == ("object_missing", "checksum_mismatch")


def test_bytes_corrupted_in_transit_are_read_again(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = uploaded_photo(album, jpeg_bytes(draw_scene(1, (320, 240))))
    corrupting = Corruption(storage.get_storage(), times=1)
    monkeypatch.setattr(storage, "get_storage", lambda: corrupting)
    prepare_photos(ids_of(photo), task_id="one")
    photo.refresh_from_db()
    assert photo.state == State.PREPARED


@pytest.mark.parametrize(("refused", "expected_pauses"), [({0, 1}, [1, 2]), ({0, 2, 4}, [1, 1, 1])])
def test_a_message_goes_on_when_the_storage_fails_for_some_photos(
    album: Album, monkeypatch: pytest.MonkeyPatch, refused: set[int], expected_pauses: list[float]
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(prepare, "refusal_backoff", RefusalBackoff(sleep=pauses.append))
    photos = [uploaded_photo(album, jpeg_bytes(draw_scene(seed, (320, 240)))) for seed in range(5)]
    keys = {storage.original_key(album.id, photos[number].id) for number in refused}
    failing = Failure(storage.get_storage(), keys.__contains__)
    monkeypatch.setattr(storage, "get_storage", lambda: failing)

    with suppress(storage.StorageRefused):  # when the last of the message is refused
        prepare_photos(ids_of(*photos), task_id="one")

    states = dict(Photo.objects.values_list("id", "state"))
    assert [states[photo.id] for photo in photos] == [
        State.UPLOADED if number in refused else State.PREPARED for number in range(5)
    ]
    assert set(Photo.objects.values_list("attempts", "claim")) == {(0, None)}
    assert pauses == expected_pauses


def test_a_message_is_given_up_when_the_storage_refuses_three_photos_in_a_row(
    album: Album, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(prepare, "refusal_backoff", RefusalBackoff(sleep=pauses.append))
    photos = [uploaded_photo(album, jpeg_bytes(draw_scene(seed, (320, 240)))) for seed in range(6)]
    failing = Failure(storage.get_storage(), lambda _: True)
    monkeypatch.setattr(storage, "get_storage", lambda: failing)
    with pytest.raises(storage.StorageRefused):
        prepare_photos(ids_of(*photos), task_id="one")
    assert pauses == [1, 2, 4]
    # One more is downloaded ahead.
    assert len(failing.asked) == 4
    assert set(Photo.objects.values_list("state", "attempts")) == {(State.UPLOADED, 0)}


@pytest.mark.parametrize("both", [False, True])
def test_a_storage_that_took_one_of_the_pictures_is_no_reason_to_pause(
    album: Album, monkeypatch: pytest.MonkeyPatch, both: bool
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(prepare, "refusal_backoff", RefusalBackoff(sleep=pauses.append))
    photos = [uploaded_photo(album, jpeg_bytes(draw_scene(seed, (320, 240)))) for seed in range(4)]
    refused = ("/preview", "/thumbnail") if both else ("/thumbnail",)
    failing = Failure(storage.get_storage(), lambda key: key.endswith(refused))
    monkeypatch.setattr(storage, "get_storage", lambda: failing)
    with suppress(storage.StorageRefused):
        prepare_photos(ids_of(*photos), task_id="one")
    assert pauses == ([1, 2, 4] if both else [])
    assert set(Photo.objects.values_list("state", "attempts", "claim")) == {(State.UPLOADED, 0, None)}


@pytest.fixture
def bad_decoder(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Restarts this process's sandbox with a decoder that some photos crash."""
    monkeypatch.setenv("PYTHONPATH", str(Path(faults.__file__).parent))
    runtime.sandbox().close()
    yield
    runtime.sandbox().close()


@pytest.mark.usefixtures("bad_decoder")
@pytest.mark.parametrize(
    ("fault", "code"),
    [(faults.CRASH, "crashed"), (faults.STUMBLE, "crashed"), (faults.TAKE_FOREVER, "too_slow")],
)
def test_a_photo_that_crashes_the_decoder_fails_after_three_attempts(
    album: Album, monkeypatch: pytest.MonkeyPatch, fault: bytes, code: str
) -> None:
    contents = [jpeg_bytes(draw_scene(seed, (320, 240))) for seed in range(3)]
    contents[1] = faults.with_fault(contents[1], fault)
    before, bad, after = (uploaded_photo(album, content) for content in contents)
    if code == "too_slow":
        monkeypatch.setattr(runtime.sandbox(), "_seconds", 2.0)
    for attempt in (1, 2, 3):
        prepare_photos(ids_of(before, bad, after) if attempt == 1 else [bad.id], task_id=f"task {attempt}")
        bad.refresh_from_db()
        assert bad.claim is None
        if attempt < 3:
            assert (bad.state, bad.attempts) == (State.UPLOADED, attempt)
    assert (bad.state, bad.error_code) == (State.FAILED, code)
    assert bad.error_message
    for neighbour in (before, after):
        neighbour.refresh_from_db()
        assert (neighbour.state, neighbour.attempts) == (State.PREPARED, 0)


@pytest.mark.usefixtures("bad_decoder")
def test_a_photo_that_exhausts_memory_fails_at_once(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    good = jpeg_bytes(draw_scene(1, (320, 240)))
    monkeypatch.setattr(runtime.sandbox(), "_memory", 1 << 30)
    bad = uploaded_photo(album, faults.with_fault(good, faults.EAT_MEMORY))
    neighbour = uploaded_photo(album, good)
    prepare_photos(ids_of(bad, neighbour), task_id="one")
    assert [Photo.objects.get(id=photo.id).error_code for photo in (bad, neighbour)] == ["out_of_memory", ""]
