"""Building a zip: missing, changed and deleted originals, and removed locations."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from albums import storage
from albums.export_plan import ExportOptions
from albums.models import Album, Export, Photo
from albums.services.exports import export_create
from albums.services.photos import photos_delete
from albums.services.recovery import objects_delete
from albums.services.review import photos_decide
from tests.drawing import draw_scene, jpeg_bytes, write_album
from tests.worker.stages.steps import Corruption, read_object, run_all, uploaded_photo
from worker.stages.export import build_export

pytestmark = pytest.mark.django_db(transaction=True)
State = Photo.State


def test_it_builds_the_same_zip_twice(album: Album, tmp_path: Path) -> None:
    shots = write_album(tmp_path, moments=2, shots=2, seed=6)
    originals = {shot.path.name: shot.path.read_bytes() for shot in shots}
    for name, content in originals.items():
        uploaded_photo(album, content, name)
    run_all(album)
    zips = []
    for _ in range(2):
        export = export_create(album)
        build_export(export.id, task_id="one")
        export.refresh_from_db()
        assert export.state == Export.State.READY
        zips.append(read_object(storage.export_key(album.id, export.id)))
        assert export.byte_size == len(zips[-1])
    assert zips[0] == zips[1]
    archive = zipfile.ZipFile(io.BytesIO(zips[0]))
    assert archive.testzip() is None
    assert len(archive.infolist()) == 2
    for entry in archive.infolist():
        assert archive.read(entry) == originals[entry.filename.partition(" ")[2]]
        assert entry.compress_type == zipfile.ZIP_STORED


def test_a_missing_original_fails_the_zip_and_leaves_none(album: Album) -> None:
    photo = uploaded_photo(album, jpeg_bytes(draw_scene(1, (320, 240))), "sea.jpg")
    run_all(album)
    export = export_create(album)
    storage.get_storage().delete([storage.original_key(album.id, photo.id)])
    build_export(export.id, task_id="one")
    export.refresh_from_db()
    assert (export.state, export.error_code) == (Export.State.FAILED, "original_missing")
    # By its name in the album, not in the zip.
    assert export.entries == [[str(photo.id), "001 sea.jpg"]]
    assert export.error_photo_name == "sea.jpg"
    assert "'sea.jpg' is missing" in export.error_message
    assert storage.get_storage().size(storage.export_key(album.id, export.id)) is None


def test_a_photo_deleted_during_the_build_is_left_out(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = jpeg_bytes(draw_scene(1, (320, 240)))
    uploaded_photo(album, kept, "kept.jpg")
    deleted = uploaded_photo(album, jpeg_bytes(draw_scene(2, (320, 240))), "deleted.jpg")
    run_all(album)
    export = export_create(album)
    store = storage.get_storage()
    begin = store.open_writer

    def delete_and_begin(*arguments: Any, **options: Any) -> Any:
        photos_delete(album, [deleted.id])
        objects_delete()
        return begin(*arguments, **options)

    with monkeypatch.context() as deleting:
        deleting.setattr(store, "open_writer", delete_and_begin)
        build_export(export.id, task_id="one")
    export.refresh_from_db()
    assert (export.state, export.attempts, export.error_code) == (Export.State.QUEUED, 0, "")

    build_export(export.id, task_id="two")

    export.refresh_from_db()
    assert export.state == Export.State.READY
    archive = zipfile.ZipFile(io.BytesIO(read_object(storage.export_key(album.id, export.id))))
    [entry] = archive.infolist()
    assert archive.read(entry) == kept


def test_the_expected_size_of_a_zip_is_that_of_its_photos_alone(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    picked = uploaded_photo(album, jpeg_bytes(draw_scene(1, (320, 240))), "picked.jpg")
    left_out = uploaded_photo(album, jpeg_bytes(draw_scene(2, (320, 240))), "left out.jpg")
    run_all(album)
    photos_decide(album, [left_out.id], "reject")
    export = export_create(album)
    assert [photo_id for photo_id, _ in export.entries] == [str(picked.id)]
    store = storage.get_storage()
    begin, expected = store.open_writer, []

    def note_and_begin(*arguments: Any, expected_size: int, **options: Any) -> Any:
        expected.append(expected_size)
        return begin(*arguments, expected_size=expected_size, **options)

    monkeypatch.setattr(store, "open_writer", note_and_begin)
    build_export(export.id, task_id="one")

    assert expected == [picked.byte_size]


def test_an_original_that_has_grown_is_corrupted(album: Album) -> None:
    content = jpeg_bytes(draw_scene(1, (320, 240)))
    photo = uploaded_photo(album, content, "sea.jpg")
    run_all(album)
    export = export_create(album)
    storage.get_storage().write_bytes(storage.original_key(album.id, photo.id), content + b"more", "image/jpeg")
    for attempt in range(3):
        build_export(export.id, task_id=str(attempt))
    export.refresh_from_db()
    assert (export.state, export.error_code) == (Export.State.FAILED, "original_corrupted")
    assert export.error_photo_name == "sea.jpg"


@pytest.mark.parametrize("location", ["keep", "strip"])
@pytest.mark.parametrize(("times", "ends"), [(2, Export.State.READY), (3, Export.State.FAILED)])
def test_a_corrupted_original_never_gets_into_a_zip(
    album: Album, monkeypatch: pytest.MonkeyPatch, location: str, times: int, ends: str
) -> None:
    content = jpeg_bytes(draw_scene(1, (320, 240)))
    uploaded_photo(album, content, "sea.jpg")
    run_all(album)
    export = export_create(album, ExportOptions(location=location))
    store = storage.get_storage()
    corrupting = Corruption(store, times)
    monkeypatch.setattr(storage, "get_storage", lambda: corrupting)

    for attempt in range(3):
        build_export(export.id, task_id=str(attempt))
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


def test_it_releases_an_export_uncounted_when_storage_refuses(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    uploaded_photo(album, jpeg_bytes(draw_scene(1, (320, 240))))
    run_all(album)
    export = export_create(album)

    def refuse(*_: Any, **__: Any) -> None:
        raise storage.StorageRefused("The clocks differ.")

    with monkeypatch.context() as refusing:
        refusing.setattr(type(storage.get_storage()), "open_writer", refuse)
        with pytest.raises(storage.StorageRefused):
            build_export(export.id, task_id="one")
    export.refresh_from_db()
    assert (export.state, export.attempts, export.claim) == (Export.State.QUEUED, 0, None)
    build_export(export.id, task_id="two")
    export.refresh_from_db()
    assert export.state == Export.State.READY


def test_a_zip_can_leave_out_locations(album: Album) -> None:
    scene = Image.fromarray(np.asarray(draw_scene(1, (320, 240))))
    tags = Image.Exif()
    tags[0x010F] = "Drawn"
    tags.get_ifd(0x8825).update({1: "N", 2: (59.0, 19.0, 45.0)})
    buffer, broken = io.BytesIO(), io.BytesIO()
    scene.save(buffer, "JPEG", exif=tags)
    scene.save(broken, "WEBP", xmp=b"GPSLatitude in words")
    placed = uploaded_photo(album, buffer.getvalue(), "placed.jpg")
    uploaded_photo(album, broken.getvalue(), "broken.webp")
    run_all(album)
    zips = []
    for location in ("strip", "strip", "keep"):
        export = export_create(album, ExportOptions(selection="all", location=location))
        build_export(export.id, task_id="one")
        export.refresh_from_db()
        assert export.state == Export.State.READY
        names = [name for _, name in export.entries]
        assert export.not_cleaned == ([name for name in names if "broken" in name] if location == "strip" else [])
        zips.append(read_object(storage.export_key(album.id, export.id)))
    assert zips[0] == zips[1]
    assert len(zips[0]) == len(zips[2])
    [name] = [name for name in names if "placed" in name]
    stripped, kept = (zipfile.ZipFile(io.BytesIO(content)).read(name) for content in zips[1:])
    assert kept == buffer.getvalue()
    with Image.open(io.BytesIO(stripped)) as image, Image.open(io.BytesIO(kept)) as original:
        assert not image.getexif().get_ifd(0x8825)
        assert image.getexif()[0x010F] == "Drawn"
        assert image.tobytes() == original.tobytes()
    assert read_object(storage.original_key(album.id, placed.id)) == buffer.getvalue()
