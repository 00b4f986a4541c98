"""A browser and the whole service, for tests that do what people do."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.drawing import DrawnPhoto, write_album
from tests.e2e.chromium import HOW_TO_INSTALL, find_or_install_chromium
from tests.e2e.visitor import Visitor
from tests.integration.deployment import REPOSITORY, Deployment
from tests.services import Stack

HERE = Path(__file__).parent
FRONTEND = REPOSITORY / "web" / "frontend"
NOT_BUILT = "The pages are not built: `make frontend` builds them, with Node.js 20 or later."


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser: `pytest -m "not e2e"` leaves it out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)


def _missing(reason: str) -> None:
    """Skip on a developer's machine; where the tests must be complete, fail."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="package")
def deployment() -> Iterator[Deployment]:
    """The service in its production shape, without weights; everything is asked for before anything is started."""
    if not (FRONTEND / "dist" / "index.html").exists():
        _missing(NOT_BUILT)
    if find_or_install_chromium() is None:
        _missing(HOW_TO_INSTALL)
    with Stack() as stack:
        stack.start()
        with Deployment(stack, EMBEDDING_MODEL="auto").running() as running:
            yield running


# Of one module: while Playwright runs in this thread, Django refuses to use its database.
@pytest.fixture(scope="module")
def browser(deployment: Deployment) -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        # Its sandbox needs rights that containers and root do not have; it visits this service only.
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=find_or_install_chromium(), args=arguments)
        yield browser
        browser.close()


NewVisitor = Callable[..., Visitor]


@pytest.fixture
def new_visitor(browser: Browser, deployment: Deployment) -> Iterator[NewVisitor]:
    """Makes people with a browser of their own each, signed up; options go to the browser's context."""
    visitors: list[Visitor] = []

    def make(**options: Any) -> Visitor:
        visitor = Visitor(browser, deployment.url, **options)
        visitors.append(visitor)
        visitor.sign_up()
        return visitor

    yield make
    problems = [problem for visitor in visitors for problem in visitor.close()]
    assert problems == [], "The browser's console reports errors."


PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}


@pytest.fixture(scope="package")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> list[DrawnPhoto]:
    """Thirty photos of nine moments."""
    return write_album(tmp_path_factory.mktemp("drawn"), moments=9, shots=[4, 5, 3, 4, 3, 4, 3, 3, 1])
