"""Building books and contact sheets: what they contain, what is left out, and lost originals."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from albums import storage
from albums.exceptions import NothingPicked, StillWorking, TooManyToPrint
from albums.models import Album, Export, Photo
from albums.prints import plan as plans
from albums.prints.plan import PrintOptions
from albums.services.photos import photos_delete
from albums.services.prints import print_create
from albums.services.recovery import objects_delete
from albums.services.review import photos_decide, photos_star
from tests.bad_decoder import sitecustomize as faults
from tests.bad_decoder.sitecustomize import with_fault
from tests.drawing import draw_scene, jpeg_bytes
from tests.factories import make_photo
from tests.worker.stages.steps import Failure, read_object
from worker import runtime
from worker.stages import heartbeats, prints
from worker.stages.export import build_export

pytestmark = pytest.mark.django_db(transaction=True)
BOOK = PrintOptions(language="sv")
SHEET = PrintOptions(kind="contact_sheet", selection="all", captions="times")


def analyzed_photo(album: Album, content: bytes, name: str, **columns: Any) -> Photo:
    """A photo as its analysis leaves it, with what a print reads."""
    digest = hashlib.sha256(content).hexdigest()
    columns = {"thumbnail_width": 60, "thumbnail_height": 40, **columns}
    photo = make_photo(album, name=name, byte_size=len(content), sha256=digest, **columns)
    store = storage.get_storage()
    store.write_bytes(storage.original_key(album.id, photo.id), content, "image/jpeg")
    store.write_bytes(storage.thumbnail_key(album.id, photo.id), jpeg_bytes(draw_scene(7, (60, 40))), "image/jpeg")
    return photo


@pytest.fixture
def photos(album: Album) -> list[Photo]:
    """Three photos of two days; the second lies on its side in the file."""
    made = []
    for number, (day, hour) in enumerate([(1, 12), (1, 15), (2, 9)]):
        is_turned = number == 1
        scene = draw_scene(number, (400, 600) if is_turned else (600, 400))
        content = jpeg_bytes(scene, orientation=6 if is_turned else 1)
        taken_at = datetime(2026, 5, day, hour, tzinfo=UTC)
        width, height = (400, 600) if is_turned else (600, 400)
        made.append(analyzed_photo(album, content, f"{number}.jpg", taken_at=taken_at, width=width, height=height))
    return made


def built(album: Album, options: PrintOptions) -> tuple[Export, PdfReader | None]:
    export = print_create(album, options)
    build_export(export.id, task_id="one")
    export.refresh_from_db()
    if export.state != Export.State.READY:
        return export, None
    content = read_object(storage.export_key(album.id, export.id))
    assert export.byte_size == len(content)
    assert export.print_notes is not None
    assert export.photos_written == export.photo_count - len(export.print_notes["left_out"])
    return export, PdfReader(io.BytesIO(content), strict=True)


def texts_of(reader: PdfReader | None) -> str:
    assert reader is not None
    return "\n".join(page.extract_text() for page in reader.pages)


def sizes_of(reader: PdfReader | None) -> list[tuple[int, int]]:
    assert reader is not None
    return [Image.open(io.BytesIO(image.data)).size for page in reader.pages for image in page.images]


def test_a_book_has_each_photo_upright_and_its_days(album: Album, photos: list[Photo]) -> None:
    export, reader = built(album, BOOK)
    assert (export.file_name, export.photo_count) == ("Midsummer.pdf", 4)
    # The cover, a spread that both days share, and an empty page.
    assert reader is not None
    assert len(reader.pages) == 4
    assert sorted(sizes_of(reader)[1:]) == [(400, 600), (600, 400), (600, 400)]
    assert "1\N{EN DASH}2 maj 2026" in texts_of(reader)
    assert "Fredag 1 maj 2026" in texts_of(reader)
    # 600 pixels on A4 are few.
    assert photos
    soft = {"0.jpg": 85, "1.jpg": 127, "2.jpg": 125}
    assert export.print_notes == {"soft": soft, "left_out": [], "missing_characters": ""}


def test_it_builds_the_same_book_twice(album: Album, photos: list[Photo]) -> None:
    export, _ = built(album, BOOK)
    first = read_object(storage.export_key(album.id, export.id))
    # A later decision, and another attempt.
    photos_decide(album, [photos[0].id], Photo.Decision.REJECT)
    Export.objects.filter(id=export.id).update(state=Export.State.QUEUED)
    build_export(export.id, task_id="two")
    assert read_object(storage.export_key(album.id, export.id)) == first


def test_a_contact_sheet_has_names_stars_and_times(album: Album, photos: list[Photo]) -> None:
    photos_star(album, [photos[0].id], 3)
    export, reader = built(album, SHEET)
    assert export.file_name == "Midsummer (contact sheet).pdf"
    text = texts_of(reader)
    assert all(expected in text for expected in ("0.jpg", "15:00", "1 / 1", "✓"))
    thumbnail = read_object(storage.thumbnail_key(album.id, photos[0].id))
    assert reader is not None
    image: Any = reader.pages[0]["/Resources"]["/XObject"]["/I0"]  # type: ignore[index]
    assert image._data == thumbnail  # as it is


@pytest.mark.usefixtures("photos")
def test_a_photo_that_crashes_its_decoder_is_left_out_and_named(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    content = with_fault(jpeg_bytes(draw_scene(8, (600, 400))), faults.CRASH)
    bad = analyzed_photo(album, content, "bad.jpg", width=600, height=400)
    runtime.close_sandbox()
    monkeypatch.setenv("PYTHONPATH", str(Path(faults.__file__).parent))
    try:
        export, reader = built(album, BOOK)
    finally:
        runtime.close_sandbox()
    assert export.state == Export.State.READY
    notes: Any = export.print_notes
    assert notes["left_out"] == [bad.name]
    assert len(sizes_of(reader)) == 4  # three photos, one of them also on the cover


def test_a_missing_original_fails_the_book_and_leaves_none(album: Album, photos: list[Photo]) -> None:
    storage.get_storage().delete([storage.original_key(album.id, photos[1].id)])
    export, _ = built(album, BOOK)
    assert (export.state, export.error_code) == (Export.State.FAILED, "original_missing")
    assert export.error_photo_name == "1.jpg"
    assert storage.get_storage().size(storage.export_key(album.id, export.id)) is None


def test_a_storage_that_fails_in_the_middle_leaves_nothing_and_costs_no_attempt(
    album: Album, photos: list[Photo], monkeypatch: pytest.MonkeyPatch
) -> None:
    export = print_create(album, BOOK)
    last = storage.original_key(album.id, photos[2].id)
    store = storage.get_storage()
    with monkeypatch.context() as failing:
        refusing = Failure(store, lambda key: key == last)
        failing.setattr(storage, "get_storage", lambda: refusing)
        with pytest.raises(storage.StorageError):
            build_export(export.id, task_id="one")
    export.refresh_from_db()
    assert (export.state, export.attempts) == (Export.State.QUEUED, 0)
    assert store.size(storage.export_key(album.id, export.id)) is None
    build_export(export.id, task_id="two")
    export.refresh_from_db()
    assert export.state == Export.State.READY


def test_a_photo_deleted_since_is_left_out(album: Album, photos: list[Photo]) -> None:
    export = print_create(album, BOOK)
    photos_delete(album, [photos[2].id])
    objects_delete()
    build_export(export.id, task_id="one")
    export.refresh_from_db()
    assert export.state == Export.State.READY
    reader = PdfReader(io.BytesIO(read_object(storage.export_key(album.id, export.id))))
    assert len(reader.pages) == 4


def test_a_book_that_was_deleted_while_it_was_made_ends(
    album: Album, photos: list[Photo], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heartbeats, "_HEARTBEAT_SECONDS", 0.0)
    monkeypatch.setattr(prints, "export_heartbeat", lambda *_claim, photos_written: photos_written < 2)
    export, _ = built(album, BOOK)
    assert photos
    assert export.state == Export.State.BUILDING  # nobody's any more
    assert storage.get_storage().size(storage.export_key(album.id, export.id)) is None


@pytest.mark.usefixtures("photos")
def test_a_worker_of_the_version_before_fails_on_a_book_and_makes_no_empty_file(album: Album) -> None:
    """It takes all exports for zips and reads their entries like this."""
    export = print_create(album, BOOK)
    with pytest.raises(ValueError, match="too many values to unpack"):
        [name for _photo_id, name in export.entries]


def test_what_cannot_be_printed_is_refused(album: Album, photos: list[Photo], monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NothingPicked):
        print_create(album, PrintOptions(selection="stars"))
    monkeypatch.setitem(plans.MOST_PHOTOS, "book", 2)
    monkeypatch.delattr("albums.services.prints.print_plan")  # others wait for the album while pages are laid out
    with pytest.raises(TooManyToPrint, match="at most 2 photos, and these are 3"):
        print_create(album, BOOK)
    Photo.objects.filter(id=photos[0].id).update(state=Photo.State.UPLOADED)
    with pytest.raises(StillWorking):
        print_create(album, BOOK)
