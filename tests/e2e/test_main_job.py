"""From an account to a zip, by keyboard and by touch."""

from __future__ import annotations

import hashlib
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.drawing import DrawnPhoto
from tests.e2e.conftest import NewVisitor
from tests.e2e.visitor import PATIENCE, PHONE, Clicks, Visitor


def _files(drawn: list[DrawnPhoto]) -> list[Path]:
    return [shot.path for shot in drawn]


def _download(visitor: Visitor, album: str, to: Path, *, name: str = "Midsummer.zip") -> dict[str, bytes]:
    """Make a zip on the download page and save it. Returns its files by name."""
    page = visitor.page
    page.goto(f"/albums/{album}/download")
    page.get_by_role("button", name=re.compile("^Make a (new )?zip")).click()
    link = page.get_by_role("link", name=f"Download {name}")
    link.wait_for(timeout=PATIENCE)
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == name
    download.value.save_as(to)
    with zipfile.ZipFile(to) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def _expected(visitor: Visitor, album: str, drawn: list[DrawnPhoto]) -> dict[str, bytes]:
    """The originals of the picks, numbered in order of capture."""
    originals = {shot.path.name: shot.path.read_bytes() for shot in drawn}
    names = [photo["name"] for photo in visitor.photos(album, picked="true")]
    return {f"{number:03} {name}": originals[name] for number, name in enumerate(names, start=1)}


def _shot_beside_the_pick(clusters: list[dict[str, Any]]) -> dict[str, Any]:
    shot: dict[str, Any] = next(photo for photo in clusters[0]["photos"] if not photo["picked"])
    return shot


def test_a_photographer_reviews_with_the_keyboard_alone(
    new_visitor: NewVisitor, drawn: list[DrawnPhoto], tmp_path: Path
) -> None:
    ada = new_visitor()
    page = ada.page
    album = ada.start_album(_files(drawn))
    page.get_by_role("button", name="Actions for").click()
    page.get_by_role("menuitem", name="Rename").click()
    page.get_by_role("dialog").get_by_label("Name").fill("Midsummer")
    page.keyboard.press("Enter")
    ada.wait_for_upload()
    assert len(ada.sent) == len(drawn)
    ada.wait_for_analysis(album)
    page.get_by_role("link", name="Review the groups").click()
    page.wait_for_url("**/review*")

    # Keep the second shot of the first group as well as its pick. Undo and redo that.
    other = _shot_beside_the_pick(ada.clusters(album))
    shot = page.locator(f'[data-shot="{other["id"]}"]').first
    shot.wait_for()
    shot.focus()
    page.keyboard.press("Space")
    ada.wait_until(lambda: len(ada.photos(album, decision="keep")) > 0, what="the decision")
    page.keyboard.press("u")
    ada.wait_until(lambda: ada.photos(album, decision="keep") == [], what="the undo")
    page.keyboard.press("r")
    ada.wait_until(lambda: len(ada.photos(album, decision="keep")) > 0, what="the redo")
    kept = {photo["id"] for photo in ada.photos(album, decision="keep")}
    assert other["id"] in kept

    # A stricter similarity: other groups, the same decisions.
    before = ada.get(f"/api/v1/albums/{album}/")["grouped_at"]
    slider = page.get_by_role("slider").first
    if not slider.is_visible():
        page.get_by_role("button", name="Grouping").first.click()
    # A click on it draws no frame around it.
    slider.click()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "none"
    slider.focus()
    page.keyboard.press("ArrowRight")
    ada.wait_until(
        lambda: (
            (found := ada.get(f"/api/v1/albums/{album}/"))["grouped_at"] != before and found["grouping"] == "current"
        ),
        what="the regrouping",
    )
    assert {photo["id"] for photo in ada.photos(album, decision="keep")} == kept
    picked = {photo["name"] for photo in ada.photos(album, picked="true")}
    assert other["name"] in picked

    content = _download(ada, album, tmp_path / "Midsummer.zip")
    assert content == _expected(ada, album, drawn)

    # A book of the same photos.
    page.goto(f"/albums/{album}/review")
    click = Clicks()
    click(page.get_by_role("link", name="Download"))
    click(page.get_by_role("link", name="Photo book or contact sheet"))
    click(page.get_by_role("button", name="Make the book"))
    link = page.get_by_role("link", name="Download Midsummer.pdf")
    link.wait_for(timeout=PATIENCE)
    with page.expect_download() as book:
        click(link)
    assert click.count == 4
    assert len(PdfReader(book.value.path()).pages) >= 4
    page.get_by_role("button", name="Delete Midsummer.pdf").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete the PDF").click()
    expect(link).to_have_count(0)

    # Ratings alone, whose zip is small and comes by itself.
    page.goto(f"/albums/{album}/review")
    click = Clicks()
    click(page.get_by_role("link", name="Download"))
    click(page.get_by_role("checkbox", name="Ratings for Lightroom"))
    with page.expect_download(timeout=PATIENCE) as ratings:
        click(page.get_by_role("radio", name="Ratings only"))
        click(page.get_by_role("button", name="Make a new zip"))
    assert click.count == 4
    with zipfile.ZipFile(ratings.value.path()) as archive:
        assert f"{Path(other['name']).stem}.xmp" in archive.namelist()
    page.get_by_role("button", name="Delete the zip made").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Delete the zip").click()
    expect(page.get_by_role("button", name="Delete the zip made")).to_have_count(1)

    # The zip can be deleted.
    page.get_by_role("button", name="Delete the zip made").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete the zip").click()
    expect(page.get_by_role("link", name="Download Midsummer.zip")).to_have_count(0)
    assert ada.get(f"/api/v1/albums/{album}/exports/")["results"] == []


