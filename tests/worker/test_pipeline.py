"""The stages of a photo, on real bytes and pixels, without a queue."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pytest
from django.utils import timezone
from PIL import Image

from albums import selectors, storage
from albums.export_plan import ExportOptions
from albums.models import Album, Embedding, Export, Photo
from albums.services.exports import export_create
from albums.services.photos import photos_delete, photos_reembed, photos_retry
from albums.services.recovery import objects_delete
from albums.services.review import album_regroup, clusters_merge, clusters_release, clusters_split
from albums.services.uploads import UploadRequest, uploads_complete, uploads_create
from tests.bad_decoder import sitecustomize as faults
from tests.drawing import draw_scene, jpeg_bytes, write_album
from tests.making import make_album
from web.accounts.models import User
from worker import pipeline, runtime

pytestmark = pytest.mark.django_db(transaction=True)
State = Photo.State


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


def _uploaded(album: Album, content: bytes, name: str = "photo.jpg", modified: datetime | None = None) -> Photo:
    request = UploadRequest(name, len(content), hashlib.sha256(content).hexdigest(), "image/jpeg", modified)
    [result] = uploads_create(album, [request])
    assert result.photo is not None
    storage.get_storage().write_bytes(storage.original_key(album.id, result.photo.id), content, "image/jpeg")
    uploads_complete(album, [result.photo.id])
    return result.photo


def _ids(*photos: Photo) -> list[UUID]:
    return [photo.id for photo in photos]


def _run_all(album: Album) -> None:
    """What the workers would do until the album is done."""
    ids = list(Photo.objects.filter(album=album).values_list("id", flat=True))
    pipeline.prepare_photos(ids, task_id="prepare")
    pipeline.embed_photos(ids, task_id="embed")
    pipeline.group_album(album.id, task_id="group")


def test_it_prepares_a_photo(album: Album) -> None:
    taken = datetime(2024, 6, 15, 10, 30, 5)  # noqa: DTZ001 - as cameras write it
    content = jpeg_bytes(
        draw_scene(1, (1200, 900)), taken_at=taken, offset="+02:00", orientation=6, camera=("Drawn", "Camera 1")
    )
    photo = _uploaded(album, content)
    pipeline.prepare_photos([photo.id], task_id="one")
    photo.refresh_from_db()
    assert (photo.state, photo.content_type, photo.attempts) == (State.PREPARED, "image/jpeg", 0)
    # Stored lying on its side, told upright.
    assert (photo.width, photo.height) == (1200, 900)
    assert photo.taken_at_text == "2024-06-15T10:30:05+02:00"
    assert (photo.time_source, photo.camera) == ("exif", "Drawn Camera 1")
    assert photo.scores
    thumbnail = Image.open(io.BytesIO(_read(storage.thumbnail_key(album.id, photo.id))))
    preview = Image.open(io.BytesIO(_read(storage.preview_key(album.id, photo.id))))
    assert (thumbnail.size, preview.size) == ((512, 384), (1200, 900))
    assert not thumbnail.getexif()
    assert (photo.thumbnail_width, photo.thumbnail_height) == thumbnail.size
    placeholder = Image.open(io.BytesIO(base64.b64decode(photo.placeholder.partition(",")[2])))
    assert placeholder.size == (16, 12)
    shares = photo.histogram_shares
    assert shares is not None and len(shares) == 64
    expected = np.histogram(np.asarray(preview.convert("L")), 64, (0, 256))[0] / (1200 * 900)
    assert np.abs(np.array(shares) - expected).sum() < 0.1


def _read(key: str) -> bytes:
    return storage.get_storage().read_bytes(key)


def test_it_takes_the_files_time_and_says_so(album: Album) -> None:
    modified = timezone.now()
    photo = _uploaded(album, jpeg_bytes(draw_scene(1, (320, 240))), modified=modified)
    pipeline.prepare_photos([photo.id], task_id="one")
    photo.refresh_from_db()
    assert (photo.time_source, photo.taken_at, photo.utc_offset_minutes) == ("file", modified, 0)


def test_one_bad_photo_does_not_harm_the_others(album: Album) -> None:
    good = _uploaded(album, jpeg_bytes(draw_scene(1, (320, 240))))
    words = _uploaded(album, b"not a photo at all")
    cut = _uploaded(album, jpeg_bytes(draw_scene(2, (640, 480)))[:9000])
    last = _uploaded(album, jpeg_bytes(draw_scene(3, (320, 240))))
    pipeline.prepare_photos(_ids(good, words, cut, last), task_id="one")
    states = {photo.id: photo for photo in Photo.objects.all()}
    assert [states[photo.id].state for photo in (good, words, cut, last)] == [
        State.PREPARED,
        State.FAILED,
        State.FAILED,
        State.PREPARED,
    ]
    assert [states[photo.id].error_code for photo in (words, cut)] == ["not_an_image", "truncated"]
    assert states[words.id].error_message


def test_it_fails_a_photo_whose_bytes_are_gone_or_others(album: Album) -> None:
    gone = _uploaded(album, jpeg_bytes(draw_scene(1, (320, 240))))
    other = _uploaded(album, jpeg_bytes(draw_scene(2, (320, 240))))
    store = storage.get_storage()
    store.delete([storage.original_key(album.id, gone.id)])
    content = store.read_bytes(storage.original_key(album.id, other.id))
    store.write_bytes(storage.original_key(album.id, other.id), content[:-1] + b"\x00", "image/jpeg")
    pipeline.prepare_photos(_ids(gone, other), task_id="one")
    codes = dict(Photo.objects.values_list("id", "error_code"))
    assert (codes[gone.id], codes[other.id]) == ("object_missing", "checksum_mismatch")


class _Corruption:
    """The storage, whose next so many answers have a bit turned over on their way."""

    def __init__(self, store: storage.Storage, times: int) -> None:
        self._store = store
        self._left = times

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def read_bytes(self, key: str) -> bytes:
        with self.open_read(key) as chunks:
            return b"".join(chunks)

    @contextmanager
    def open_read(self, key: str) -> Iterator[Iterator[bytes]]:
        with self._store.open_read(key) as chunks:
            yield map(self._corrupted, chunks)

    def _corrupted(self, chunk: bytes) -> bytes:
        if self._left == 0:
            return chunk
        self._left -= 1
        return chunk[:-10] + bytes([chunk[-10] ^ 1]) + chunk[-9:]


def test_bytes_that_were_spoiled_on_their_way_are_read_again(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = _uploaded(album, jpeg_bytes(draw_scene(1, (320, 240))))
    corrupting = _Corruption(storage.get_storage(), times=1)
    monkeypatch.setattr(storage, "get_storage", lambda: corrupting)
    pipeline.prepare_photos(_ids(photo), task_id="one")
    photo.refresh_from_db()
    assert photo.state == State.PREPARED


def test_it_can_prepare_twice_and_embed_twice(album: Album) -> None:
    photo = _uploaded(album, jpeg_bytes(draw_scene(1, (320, 240))))
    for _ in range(2):
        pipeline.prepare_photos([photo.id], task_id="one")
    for _ in range(2):
        pipeline.embed_photos([photo.id], task_id="two")
    photo.refresh_from_db()
    assert (photo.state, Embedding.objects.count()) == (State.ANALYZED, 1)


def test_it_passes_over_photos_that_are_gone(album: Album) -> None:
    pipeline.prepare_photos([uuid4()], task_id="one")
    pipeline.embed_photos([uuid4()], task_id="one")
    pipeline.group_album(uuid4(), task_id="one")
    pipeline.build_export(uuid4(), task_id="one")


def test_a_lost_thumbnail_fails_one_photo_and_retry_mends_it(album: Album) -> None:
    photos = [_uploaded(album, jpeg_bytes(draw_scene(seed, (320, 240)))) for seed in range(3)]
    pipeline.prepare_photos(_ids(*photos), task_id="one")
    storage.get_storage().delete([storage.thumbnail_key(album.id, photos[1].id)])
    pipeline.embed_photos(_ids(*photos), task_id="two")
    states = [photo.state for photo in Photo.objects.order_by("created_at")]
    assert states == [State.ANALYZED, State.FAILED, State.ANALYZED]
    photos_retry(album)
    _run_all(album)
    assert set(Photo.objects.values_list("state", flat=True)) == {State.ANALYZED}


def test_it_groups_picks_and_explains(album: Album, tmp_path: Path) -> None:
    shots = write_album(tmp_path, moments=3, shots=[4, 3, 1], seed=5)
    photos = {shot.path.name: _uploaded(album, shot.path.read_bytes(), shot.path.name) for shot in shots}
    _run_all(album)
    album.refresh_from_db()
    assert album.grouping == Album.Grouping.CURRENT
    clusters = list(selectors.clusters_of(album))
    found = [{photo.name for photo in cluster.photos.all()} for cluster in clusters]
    assert found == [{shot.path.name for shot in shots if shot.moment == moment} for moment in (0, 1)]
    # The one shot of each moment that was drawn without a flaw is the pick.
    picks = {photo.name for cluster in clusters for photo in cluster.photos.all() if photo.picked}
    assert picks == {shot.path.name for shot in shots if shot.is_best and shot.moment < 2}
    single = photos[shots[-1].path.name]
    single.refresh_from_db()
    assert (single.cluster, single.picked) == (None, True)
    for photo in Photo.objects.all():
        assert all(reason["code"] and reason["text"] for reason in photo.reasons)


def test_it_builds_the_same_zip_twice(album: Album, tmp_path: Path) -> None:
    shots = write_album(tmp_path, moments=2, shots=2, seed=6)
    originals = {shot.path.name: shot.path.read_bytes() for shot in shots}
    for name, content in originals.items():
        _uploaded(album, content, name)
    _run_all(album)
    zips = []
    for _ in range(2):
        export = export_create(album)
        pipeline.build_export(export.id, task_id="one")
        export.refresh_from_db()
        assert export.state == Export.State.READY
        zips.append(_read(storage.export_key(album.id, export.id)))
        assert export.byte_size == len(zips[-1])
    assert zips[0] == zips[1]
    archive = zipfile.ZipFile(io.BytesIO(zips[0]))
    assert archive.testzip() is None
    assert len(archive.infolist()) == 2
    for entry in archive.infolist():
        assert archive.read(entry) == originals[entry.filename.partition(" ")[2]]
        assert entry.compress_type == zipfile.ZIP_STORED


def test_a_missing_original_fails_the_zip_and_leaves_none(album: Album) -> None:
    photo = _uploaded(album, jpeg_bytes(draw_scene(1, (320, 240))), "sea.jpg")
    _run_all(album)
    export = export_create(album)
    storage.get_storage().delete([storage.original_key(album.id, photo.id)])
    pipeline.build_export(export.id, task_id="one")
    export.refresh_from_db()
    assert (export.state, export.error_code) == (Export.State.FAILED, "original_missing")
    # As the album names it, whatever it would have been called in the zip.
    assert export.entries == [[str(photo.id), "001 sea.jpg"]]
    assert export.error_photo_name == "sea.jpg"
    assert "'sea.jpg' is missing" in export.error_message
    assert storage.get_storage().size(storage.export_key(album.id, export.id)) is None


def test_a_photo_that_is_deleted_while_the_zip_is_built_is_left_out(
    album: Album, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = jpeg_bytes(draw_scene(1, (320, 240)))
    _uploaded(album, kept, "kept.jpg")
    deleted = _uploaded(album, jpeg_bytes(draw_scene(2, (320, 240))), "deleted.jpg")
    _run_all(album)
    export = export_create(album)
    store = storage.get_storage()
    begin = store.open_writer

    def delete_and_begin(*arguments: Any, **options: Any) -> Any:
        photos_delete(album, [deleted.id])
        objects_delete()
        return begin(*arguments, **options)

    with monkeypatch.context() as deleting:
        deleting.setattr(store, "open_writer", delete_and_begin)
        pipeline.build_export(export.id, task_id="one")
    export.refresh_from_db()
    assert (export.state, export.attempts, export.error_code) == (Export.State.QUEUED, 0, "")

    pipeline.build_export(export.id, task_id="two")

    export.refresh_from_db()
    assert export.state == Export.State.READY
    archive = zipfile.ZipFile(io.BytesIO(_read(storage.export_key(album.id, export.id))))
    [entry] = archive.infolist()
    assert archive.read(entry) == kept


def test_an_original_that_has_grown_is_spoiled(album: Album) -> None:
    content = jpeg_bytes(draw_scene(1, (320, 240)))
    photo = _uploaded(album, content, "sea.jpg")
    _run_all(album)
    export = export_create(album)
    storage.get_storage().write_bytes(storage.original_key(album.id, photo.id), content + b"more", "image/jpeg")
    for attempt in range(3):
        pipeline.build_export(export.id, task_id=str(attempt))
    export.refresh_from_db()
    assert (export.state, export.error_code) == (Export.State.FAILED, "original_corrupted")
    assert export.error_photo_name == "sea.jpg"


@pytest.mark.parametrize("location", ["keep", "strip"])
@pytest.mark.parametrize(("times", "ends"), [(2, Export.State.READY), (3, Export.State.FAILED)])
def test_a_spoiled_original_never_gets_into_a_zip(
    album: Album, monkeypatch: pytest.MonkeyPatch, location: str, times: int, ends: str
) -> None:
    content = jpeg_bytes(draw_scene(1, (320, 240)))
    _uploaded(album, content, "sea.jpg")
    _run_all(album)
    export = export_create(album, ExportOptions(location=location))
    store = storage.get_storage()
    corrupting = _Corruption(store, times)
    monkeypatch.setattr(storage, "get_storage", lambda: corrupting)

    for attempt in range(3):
        pipeline.build_export(export.id, task_id=str(attempt))
        export.refresh_from_db()
        assert attempt == 2 or export.state == Export.State.QUEUED

    assert export.state == ends
    key = storage.export_key(album.id, export.id)
    if ends == Export.State.FAILED:
        assert (export.error_code, export.error_photo_name) == ("original_corrupted", "sea.jpg")
        assert "'sea.jpg' is damaged" in export.error_message
        assert store.size(key) is None
    else:
        [entry] = zipfile.ZipFile(io.BytesIO(store.read_bytes(key))).infolist()
        assert entry.file_size == len(content)


def test_vectors_of_two_models_are_never_compared(album: Album) -> None:
    """The same shot under two models stays two singles, until it is described anew."""
    scene = draw_scene(1, (640, 480))
    taken = datetime(2024, 6, 15, 10, 30)  # noqa: DTZ001
    first = _uploaded(album, jpeg_bytes(scene, taken_at=taken))
    second = _uploaded(album, jpeg_bytes(scene, taken_at=taken, quality=80))
    _run_all(album)
    assert selectors.clusters_of(album).count() == 1
    Embedding.objects.filter(photo=second).update(model="another", version="1")
    album_regroup(album)
    pipeline.group_album(album.id, task_id="again")
    assert selectors.clusters_of(album).count() == 0
    current = Embedding.objects.get(photo=first)
    assert photos_reembed(model=current.model, version=current.version) == 1
    assert photos_reembed(model=current.model, version=current.version) == 0
    _run_all(album)
    assert selectors.clusters_of(album).count() == 1


def test_groups_that_people_made_survive_every_grouping(album: Album, tmp_path: Path) -> None:
    shots = write_album(tmp_path, moments=2, shots=[4, 3], seed=5)
    for shot in shots:
        _uploaded(album, shot.path.read_bytes(), shot.path.name)
    _run_all(album)
    first, second = selectors.clusters_of(album)
    chosen = [photo.id for photo in first.photos.all()[:2]]
    clusters_split(album, chosen)
    single, moved, left = (photo.id for photo in second.photos.all())
    clusters_split(album, [single])
    clusters_merge(album, photo_ids=[moved], cluster_ids=[first.id])
    arranged = _groups(album)
    assert arranged == {frozenset(chosen), frozenset({*_group_ids(album, moved)})}
    for similarity in (0.0, 1.0):
        album_regroup(album, similarity=similarity)
        pipeline.group_album(album.id, task_id=f"at {similarity}")
        assert _groups(album) == arranged
    assert Photo.objects.filter(id__in=[single, left], cluster=None, picked=True).count() == 2
    for cluster in selectors.clusters_of(album):
        qualities = [photo.quality for photo in cluster.photos.all()]
        assert qualities == sorted(qualities, reverse=True)
    clusters_release(album, everything=True)
    album_regroup(album, similarity=0.5)
    pipeline.group_album(album.id, task_id="released")
    assert sorted(len(group) for group in _groups(album)) == [3, 4]


def _groups(album: Album) -> set[frozenset[UUID]]:
    return {frozenset(photo.id for photo in cluster.photos.all()) for cluster in selectors.clusters_of(album)}


def _group_ids(album: Album, photo_id: UUID) -> list[UUID]:
    return list(Photo.objects.filter(cluster__photos__id=photo_id).values_list("id", flat=True))


def test_a_zip_that_the_storage_refuses_is_given_back_uncounted_and_the_refusal_told(
    album: Album, monkeypatch: pytest.MonkeyPatch
) -> None:
    _uploaded(album, jpeg_bytes(draw_scene(1, (320, 240))))
    _run_all(album)
    export = export_create(album)

    def refuse(*_: Any, **__: Any) -> None:
        raise storage.StorageRefused("The clocks differ.")

    with monkeypatch.context() as refusing:
        refusing.setattr(type(storage.get_storage()), "open_writer", refuse)
        with pytest.raises(storage.StorageRefused):
            pipeline.build_export(export.id, task_id="one")
    export.refresh_from_db()
    assert (export.state, export.attempts, export.claim) == (Export.State.QUEUED, 0, None)
    pipeline.build_export(export.id, task_id="two")
    export.refresh_from_db()
    assert export.state == Export.State.READY


def test_a_zip_can_go_without_the_place(album: Album) -> None:
    scene = Image.fromarray(np.asarray(draw_scene(1, (320, 240))))
    tags = Image.Exif()
    tags[0x010F] = "Drawn"
    tags.get_ifd(0x8825).update({1: "N", 2: (59.0, 19.0, 45.0)})
    buffer, broken = io.BytesIO(), io.BytesIO()
    scene.save(buffer, "JPEG", exif=tags)
    scene.save(broken, "WEBP", xmp=b"GPSLatitude in words")
    placed = _uploaded(album, buffer.getvalue(), "placed.jpg")
    _uploaded(album, broken.getvalue(), "broken.webp")
    _run_all(album)
    zips = []
    for location in ("strip", "strip", "keep"):
        export = export_create(album, ExportOptions(selection="all", location=location))
        pipeline.build_export(export.id, task_id="one")
        export.refresh_from_db()
        assert export.state == Export.State.READY
        names = [name for _, name in export.entries]
        assert export.not_cleaned == ([name for name in names if "broken" in name] if location == "strip" else [])
        zips.append(_read(storage.export_key(album.id, export.id)))
    assert zips[0] == zips[1]
    assert len(zips[0]) == len(zips[2])
    [name] = [name for name in names if "placed" in name]
    stripped, kept = (zipfile.ZipFile(io.BytesIO(content)).read(name) for content in zips[1:])
    assert kept == buffer.getvalue()
    with Image.open(io.BytesIO(stripped)) as image, Image.open(io.BytesIO(kept)) as original:
        assert not image.getexif().get_ifd(0x8825)
        assert image.getexif()[0x010F] == "Drawn"
        assert image.tobytes() == original.tobytes()
    assert _read(storage.original_key(album.id, placed.id)) == buffer.getvalue()


@pytest.fixture
def bad_decoder(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The sandbox of this process starts anew, with a decoder that some photos bring down."""
    monkeypatch.setenv("PYTHONPATH", str(Path(faults.__file__).parent))
    runtime.sandbox().close()
    yield
    runtime.sandbox().close()


