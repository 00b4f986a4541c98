"""How the pages reach a browser: small, compressed, cached and installable."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Response

from tests.e2e.conftest import FRONTEND, NewVisitor

DIST = FRONTEND / "dist" / "static"
MOST_SCRIPT = 250_000  # bytes, gzipped, before any page is shown
A_YEAR = 31_536_000
# Chromium says this of every private window, which tests use.
PRIVATE = "in-incognito"


def _initial_files() -> set[str]:
    """The files that the entry of the build imports, with styles, but without what its pages load later."""
    manifest: dict[str, Any] = json.loads((DIST / ".vite" / "manifest.json").read_text(encoding="utf-8"))
    files: set[str] = set()
    waiting = ["index.html"]
    while waiting:
        chunk = manifest[waiting.pop()]
        if chunk["file"] not in files:
            files |= {chunk["file"], *chunk.get("css", [])}
            waiting += chunk.get("imports", [])
    return files


def _gzipped(file: str) -> int:
    return Path(f"{DIST / file}.gz").stat().st_size


def _load(page: Page, address: str) -> list[Response]:
    """Every response of a first visit."""
    responses: list[Response] = []

    def note(response: Response) -> None:
        responses.append(response)

    page.on("response", note)
    page.goto(address, wait_until="networkidle")
    return responses


def test_a_first_visit_loads_little_compressed_and_cached_for_long(new_visitor: NewVisitor) -> None:
    ada = new_visitor()
    ada.context.clear_cookies()
    scripts = {file for file in _initial_files() if file.endswith(".js")}
    assert sum(map(_gzipped, scripts)) < MOST_SCRIPT

    fresh = ada.context.browser.new_context(base_url=ada.url, locale="sv-SE")
    page = fresh.new_page()
    responses = _load(page, "/account/login")
    [html] = [answer for answer in responses if answer.request.is_navigation_request()]
    assert "no-cache" in html.headers["cache-control"]
    assets = [answer for answer in responses if "/static/app/assets/" in answer.url]
    assert len(assets) >= len(scripts)
    for answer in assets:
        assert answer.ok, answer.url
        assert answer.headers.get("content-encoding") in {"br", "gzip"}, answer.url
        control = answer.headers["cache-control"]
        assert "immutable" in control, answer.url
        assert int(re.findall(r"max-age=(\d+)", control)[0]) >= A_YEAR
    sizes = [answer.request.sizes()["responseBodySize"] for answer in assets if answer.url.endswith(".js")]
    assert sum(sizes) < MOST_SCRIPT
    # The texts of one language, beside the scripts and not after them.
    [texts] = [answer.url for answer in assets if re.search(r"/(en|sv)-[\w-]+\.js$", answer.url)]
    assert page.locator(f'link[rel="modulepreload"][href="{texts}"]').count() == 1
    fresh.close()


@pytest.mark.chromium
def test_a_page_says_what_it_is_and_can_be_installed(new_visitor: NewVisitor) -> None:
    page = new_visitor().page
    page.goto("/albums", wait_until="networkidle")
    assert page.locator("html").get_attribute("lang") == "en"
    assert "Photo album" in page.title()
    for name in ("description", "viewport", "theme-color"):
        assert page.locator(f'meta[name="{name}"]').first.get_attribute("content")

    devtools = page.context.new_cdp_session(page)
    manifest = devtools.send("Page.getAppManifest")
    assert manifest["errors"] == []
    errors = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [error["errorId"] for error in errors if error["errorId"] != PRIVATE] == []
    content = json.loads(manifest["data"])
    for icon in content["icons"]:
        answer = page.context.request.get(f"{manifest['url'].rsplit('/', 1)[0]}/{icon['src']}")
        assert answer.ok, icon
        assert answer.headers["content-type"].startswith(icon["type"])
