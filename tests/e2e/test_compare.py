"""Shots side by side at full resolution."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.drawing import START, add_noise, jpeg_bytes, write_album
from tests.drawn_faces import draw_portrait
from tests.e2e.conftest import NewVisitor

SHUT = "shut-2026-06-20-at-14-05-32-by-the-lake.jpg"


def _place(picture: Locator) -> tuple[float, float, float]:
    box = picture.bounding_box()
    pane = picture.locator("..").bounding_box()
    assert box is not None
    assert pane is not None
    return (box["x"] - pane["x"], box["y"] - pane["y"], box["width"])


def test_shots_zoom_and_move_together_down_to_the_originals_pixels(new_visitor: NewVisitor, tmp_path: Path) -> None:
    ada = new_visitor()
    page = ada.page
    # Larger than the previews, so that the originals show more.
    shots = write_album(tmp_path, moments=1, shots=3, size=(2800, 2100))
    album = ada.make_analyzed_album("Large", [*(shot.path for shot in shots), *_portraits(tmp_path)])
    group, portraits = ada.clusters(album)
    page.goto(f"/albums/{album}/compare?cluster={group['id']}")
    panes = [page.get_by_role("region", name=photo["name"]) for photo in group["photos"]]
    previews = [pane.get_by_role("img", name=photo["name"]) for pane, photo in zip(panes, group["photos"], strict=True)]
    for preview in previews:
        expect(preview).to_be_visible()
    assert page.locator("img[data-original]").count() == 0

    # A double click zooms to actual size, around the same place in each.
    box = previews[0].bounding_box()
    assert box is not None
    page.mouse.dblclick(box["x"] + box["width"] / 3, box["y"] + box["height"] / 3)
    expect(page.locator('img[data-original="true"]')).to_have_count(3)
    places = [_place(preview) for preview in previews]
    assert places[0][2] == pytest.approx(2800, abs=0.5)
    for place in places:
        assert place == pytest.approx(places[0], abs=0.5)

    # The keyboard moves them together, or one at a time when they are not linked.
    page.keyboard.press("ArrowRight")
    moved = [_place(preview) for preview in previews]
    for place in moved:
        assert place == pytest.approx((places[0][0] - 80, *places[0][1:]), abs=0.5)
    page.keyboard.press("l")
    page.keyboard.press("ArrowDown")
    heights = [_place(preview)[1] for preview in previews]
    assert heights == pytest.approx([moved[0][1] - 80, moved[1][1], moved[2][1]], abs=0.5)

    # Back to the whole photos.
    page.keyboard.press("0")
    assert _place(previews[0])[2] == pytest.approx(box["width"], abs=0.5)
    page.keyboard.press("h")
    expect(page.get_by_role("img", name="Brightness of")).to_have_count(3)

    # Keeping a second shot keeps both, as in the review; another button keeps only one.
    keep = [pane.get_by_role("button", name="Keep") for pane in panes]
    assert [button.get_attribute("aria-pressed") for button in keep] == ["false", "false", "false"]
    keep[1].click()
    ada.wait_until(lambda: len(ada.photos(album, decision="keep")) == 2, what="both")
    page.get_by_role("button", name="Only this one").click()
    ada.wait_until(
        lambda: [photo["id"] for photo in ada.photos(album, decision="keep")] == [group["photos"][0]["id"]],
        what="the only one",
    )

    # On the way back, the focus is on the shot that it was opened from.
    page.goto(f"/albums/{album}/review")
    shot = page.locator(f'[data-shot="{group["photos"][1]["id"]}"]').first
    shot.focus()
    page.keyboard.press("c")
    expect(panes[0]).to_be_visible()
    page.keyboard.press("Escape")
    expect(shot).to_be_focused()

    # Large, the same shots show their own pixels too, and stay at the same place from one to the next.
    large = page.get_by_role("dialog")
    # On a phone, the way back is a gesture: it closes the large view, and does not leave the album.
    for close in (page.go_back, lambda: page.keyboard.press("Escape")):
        page.keyboard.press("z")
        expect(large).to_be_visible()
        # What keeps the page from scrolling is set on the body alone: inherited, all of the page would be styled again.
        assert page.evaluate("getComputedStyle(document.body).overflowY") == "hidden"
        bar = "--removed-body-scroll-bar-size"
        assert page.evaluate(f"getComputedStyle(document.querySelector('main')).getPropertyValue('{bar}')") == ""
        close()
        expect(large).to_have_count(0)
        expect(shot).to_be_focused()
    page.keyboard.press("z")
    expect(large).to_be_visible()
    # The focus stays in it from shot to shot, so that Tab does not reach the list behind.
    page.keyboard.press("ArrowRight")
    expect(large.locator(f'[data-shot="{group["photos"][2]["id"]}"]')).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(large.locator(f'[data-shot="{group["photos"][1]["id"]}"]')).to_be_focused()
    page.keyboard.press("z")
    expect(large.locator('img[data-original="true"]')).to_be_visible()
    expect(large.get_by_role("status").filter(has_text="100%")).to_be_visible()
    place = _place(large.locator("img[data-original]"))
    assert place[2] == pytest.approx(2800, abs=0.5)
    large.get_by_role("button", name=group["photos"][0]["name"]).click()
    other = large.get_by_role("img", name=group["photos"][0]["name"])
    expect(other).to_be_visible()
    assert _place(other) == pytest.approx(place, abs=0.5)
    # Marks are drawn over what is in focus, the file's facts are shown, and a step can be undone.
    page.keyboard.press("b")
    expect(large.locator('canvas[data-marks="true"]')).to_be_visible()
    page.keyboard.press("i")
    expect(large.get_by_text("5.9 MP")).to_be_visible()
    # Dialogs are over it: a button that is covered cannot be clicked. Escape closes one at a time.
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    keys.get_by_role("button", name="Close").click(trial=True)
    page.keyboard.press("Escape")
    expect(keys).to_have_count(0)
    expect(large).to_have_count(1)
    page.keyboard.press("x")
    large.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(large.get_by_text("Undone")).to_be_visible()

    # Compared from the large view, the way back leads there, and the next one to the list.
    page.goto(f"/albums/{album}/review")
    shot.focus()
    page.keyboard.press("Enter")
    expect(large).to_be_visible()
    page.keyboard.press("c")
    expect(panes[0]).to_be_visible()
    page.keyboard.press("Escape")
    expect(large.locator(f'[data-shot="{group["photos"][1]["id"]}"]')).to_be_visible()
    page.go_back()
    expect(large).to_have_count(0)
    expect(shot).to_be_focused()

    # Faces: below the shots of the group where they differ, in the large view, and first in the comparison.
    page.get_by_role("button", name=f"Faces in {SHUT}: 1 of 1 has shut eyes").click()
    large = page.get_by_role("dialog")
    large.get_by_role("button", name="The face: eyes shut").click()
    expect(large.get_by_role("button", name="Whole picture")).to_be_visible()
    page.goto(f"/albums/{album}/compare?cluster={portraits['id']}")
    pane = page.get_by_role("region", name="open.jpg")
    expect(pane.get_by_role("button", name="The face: the best of this person")).to_be_visible()
    whole = pane.get_by_role("img", name="open.jpg").bounding_box()
    page.keyboard.press("+")
    zoomed = pane.get_by_role("img", name="open.jpg").bounding_box()
    assert whole is not None
    assert zoomed is not None
    assert zoomed["width"] > 1.5 * whole["width"]
    keep = page.get_by_role("button", name=f"Keep {SHUT}")
    keep.click()
    expect(keep).to_have_attribute("aria-pressed", "true")
    # Where there is little room, names stand above the faces in several lines, and whole.
    page.set_viewport_size({"width": 390, "height": 800})
    page.get_by_role("button", name="Faces", exact=True).click()
    name = page.get_by_role("region", name="Faces").get_by_text(SHUT)
    expect(name).to_be_visible()
    assert name.evaluate("element => element.scrollWidth <= element.clientWidth")


def _portraits(folder: Path) -> list[Path]:
    """Two shots of one moment, which differ in the eyes alone."""
    paths = []
    for second, (name, eyes_open) in enumerate({"open.jpg": True, SHUT: False}.items()):
        image = add_noise(draw_portrait((1200, 900), eyes_open=eyes_open, width=0.2, seed=900), 1.5, seed=second)
        path = folder / name
        path.write_bytes(jpeg_bytes(image, taken_at=START + timedelta(hours=3, seconds=second)))
        paths.append(path)
    return paths