@pytest.mark.usefixtures("bad_decoder")
@pytest.mark.parametrize(
    ("fault", "code"),
    [(faults.CRASH, "crashed"), (faults.STUMBLE, "crashed"), (faults.TAKE_FOR_EVER, "too_slow")],
)
def test_a_photo_that_brings_the_decoder_down_is_set_aside_after_three_attempts(
    album: Album, monkeypatch: pytest.MonkeyPatch, fault: bytes, code: str
) -> None:
    contents = [jpeg_bytes(draw_scene(seed, (320, 240))) for seed in range(3)]
    contents[1] = faults.with_fault(contents[1], fault)
    before, bad, after = (_uploaded(album, content) for content in contents)
    if code == "too_slow":
        monkeypatch.setattr(runtime.sandbox(), "_seconds", 4.0)
    for attempt in (1, 2, 3):
        pipeline.prepare_photos(_ids(before, bad, after) if attempt == 1 else [bad.id], task_id=f"task {attempt}")
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
def test_a_photo_that_eats_memory_fails_at_once(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    good = jpeg_bytes(draw_scene(1, (320, 240)))
    monkeypatch.setattr(runtime.sandbox(), "_memory", 1 << 30)
    bad = _uploaded(album, faults.with_fault(good, faults.EAT_MEMORY))
    neighbour = _uploaded(album, good)
    pipeline.prepare_photos(_ids(bad, neighbour), task_id="one")
    assert [Photo.objects.get(id=photo.id).error_code for photo in (bad, neighbour)] == ["out_of_memory", ""]
