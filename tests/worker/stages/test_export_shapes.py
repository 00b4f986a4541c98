"""What is made for a zip: JPEGs of a size, checksums, and a page, read back as people read them."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from albums import storage
from albums.exports.plan import ExportOptions
from albums.models import Album, Export, Photo
from albums.services.exports import exports_create
from albums.services.photos import photos_delete
from tests.drawing import draw_scene, exif_bytes, jpeg_bytes
from tests.photo_files import written
from tests.worker.stages.steps import read_object, run_all, uploaded_photo
from worker import runtime
from worker.sandbox import ExaminationCrashed
from worker.stages.export import build_export

pytestmark = pytest.mark.django_db(transaction=True)
MIDNIGHT = datetime(2026, 5, 18)  # noqa: DTZ001


@pytest.fixture
def photos(album: Album) -> dict[str, Photo]:
    """A PNG larger than a preview, and a JPEG that is small already. Midnight is between them."""
    large = Image.fromarray(draw_scene(1, (320, 240))).resize((2400, 1800), Image.Resampling.NEAREST)
    before, after = (exif_bytes(taken_at=MIDNIGHT + timedelta(minutes=minutes)) for minutes in (-30, 10))
    files = {
        "IMG_1.PNG": written(large, "PNG", exif=before, compress_level=1),
        "small & <b>.jpg": jpeg_bytes(draw_scene(2, (320, 240)), exif=after),
    }
    uploaded = {name: uploaded_photo(album, data, name) for name, data in files.items()}
    run_all(album)
    return uploaded


def built(export: Export) -> zipfile.ZipFile:
    build_export(export.id, task_id="one")
    export.refresh_from_db()
    assert export.state == Export.State.READY, export.error_message
    archive = zipfile.ZipFile(io.BytesIO(read_object(storage.export_key(export.album_id, export.id))))
    assert archive.testzip() is None
    assert len(archive.namelist()) == export.photo_count == export.photos_written
    return archive


def test_it_is_built_the_same_twice_and_sha256sum_agrees(
    album: Album, photos: dict[str, Photo], tmp_path: Path
) -> None:
    options = ExportOptions(layout="days", jpeg_size=2048, checksums=True, gallery=True, ratings="embedded")
    zips = []
    for _ in range(2):
        [export] = exports_create(album, options)
        archive = built(export)
        zips.append(read_object(storage.export_key(album.id, export.id)))
    assert zips[0] == zips[1]
    large, small = "2026-05-17/001 IMG_1.jpg", "2026-05-18/002 small & _b_.jpg"
    assert archive.namelist() == [large, small, "index.html", "checksums.sha256"]
    assert (export.smaller, export.not_marked) == ([], [])
    made = Image.open(archive.open(large))
    assert (made.format, max(made.size)) == ("JPEG", 2048)

    (tmp_path / "a.zip").write_bytes(zips[0])
    subprocess.run(["unzip", "-q", "a.zip"], cwd=tmp_path, check=True)
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "checksums.sha256"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert checked.stdout.splitlines() == [f"{name}: OK" for name in (large, small, "index.html")]


def test_a_page_shows_originals_by_previews_and_has_no_place(album: Album, photos: dict[str, Photo]) -> None:
    Photo.objects.filter(id=photos["IMG_1.PNG"].id).update(description='Anna "vid sjön"')
    [export] = exports_create(album, ExportOptions(gallery=True, language="sv"))
    archive = built(export)
    assert archive.namelist()[2:] == ["gallery/0001.jpg", "gallery/0002.jpg", "index.html"]
    stored = read_object(storage.preview_key(album.id, photos["IMG_1.PNG"].id))
    assert archive.read("gallery/0001.jpg") == stored
    page = archive.read("index.html").decode()
    assert 'href="gallery/0001.jpg" data-file="001%20IMG_1.PNG"' in page
    assert ">Söndag 17 maj 2026</h2>" in page and ">Måndag 18 maj 2026</h2>" in page
    assert page.count("data:image/jpeg;base64,") == 2
    assert 'alt="Anna &quot;vid sjön&quot;"' in page
    assert not re.search(r"https?://|=\"?//", page)


@pytest.mark.usefixtures("photos")
def test_a_page_of_many_photos_has_its_thumbnails_beside_it(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("albums.exports.gallery", "worker.stages.export_gallery"):
        monkeypatch.setattr(f"{module}.INLINE_PHOTOS", 1)
    [export] = exports_create(album, ExportOptions(gallery=True))
    archive = built(export)
    assert archive.namelist()[2:-1] == [f"gallery/{name}.jpg" for name in ("0001", "0001s", "0002", "0002s")]
    page = archive.read("index.html").decode()
    assert 'src="gallery/0002s.jpg"' in page and "data:image" not in page


def test_a_photo_deleted_since_is_not_on_the_page(album: Album, photos: dict[str, Photo]) -> None:
    [export] = exports_create(album, ExportOptions(gallery=True, checksums=True))
    photos_delete(album, [photos["IMG_1.PNG"].id])
    build_export(export.id, task_id="one")
    archive = zipfile.ZipFile(io.BytesIO(read_object(storage.export_key(album.id, export.id))))
    assert archive.namelist() == ["002 small & _b_.jpg", "gallery/0002.jpg", "index.html", "checksums.sha256"]
    assert "IMG_1" not in archive.read("index.html").decode()


def test_a_photo_that_cannot_be_decoded_again_goes_as_its_preview(
    album: Album, photos: dict[str, Photo], monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_args: object, **_options: object) -> bytes:
        raise ExaminationCrashed("killed")

    monkeypatch.setattr(runtime.sandbox(), "jpeg_copy", crash)
    [export] = exports_create(album, ExportOptions(jpeg_size=2048, name_pattern="{name}"))
    archive = built(export)
    assert export.smaller == ["IMG_1.jpg"]
    made = Image.open(archive.open("IMG_1.jpg"))
    assert made.size == (2048, 1536)
    assert made.getexif().get_ifd(0x8769)[0x9003] == "2026:05:17 23:30:00"


def test_a_part_that_fails_is_built_again_alone(
    album: Album, photos: dict[str, Photo], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("albums.exports.parts._GIGABYTE", 1)
    first, second = exports_create(album, ExportOptions(part_gigabytes=1, gallery=True, checksums=True))
    built(first)
    store, begin = storage.get_storage(), storage.get_storage().open_writer

    def refuse(*_args: object, **_options: object) -> object:
        raise storage.StorageUnavailable("full")

    with monkeypatch.context() as full:
        full.setattr(store, "open_writer", refuse)
        with pytest.raises(storage.StorageUnavailable):
            build_export(second.id, task_id="one")
    second.refresh_from_db()
    assert (second.state, second.attempts) == (Export.State.QUEUED, 0)
    assert store.open_writer == begin

    names = built(second).namelist()

    # Unpacked into one folder, no file replaces another.
    assert names[1:] == ["gallery 2 of 2/0001.jpg", "index 2 of 2.html", "checksums 2 of 2.sha256"]
    first.refresh_from_db()
    assert (first.state, first.attempts) == (Export.State.READY, 1)
