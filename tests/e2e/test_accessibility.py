"""Runs axe on every page, dialog and menu, light and dark, on a desktop and a phone. Checks widths and targets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.drawing import DrawnPhoto
from tests.e2e.conftest import FRONTEND, NewVisitor, missing
from tests.e2e.visitor import Visitor

AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = {"serious", "critical"}
WIDTHS = (1440, 768, 390, 320)
PHONES = (390, 320)
# The two layouts. Dark differs in colours alone, and nearly all of them are on the phone. Axe takes most of the time.
SCHEMES = {1440: ("light",), 390: ("light", "dark")}

FAULTS = """
async (scheme) => {
  // The colour scheme changes nothing but the contrast.
  const rules = { 'target-size': { enabled: true } };
  const wanted = scheme === 'dark' ? { runOnly: ['color-contrast'] } : { rules };
  // What is under an open dialog or menu was tested as a page of its own.
  const open = [...document.querySelectorAll('[role=dialog], [role=menu]')].filter((part) => part.checkVisibility());
  const found = await axe.run(open.at(-1) ?? document, { resultTypes: ['violations'], iframes: false, ...wanted });
  return found.violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target, failureSummary }) => ({ id, impact, text: `${target}: ${failureSummary}` })));
}
"""

# An open menu moves to its new place a moment after the window has changed.
FITS = """
async (width) => {
  for (let frames = 0; frames < 120; frames++) {
    if (document.documentElement.scrollWidth <= width) return true;
    await new Promise(requestAnimationFrame);
  }
  return false;
}
"""
# Wait two frames, one for layout and one for drawing, then for the end of all animations.
SETTLED = """
async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
}
"""

# Touch targets smaller than 44 px, except links inside a sentence. A control includes its label and its frame.
# Controls under a dialog do not count.
SMALL = """
() => {
  const wanted = 'button, a[href], input, select, textarea, [role=button], [role=slider], [role=menuitem], [role=tab]';
  const dialogs = [...document.querySelectorAll('[role=dialog]')].filter((dialog) => dialog.offsetParent);
  const elements = [...(dialogs.at(-1) ?? document).querySelectorAll(wanted)].filter((element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      && element.type !== 'file' && !element.disabled && !element.closest('[inert], p, li, .visually-hidden'));
  return elements.flatMap((element) => {
    const parts = [element, ...(element.labels ?? []), element.closest('.mantine-PasswordInput-input')].filter(Boolean);
    const boxes = parts.map((part) => part.getBoundingClientRect());
    const width = Math.max(...boxes.map((box) => box.width));
    const height = Math.max(...boxes.map((box) => box.height));
    if (width >= 43.5 && height >= 43.5 || width <= 1 || height <= 1) return [];
    const name = element.getAttribute('aria-label') || element.textContent || element.id;
    return [`${element.tagName} ${name.trim().slice(0, 40)}: ${Math.round(width)} x ${Math.round(height)}`];
  });
}
"""

# Toolbars with buttons out of sight, which nobody would scroll to.
CLIPPED = """
() => [...document.querySelectorAll('[role=toolbar]')].flatMap((bar) =>
  bar.scrollWidth > bar.clientWidth + 1 ? [bar.getAttribute('aria-label')] : [])
"""


@dataclass(frozen=True)
class Place:
    """A page, or something that opens over it."""

    path: str
    text: str
    open: Callable[[Page], None] | None = None
    name: str = ""

    def go(self, page: Page) -> None:
        """Open it, and wait until everything on it is visible. A page that is open already is not loaded again."""
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        if page.url.endswith(self.path):
            page.keyboard.press("Escape")
            expect(page.locator(":is([role=dialog], [role=menu]):visible")).to_have_count(0)
        else:
            page.goto(self.path, wait_until="networkidle")
            page.evaluate(AXE.read_text(encoding="utf-8"))
        expect(page.get_by_text(self.text).first).to_be_visible()
        if self.open:
            self.open(page)
            page.wait_for_load_state("networkidle")


def _press(role: Any, name: str, then: str) -> Callable[[Page], None]:
    def press(page: Page) -> None:
        page.get_by_role(role, name=name).first.click()
        expect(page.get_by_role(then).first).to_be_visible()

    return press


def _choose(menu: str, item: str) -> Callable[[Page], None]:
    def choose(page: Page) -> None:
        page.get_by_role("button", name=menu).first.click()
        page.get_by_role("menuitem", name=item).click()
        expect(page.get_by_role("dialog")).to_be_visible()

    return choose


def _key(key: str, *then: str) -> Callable[[Page], None]:
    def press(page: Page) -> None:
        page.locator("[data-shot]").first.focus()
        page.keyboard.press(key)
        expect(page.get_by_role("dialog")).to_be_visible()
        for other in then:
            page.keyboard.press(other)

    return press


def _select(page: Page) -> None:
    for number in range(2):
        page.locator("[data-shot]").nth(number).click(modifiers=["ControlOrMeta"])
    expect(page.get_by_text("2 selected")).to_be_visible()


def _ask_for_one(page: Page) -> None:
    page.get_by_role("button", name="picks").first.click()
    number = page.get_by_role("textbox", name="Number of picks")
    number.fill("1")
    number.press("Enter")
    expect(page.get_by_text("1 picked, spread over the album")).to_be_visible()


def _faults(page: Page, place: Place) -> Iterator[str]:
    where = f"{place.path} {place.name}"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if width not in SCHEMES:
            page.evaluate(SETTLED)
        for scheme in SCHEMES.get(width, ()):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.evaluate(SETTLED)
            for fault in page.evaluate(FAULTS, scheme):
                if fault["impact"] in GRAVE:
                    yield f"{where} at {width} px, {scheme}: {fault['id']} {fault['text']}"
        if not page.evaluate(FITS, width):
            yield f"{where} is wider than {width} px."
        if width in PHONES:
            for clipped in page.evaluate(CLIPPED):
                yield f"{where} at {width} px hides buttons of the toolbar {clipped}."
            for small in page.evaluate(SMALL):
                yield f"{where} at {width} px is small for a finger: {small}"


@pytest.fixture
def ada(new_visitor: NewVisitor, drawn: list[DrawnPhoto], tmp_path: Path) -> Visitor:
    """A person with an empty album and one with groups and a failed photo."""
    if not AXE.exists():
        missing("axe-core is missing: run `npm ci` in web/frontend.")
    broken = tmp_path / "notes.jpg"
    broken.write_bytes(b"This is text, although the name says JPEG.")
    visitor = new_visitor()
    visitor.make_album("Empty")
    visitor.make_analyzed_album("Midsummer", [*(shot.path for shot in drawn[:9]), broken])
    return visitor


def _places(visitor: Visitor) -> tuple[list[Place], list[Place]]:
    albums = {album["name"]: album["id"] for album in visitor.get("/api/v1/albums/")["results"]}
    album, empty = f"/albums/{albums['Midsummer']}", f"/albums/{albums['Empty']}"
    link = urlsplit(visitor.share(albums["Midsummer"], role="heart")).path
    group = visitor.clusters(albums["Midsummer"])[0]
    review = f"{album}/review"
    compare = f"{album}/compare?cluster={group['id']}&photos={group['photos'][0]['id']},{group['photos'][1]['id']}"
    inside = [
        Place("/albums", "Midsummer"),
        Place("/albums", "Midsummer", _press("button", "Account and settings", "menu"), "menu"),
        Place("/albums", "Midsummer", _press("button", "New album", "dialog"), "new album"),
        Place(f"{empty}/upload", "Drop photos"),
        Place(f"{empty}/upload", "Drop photos", _press("button", "Actions for", "menu"), "menu"),
        Place(f"{empty}/upload", "Drop photos", _choose("Actions for", "Delete"), "delete"),
        Place(f"{album}/progress", "notes.jpg"),
        Place(review, "Midsummer"),
        Place(review, "Midsummer", _press("button", "More actions for the group", "menu"), "menu of a group"),
        Place(review, "Midsummer", _press("button", "Find", "dialog"), "find"),
        Place(review, "Midsummer", _key("?"), "keys"),
        Place(review, "Midsummer", _press("button", "Correct a camera's clock", "dialog"), "clock"),
        Place(review, "Midsummer", _key("Enter", "i", "z"), "lightbox"),
        Place(review, "Midsummer", _press("button", "Slideshow", "dialog"), "slideshow"),
        Place(review, "Midsummer", _select, "selection"),
        Place(review, "Midsummer", _ask_for_one, "one pick"),
        Place(f"{review}?view=left-out", "Left out", name="left out"),
        Place(compare, "Compare"),
        Place(f"{album}/download", "picked"),
        Place(f"{album}/share", "Links"),
        Place(f"{empty}/share", "Create a link", _press("button", "Password, end", "textbox"), "options"),
        Place(f"{album}/print", "Make the book"),
        Place(f"{empty}/download", "The album has no photos yet"),
        Place("/account", "Account"),
        Place("/help", "How it works"),
    ]
    outside = [
        Place(link, "Give a heart"),
        Place(link, "Give a heart", _press("button", "Open Photo 1", "dialog"), "large"),
        Place("/account/login", "Sign in"),
        Place("/account/signup", "Create an account"),
        Place("/account/password/reset", "Send the link"),
    ]
    return inside, outside


@pytest.mark.chromium
def test_no_page_has_a_serious_fault_and_each_fits_any_screen(ada: Visitor) -> None:
    inside, outside = _places(ada)
    faults: list[str] = []
    for place in inside:
        place.go(ada.page)
        faults += _faults(ada.page, place)
    ada.context.clear_cookies(name="sessionid")
    for place in outside:
        place.go(ada.page)
        faults += _faults(ada.page, place)
    assert faults == []
