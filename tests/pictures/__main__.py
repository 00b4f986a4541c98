"""`python -m tests.pictures`: takes the documentation's pictures again, of drawn photos, into docs/pictures."""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.drawing import add_noise, degrade, jpeg_bytes
from tests.e2e.chromium import HOW_TO_INSTALL, find_or_install_chromium, launch_chromium
from tests.e2e.visitor import PHONE, Visitor
from tests.integration.deployment import REPOSITORY, Deployment
from tests.pictures.scenes import Shot, paint
from tests.services import Stack

TARGET = REPOSITORY / "docs" / "pictures"
START = datetime(2024, 6, 22, 9, 41)  # noqa: DTZ001 - cameras write wall-clock time without a zone

STEADY, NUDGED, TURNED = Shot(), Shot(shift=(0.004, -0.002)), Shot(shift=(-0.006, 0.003), moved=0.012)
# Each moment: its scene, the minutes since the one before, and its shots with what went wrong with them. Of the lake
# and the balloons two shots are as good as each other, which is what "no clear winner" is for.
MOMENTS: list[tuple[str, float, list[tuple[Shot, Any]]]] = [
    ("alps", 0, [(NUDGED, "blurred"), (STEADY, "none"), (TURNED, "dark"), (NUDGED, "shaken"), (TURNED, "bright")]),
    ("friends", 74, [(Shot(eyes_open=False), "none"), (NUDGED, "none"), (TURNED, "blurred"), (STEADY, "shaken")]),
    ("balloons", 48, [(STEADY, "none"), (NUDGED, "none"), (TURNED, "none")]),
    ("sea", 190, [(TURNED, "bright"), (STEADY, "none"), (NUDGED, "blurred")]),
    ("lake", 305, [(STEADY, "none"), (NUDGED, "none"), (TURNED, "shaken"), (NUDGED, "dark")]),
    ("town", 96, [(STEADY, "none")]),
]


def draw_album(folder: Path) -> list[Path]:
    """Files as a camera would name and date them."""
    paths: list[Path] = []
    clock = START
    for scene, minutes, shots in MOMENTS:
        clock += timedelta(minutes=minutes)
        for number, (shot, flaw) in enumerate(shots):
            image = add_noise(degrade(paint(scene, shot), flaw, number), 1.5, seed=len(paths))
            taken_at = clock + timedelta(seconds=2 * number)
            path = folder / f"IMG_{len(paths) + 2041}.jpg"
            path.write_bytes(jpeg_bytes(image, quality=92, taken_at=taken_at, camera=("Drawn", "Camera 1")))
            paths.append(path)
    return paths


def save(page: Page, name: str) -> None:
    """What the window shows, once all pictures in it are drawn, as WebP: small enough to keep in the repository."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.activeElement?.blur()")
    page.wait_for_timeout(500)
    path = TARGET / f"{name}.webp"
    Image.open(io.BytesIO(page.screenshot())).convert("RGB").save(path, "WEBP", quality=84, method=6)
    sys.stdout.write(f"{path.relative_to(REPOSITORY)}: {path.stat().st_size / 1000:.0f} kB\n")


def take(browser: Browser, url: str, photos: list[Path]) -> None:
    """Everything, in one account."""
    ada = Visitor(browser, url, viewport={"width": 1280, "height": 1240})
    ada.sign_up()
    page = ada.page
    if (notice := page.get_by_role("button", name="Got it")).count():
        notice.click()
    album = ada.make_analyzed_album("Midsummer", photos)
    page.goto(f"/albums/{album}/review")
    save(page, "review")
    page.set_viewport_size({"width": 1280, "height": 860})
    page.goto(f"/albums/{album}/review?view=unclear")
    save(page, "unclear")
    page.goto(f"/albums/{album}/print")
    page.get_by_role("region", name="The pages").wait_for()
    save(page, "print")
    page.emulate_media(color_scheme="dark")
    group = max(ada.clusters(album), key=lambda cluster: sum(len(photo["faces"]) for photo in cluster["photos"]))
    page.goto(f"/albums/{album}/compare?cluster={group['id']}")
    save(page, "compare")
    with _phone(browser, url, ada) as phone:
        phone.goto(f"/albums/{album}/review")
        save(phone, "phone")
    share(browser, ada, album)
    ada.context.close()


def share(browser: Browser, owner: Visitor, album: str) -> None:
    """A guest chooses on a phone, and the owner sees what."""
    page = owner.page
    page.emulate_media(color_scheme="light")
    page.goto(f"/albums/{album}/share")
    page.get_by_role("radio", name="Choose photos").click()
    page.keyboard.type("3")
    page.get_by_role("button", name="Create a link").click()
    link = page.get_by_role("textbox", name="Address: Choose 3 photos").input_value()
    guest = Visitor(browser, owner.url, **PHONE)
    guest.page.goto(link)
    for number in (1, 3):
        guest.page.get_by_role("button", name=f"Choose, Photo {number} of").tap()
        if number == 1:
            guest.page.get_by_role("textbox", name="Name").fill("Anna")
            guest.page.keyboard.press("Enter")
            guest.page.get_by_role("dialog").wait_for(state="hidden")
    guest.page.evaluate("window.scrollTo(0, 0)")
    save(guest.page, "guest")
    guest.context.close()
    page.reload()
    page.get_by_role("button", name="1 person, 2 photos").click()
    page.get_by_text("Take over 2 photos").wait_for()
    page.set_viewport_size({"width": 1280, "height": 1000})
    save(page, "choices")


@contextmanager
def _phone(browser: Browser, url: str, person: Visitor) -> Iterator[Page]:
    """The same person on a phone, dark."""
    state = person.context.storage_state()
    options: dict[str, Any] = {**PHONE, "color_scheme": "dark", "locale": "en-GB", "reduced_motion": "reduce"}
    context = browser.new_context(base_url=url, storage_state=state, **options)
    yield context.new_page()
    context.close()


def main() -> int:
    """Draw, run, take."""
    if find_or_install_chromium() is None:
        sys.stderr.write(f"{HOW_TO_INSTALL}\n")
        return 1
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="photoalbum-pictures-") as folder, Stack() as stack:
        photos = draw_album(Path(folder))
        stack.start()
        with Deployment(stack, FACE_DETECTOR="network").running() as running, sync_playwright() as playwright:
            browser = launch_chromium(playwright)
            take(browser, running.url, photos)
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