# Chromium without windows has no share sheet.
SHARE_SHEET = """
window.shared = [];
navigator.canShare = () => true;
navigator.share = async ({ files }) => {
  for (const file of files) {
    const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    window.shared.push(Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join(""));
  }
};
"""


@pytest.mark.chromium
def test_a_phone_is_enough_for_the_main_job(new_visitor: NewVisitor, drawn: list[DrawnPhoto], tmp_path: Path) -> None:
    grandmother = new_visitor(**PHONE)
    page = grandmother.page
    page.add_init_script(SHARE_SHEET)
    album = grandmother.make_analyzed_album("Midsummer", _files(drawn)[:9])

    # Compare two shots: keep the one that was not picked as well, then take the pick away.
    group = grandmother.clusters(album)[0]
    other = _shot_beside_the_pick([group])
    page.goto(f"/albums/{album}/compare?photos={group['photos'][0]['id']},{other['id']}")
    page.get_by_role("button", name=f"See {other['name']}").tap()
    keep = page.get_by_role("button", name="Keep", exact=True)
    expect(keep).to_be_in_viewport(ratio=1)
    keep.tap()
    expect(keep).to_have_attribute("aria-pressed", "true")
    grandmother.wait_until(
        lambda: len(grandmother.photos(album, decision="keep")) == 2,
        what="both",
    )
    page.get_by_role("button", name=f"See {group['photos'][0]['name']}").tap()
    keep.tap()
    grandmother.wait_until(
        lambda: [photo["id"] for photo in grandmother.photos(album, decision="keep")] == [other["id"]],
        what="the decision",
    )
    page.goto(f"/albums/{album}/review")
    page.locator(f'[data-shot="{other["id"]}"]').first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    expect(page.get_by_role("button", name="Undo")).to_be_in_viewport(ratio=1)
    # Find a file by its name, without its ending: only its group is left, whole.
    page.get_by_role("button", name="Find", exact=True).tap()
    page.get_by_label("File name").fill(Path(other["name"]).stem.lower())
    expect(page.get_by_text("1 group", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    page.reload()
    expect(page.get_by_role("region", name="Groups and photos").get_by_role("group")).to_have_count(1)
    page.get_by_role("button", name="Show all photos again").tap()
    expect(page.get_by_role("button", name="Find", exact=True)).to_be_visible()

    content = _download(grandmother, album, tmp_path / "phone.zip")
    assert content == _expected(grandmother, album, drawn)
    # The share sheet gets the same originals.
    page.get_by_role("button", name="Save or share").tap()
    expect(page.get_by_text("handed over.")).to_be_visible()
    shared = page.evaluate("window.shared")
    assert sorted(shared) == sorted(hashlib.sha256(photo).hexdigest() for photo in content.values())

    # One photo would be enough. But she looks at what is left out, and keeps one of that, too.
    page.goto(f"/albums/{album}/review")
    page.get_by_role("button", name="Picks and grouping").tap()
    number = page.get_by_role("textbox", name="Number of picks")
    number.fill("1")
    number.press("Enter")
    expect(page.get_by_text("1 picked, spread over the album.")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Show what is left out").tap()
    page.get_by_role("button", name="Keep the pick of the group").first.tap()
    expect(page.get_by_text("You keep 2, more than the 1 you asked for.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    content = _download(grandmother, album, tmp_path / "two.zip", name="Midsummer (2 photos).zip")
    assert content == _expected(grandmother, album, drawn)
    assert len(content) == 2
