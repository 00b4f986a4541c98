"""Building a zip: missing, changed and deleted originals, and removed locations."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from albums import storage
from albums.analysis import Marks
from albums.exports.plan import ExportOptions
from albums.models import Album, Export, Photo
from albums.services.albums import album_delete
from albums.services.exports import export_create, export_mark_ready
from albums.services.photos import photos_delete
from albums.services.recovery import objects_delete
from albums.services.review import photos_decide, photos_star
from tests.bad_decoder import sitecustomize as faults
from tests.bad_decoder.sitecustomize import with_fault
from tests.drawing import draw_scene, jpeg_bytes, write_album
from tests.photo_files import png_bytes, written
from tests.video_files import video_bytes
from tests.worker.stages.steps import Corruption, read_object, run_all, uploaded_photo
from worker import runtime
from worker.analysis.marking import marked
from worker.analysis.stripping import strip
from worker.sandbox import SandboxUnavailable, client, pipes
from worker.stages import export as export_stage
from worker.stages import heartbeats
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


def test_nothing_is_left_of_an_export_that_was_deleted_while_its_last_bytes_were_written(
    album: Album, monkeypatch: pytest.MonkeyPatch
) -> None:
    uploaded_photo(album, jpeg_bytes(draw_scene(1, (320, 240))))
    run_all(album)
    export = export_create(album)
    key = storage.export_key(album.id, export.id)

    def delete_before(*arguments: Any, **options: Any) -> bool:
        assert storage.get_storage().size(key)
        album_delete(album)
        objects_delete()
        return export_mark_ready(*arguments, **options)

    monkeypatch.setattr(export_stage, "export_mark_ready", delete_before)
    monkeypatch.setattr(storage.FolderStorage, "delete_prefix", lambda *_: None)  # it came before the last bytes
    build_export(export.id, task_id="one")
    assert storage.get_storage().size(key) is None


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
        archive = zipfile.ZipFile(io.BytesIO(store.read_bytes(key)))
        assert archive.testzip() is None
        [name] = archive.namelist()
        assert archive.read(name) == (content if location == "keep" else strip(content))


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


def placed_jpeg() -> bytes:
    tags = Image.Exif()
    tags[0x010F] = "Drawn"
    tags.get_ifd(0x8825).update({1: "N", 2: (59.0, 19.0, 45.0)})
    return written(Image.fromarray(draw_scene(1, (320, 240))), "JPEG", exif=tags, comment=b"At home")


def stripped_export(album: Album) -> Export:
    export = export_create(album, ExportOptions(selection="all", location="strip"))
    build_export(export.id, task_id="one")
    export.refresh_from_db()
    return export


def archive_of(export: Export) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(read_object(storage.export_key(export.album_id, export.id))))


def test_a_zip_can_leave_out_locations(album: Album) -> None:
    placed, private = placed_jpeg(), png_bytes(8, 8, (b"prVt", b"at home"), rows=bytes(16))
    photo = uploaded_photo(album, placed, "placed.jpg")
    uploaded_photo(album, private, "private.png")
    run_all(album)
    first, second = stripped_export(album), stripped_export(album)
    assert first.state == second.state == Export.State.READY
    assert (first.not_cleaned, first.not_cleaned_reasons) == ([], {})
    with archive_of(first) as zipped, archive_of(second) as again:
        files = {name.split(" ", 1)[1]: zipped.read(name) for name in zipped.namelist()}
        assert [zipped.read(name) for name in zipped.namelist()] == [again.read(name) for name in again.namelist()]
        assert zipped.testzip() is None
    assert b"at home" not in files["private.png"] and b"At home" not in files["placed.jpg"]
    with Image.open(io.BytesIO(files["placed.jpg"])) as image, Image.open(io.BytesIO(placed)) as original:
        assert not image.getexif().get_ifd(0x8825)
        assert image.getexif()[0x010F] == "Drawn"
        assert image.tobytes() == original.tobytes()
    assert read_object(storage.original_key(album.id, photo.id)) == placed


def test_a_file_that_cannot_be_stripped_is_unchanged_and_named_with_the_reason(album: Album) -> None:
    cut = jpeg_bytes(draw_scene(1, (320, 240)))[:-2]
    uploaded_photo(album, cut, "cut.jpg")
    uploaded_photo(album, placed_jpeg(), "whole.jpg")
    run_all(album)
    export = stripped_export(album)
    assert export.state == Export.State.READY
    [named] = export.not_cleaned
    assert named.endswith("cut.jpg")
    assert export.not_cleaned_reasons == {named: "damaged"}
    assert archive_of(export).read(named) == cut


def test_a_video_is_unchanged_and_named(album: Album) -> None:
    content = video_bytes(tags={"location": "+59.3293+018.0686/"})
    uploaded_photo(album, content, "film.mp4")
    run_all(album)
    export = stripped_export(album)
    [named] = export.not_cleaned
    assert export.not_cleaned_reasons == {named: "video"}
    assert archive_of(export).read(named) == content


@pytest.mark.parametrize("fault", [faults.CRASH, faults.TAKE_FOREVER])
def test_a_file_that_brings_the_sandbox_down_is_named(
    album: Album, monkeypatch: pytest.MonkeyPatch, fault: bytes
) -> None:
    hostile = with_fault(placed_jpeg(), fault)
    uploaded_photo(album, hostile, "hostile.jpg")
    uploaded_photo(album, jpeg_bytes(draw_scene(2, (320, 240))), "other.jpg")
    run_all(album)
    beats: list[int] = []

    def heartbeat(*_: object, photos_written: int) -> bool:
        beats.append(photos_written)
        return True

    monkeypatch.setattr(heartbeats, "_HEARTBEAT_SECONDS", 0.0)
    monkeypatch.setattr(export_stage, "export_heartbeat", heartbeat)
    monkeypatch.setattr(client, "_REWRITE_SECONDS", 1.5)
    monkeypatch.setattr(pipes, "_WAIT_SECONDS", 0.01)
    # From here on the sandbox has the fault; the preparation had none.
    monkeypatch.setenv("PYTHONPATH", str(Path(faults.__file__).parent))
    runtime.sandbox().close()
    try:
        export = stripped_export(album)
    finally:
        runtime.sandbox().close()
    assert export.state == Export.State.READY
    [named] = export.not_cleaned
    assert named.endswith("hostile.jpg")
    assert export.not_cleaned_reasons == {named: "not_finished"}
    assert archive_of(export).read(named) == hostile
    if fault == faults.TAKE_FOREVER:
        assert len(beats) > 50, "the export's heartbeat goes on while it waits"


def test_a_lost_claim_ends_the_stripping(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    uploaded_photo(album, placed_jpeg())
    run_all(album)
    monkeypatch.setattr(heartbeats, "_HEARTBEAT_SECONDS", 0.0)
    monkeypatch.setattr(export_stage, "export_heartbeat", lambda *_, **__: False)
    export = stripped_export(album)
    assert export.state == Export.State.BUILDING
    assert storage.get_storage().size(storage.export_key(album.id, export.id)) is None


def test_a_sandbox_that_does_not_start_releases_the_export(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    uploaded_photo(album, placed_jpeg())
    run_all(album)
    runtime.sandbox().close()
    with monkeypatch.context() as missing:
        missing.setattr("sys.executable", "/nowhere/python")
        with pytest.raises(SandboxUnavailable):
            stripped_export(album)
    export = Export.objects.get()
    assert (export.state, export.attempts) == (Export.State.QUEUED, 0)


def test_stars_and_picks_are_written_into_copies_and_sidecars(album: Album) -> None:
    sidecar = marked(b"", Marks(stars=2)).replace(b"<rdf:Description", b"<rdf:Description xmlns:own='o:/' own:a='b'")
    jpeg = jpeg_bytes(draw_scene(1, (320, 240)))
    uploaded_photo(album, jpeg, "sea.jpg")
    uploaded_photo(album, sidecar, "sea.xmp")
    uploaded_photo(album, written(Image.fromarray(draw_scene(2, (320, 240))), "PNG"), "hill.png")
    run_all(album)
    photos_star(album, [album.photos.get(name="sea.jpg").id], stars=5)

    files = zip_of(album, ExportOptions(ratings=Export.Ratings.EMBEDDED, name_pattern="{name}"))
    assert files.keys() == {"sea.jpg", "sea.xmp", "hill.png", "hill.xmp"}
    assert files["sea.xmp"] == marked(sidecar, Marks(stars=5, pick=1))
    assert b'xmp:Rating="0"' in files["hill.xmp"]

    files = zip_of(album, ExportOptions(ratings=Export.Ratings.ONLY))
    assert files.keys() == {"sea.xmp", "hill.xmp", "ratings.csv", "picks.txt"}
    assert files["ratings.csv"].decode("utf-8-sig").splitlines()[0] == "file,folder,taken,pick,stars,label"
    assert sorted(files["picks.txt"].decode().strip().split(", ")) == ["hill", "sea"]


def test_a_sidecar_that_cannot_be_marked_is_unchanged_and_named(album: Album) -> None:
    damaged = marked(b"", Marks(stars=2))[:-40]
    uploaded_photo(album, jpeg_bytes(draw_scene(1, (320, 240))), "sea.jpg")
    uploaded_photo(album, damaged, "sea.xmp")
    run_all(album)
    files = zip_of(album, ExportOptions(ratings=Export.Ratings.SIDECARS, name_pattern="{name}"))
    assert files["sea.xmp"] == damaged
    assert album.exports.get().not_marked == ["sea.xmp"]


def test_a_jpeg_that_cannot_be_marked_has_a_sidecar_and_is_named(album: Album) -> None:
    """As of wildlife cameras, whose namespaces have no slash at the end."""
    xmp = marked(b"", Marks()).replace(b"<rdf:Description", b"<rdf:Description xmlns:own='http://o/1.0' own:a='b'")
    jpeg, packet = jpeg_bytes(draw_scene(1, (320, 240))), b"http://ns.adobe.com/xap/1.0/\0" + xmp
    jpeg = jpeg[:2] + b"\xff\xe1" + (len(packet) + 2).to_bytes(2, "big") + packet + jpeg[2:]
    uploaded_photo(album, jpeg, "sea.jpg")
    uploaded_photo(album, written(Image.fromarray(draw_scene(2, (320, 240))), "PNG"), "sea.png")
    run_all(album)
    photos_star(album, [album.photos.get(name="sea.jpg").id], stars=5)
    files = zip_of(album, ExportOptions(ratings=Export.Ratings.EMBEDDED, name_pattern="{name}", checksums=True))
    assert list(files) == ["sea.jpg", "sea.png", "sea.xmp", "sea.jpg.xmp", "checksums.sha256"]
    assert files["sea.jpg"] == jpeg
    assert b'xmp:Rating="5"' in files["sea.jpg.xmp"] and b'xmp:Rating="0"' in files["sea.xmp"]
    assert b"sea.jpg.xmp" in files["checksums.sha256"]
    export = album.exports.get()
    assert (export.marked_beside, export.not_marked) == (["sea.jpg"], [])


def zip_of(album: Album, options: ExportOptions) -> dict[str, bytes]:
    """The files of a new zip."""
    export = export_create(album, options)
    build_export(export.id, task_id="one")
    export.refresh_from_db()
    assert export.state == Export.State.READY
    archive = zipfile.ZipFile(io.BytesIO(read_object(storage.export_key(album.id, export.id))))
    assert len(archive.namelist()) == export.photo_count
    return {name: archive.read(name) for name in archive.namelist()}
