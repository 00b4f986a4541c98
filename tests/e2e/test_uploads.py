"""Interrupted uploads: cut off, reloaded, with a file that is not a photo."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.drawing import DrawnPhoto
from tests.e2e.conftest import NewVisitor
from tests.e2e.visitor import PATIENCE, Visitor
from tests.services import Stack


@pytest.fixture
def files(drawn: list[DrawnPhoto]) -> list[Path]:
    return [shot.path for shot in drawn[:14]]


def _upload_half(visitor: Visitor, files: list[Path]) -> set[str]:
    """Upload slowly until some photos have arrived. Returns the URLs they were sent to."""
    size = sum(path.stat().st_size for path in files)
    visitor.network(bytes_per_second=size // 15)  # so that a busy machine acts before the end, too
    visitor.choose_photos(files)
    visitor.wait_until(lambda: len(visitor.sent) >= 3, what="the first photos")
    assert len(visitor.sent) < len(files)
    return set(visitor.sent)


@pytest.mark.chromium
def test_a_dropped_folder_becomes_an_album_and_uploads_straight_to_the_storage(
    new_visitor: NewVisitor, stack: Stack, files: list[Path], tmp_path: Path
) -> None:
    folder = tmp_path / "Midsummer"
    (folder / "Evening").mkdir(parents=True)
    for number, path in enumerate(files[:6]):
        shutil.copy(path, folder / "Evening" if number % 2 else folder)
    (folder / "notes.txt").write_text("Not a photo, as its name says.")
    (folder / "layers.psd").write_bytes(b"8BPS")
    (folder / "IMG_2.JPG").write_bytes(b"<!DOCTYPE html>")
    (folder / "@eaDir" / "IMG_1.JPG").mkdir(parents=True)
    shutil.copy(files[6], folder / "@eaDir" / "IMG_1.JPG" / "SYNOPHOTO_THUMB_XL.jpg")
    ada = new_visitor()

    ada.drop(folder)
    ada.page.wait_for_url("**/upload")
    ada.wait_for_upload()

    expect(ada.page.get_by_text("3 files are not uploaded")).to_be_visible()
    expect(ada.page.get_by_text("1 document (TXT).")).to_be_visible()
    expect(ada.page.get_by_text("1 file that is not what its name says")).to_be_visible()
    ada.page.get_by_text("1 file in a format that the service does not read (PSD).").click()
    expect(ada.page.get_by_text("Midsummer/layers.psd")).to_be_visible()
    expect(ada.page.get_by_text("Passed over: 1 file")).to_be_visible()

    [album] = ada.get("/api/v1/albums/")["results"]
    assert album["name"] == "Midsummer"
    folders = ("Midsummer", "Midsummer/Evening")
    assert {(photo["folder"], photo["name"]) for photo in ada.photos(album["id"])} == {
        (folders[number % 2], path.name) for number, path in enumerate(files[:6])
    }
    # Uploads do not pass through the web process: they go to another origin, and the storage allows the page.
    address = urlsplit(stack.s3.url)
    bucket = f"http://{address.hostname}:{address.port}{address.path}/"
    assert len(ada.sent) == 6
    assert all(url.startswith(bucket) for url in ada.sent)

    # Drop more photos on the album, some of them already there: only the new ones are sent.
    ada.drop(*files[4:8])
    ada.wait_until(lambda: len(ada.photos(album["id"])) == 8, what="the other photos")
    assert len(ada.sent) == 8


@pytest.mark.chromium
def test_it_resumes_when_the_connection_is_back(new_visitor: NewVisitor, files: list[Path]) -> None:
    ada = new_visitor()
    album = ada.make_album("On a train")
    before = _upload_half(ada, files)
    ada.network(offline=True)
    expect(ada.page.get_by_text("No connection. The upload resumes by itself.").first).to_be_visible()
    ada.page.wait_for_timeout(1500)
    assert len(ada.sent) < len(files)

    ada.network()
    ada.wait_for_upload()

    assert len(ada.sent) == len(set(ada.sent))
    assert before < set(ada.sent)
    assert len(ada.photos(album)) == len(files)


@pytest.mark.chromium
def test_it_resumes_after_a_reload_and_sends_nothing_twice(new_visitor: NewVisitor, files: list[Path]) -> None:
    ada = new_visitor()
    ada.page.on("dialog", lambda dialog: dialog.accept())  # "Leave the page?"
    album = ada.make_album("Reloaded")
    before = _upload_half(ada, files)
    ada.page.reload()
    ada.network()
    # Photos that arrived while the page was gone count as well.
    before |= set(ada.sent)
    expect(ada.page.get_by_text("from last time").first).to_be_visible()

    ada.choose_photos(files)
    ada.wait_for_upload()

    assert before <= set(ada.sent)
    assert len(ada.sent) == len(set(ada.sent))
    assert len(ada.photos(album)) == len(files)


def test_a_file_that_is_not_a_photo_is_named_and_can_be_deleted(
    new_visitor: NewVisitor, files: list[Path], tmp_path: Path
) -> None:
    ada = new_visitor()
    broken = tmp_path / "notes.jpg"
    broken.write_bytes(b"This is text, although the name says JPEG.")
    album = ada.make_analyzed_album("With notes", [*files[:3], broken])
    page = ada.page
    expect(page.get_by_text("1 file could not be used")).to_be_visible()
    expect(page.get_by_text("notes.jpg")).to_be_visible()
    # It would never be a photo.
    expect(page.get_by_role("button", name="Try")).to_have_count(0)

    page.get_by_role("button", name="Delete notes.jpg").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    ada.wait_until(
        lambda: [photo["state"] for photo in ada.photos(album)] == ["analyzed"] * 3,
        what="the deletion",
    )
    expect(page.get_by_text("Everything is ready")).to_be_visible(timeout=PATIENCE)

    # A photo can be deleted where it is looked at.
    page.get_by_role("link", name="Review the groups").click()
    page.locator("button[data-shot]").first.click()
    page.get_by_role("button", name="More about").click()
    page.get_by_role("menuitem", name="Delete from the album").click()
    page.get_by_role("dialog", name="Delete").get_by_role("button", name="Delete").click()
    ada.wait_until(lambda: len(ada.photos(album)) == 2, what="the other deletion")
