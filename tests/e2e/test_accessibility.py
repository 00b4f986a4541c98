"""axe on every page, light and dark, and pages that fit narrow screens."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.drawing import DrawnPhoto
from tests.e2e.conftest import FRONTEND, NewVisitor

AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = {"serious", "critical"}


def _faults(page: Page) -> list[str]:
    """What axe finds that is serious, as rule and place."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in found["violations"]
        if fault["impact"] in GRAVE
        for node in fault["nodes"]
    ]


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is missing: run `npm ci` in web/frontend.")
def test_no_page_has_a_serious_fault_and_all_fit_narrow_screens(
    new_visitor: NewVisitor, drawn: list[DrawnPhoto]
) -> None:
    ada = new_visitor()
    page = ada.page
    empty = ada.make_album("Empty")
    album = ada.make_analyzed_album("Midsummer", [shot.path for shot in drawn[:9]])
    group = ada.clusters(album)[0]
    inside = {
        "/albums": "Midsummer",
        f"/albums/{empty}/upload": "Drop photos",
        f"/albums/{album}/progress": "Everything is ready",
        f"/albums/{album}/review": "",
        f"/albums/{album}/compare?cluster={group['id']}": "Compare",
        f"/albums/{album}/download": "picked",
        f"/albums/{empty}/download": "The album has no photos yet",
        "/account": "",
        "/help": "How it works",
    }
    outside = {"/account/login": "Sign in", "/account/signup": "Create an account", "/account/password/reset": ""}
    faults: list[str] = []
    for pages in (inside, outside):
        if pages is outside:
            ada.context.clear_cookies(name="sessionid")
        for path, text in pages.items():
            page.set_viewport_size({"width": 1440, "height": 900})
            page.goto(path, wait_until="networkidle")
            if text:
                expect(page.get_by_text(text).first).to_be_visible()
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                page.wait_for_timeout(200)
                faults += [f"{path} {scheme}: {fault}" for fault in _faults(page)]
            for width in (768, 390, 320):
                page.set_viewport_size({"width": width, "height": 800})
                page.wait_for_timeout(100)
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    faults.append(f"{path} is wider than {width} px.")
    assert faults == []
