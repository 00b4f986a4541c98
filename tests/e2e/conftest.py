"""A browser and the whole service, for tests that do what people do."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.drawing import DrawnPhoto, write_album
from tests.e2e import chromium, firefox
from tests.e2e.visitor import Visitor
from tests.integration.deployment import REPOSITORY, Deployment
from tests.services import Stack

HERE = Path(__file__).parent
FRONTEND = REPOSITORY / "web" / "frontend"
NOT_BUILT = "The pages are not built. Run `make frontend`, with Node.js 20 or later."


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test in this folder: `pytest -m "not e2e"` leaves them out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            if firefox.IS_CHOSEN and item.get_closest_marker("chromium"):
                item.add_marker(pytest.mark.skip(reason="Needs touch or the developer tools of Chromium."))


def missing(reason: str) -> None:
    """Skip the test on a developer's machine. Fail it where the tests must be complete."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="package")
def mails(stack: Stack) -> Path:
    """The folder for all mails of the service, one file each."""
    return stack.keeper.folder / "mails"


@pytest.fixture(scope="package")
def deployment(stack: Stack, mails: Path) -> Iterator[Deployment]:
    """The service as in production, without the weights of ResNet50."""
    if not (FRONTEND / "dist" / "index.html").exists():
        missing(NOT_BUILT)
    if firefox.IS_CHOSEN:
        if firefox.find_or_install_firefox() is None:
            missing(firefox.HOW_TO_INSTALL)
    elif chromium.find_or_install_chromium() is None:
        missing(chromium.HOW_TO_INSTALL)
    # Nothing is lost here, so nothing needs to be swept soon. Each sweep costs.
    deployment = Deployment(
        stack, EMBEDDING_MODEL="auto", FACE_DETECTOR="network", EMAIL_URL=mails.as_uri(), SWEEP_SECONDS="15"
    )
    with deployment.running() as it:
        yield it


# Per module: while Playwright runs in this thread, Django refuses to use its database.
@pytest.fixture(scope="module")
def browser(deployment: Deployment) -> Iterator[Browser]:
    """A headless Chromium, or Firefox where it is chosen."""
    launch = firefox.launch_firefox if firefox.IS_CHOSEN else chromium.launch_chromium
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


NewVisitor = Callable[..., Visitor]


@pytest.fixture
def new_visitor(browser: Browser, deployment: Deployment) -> Iterator[NewVisitor]:
    """Creates people, each signed up in their own browser. Options go to the browser's context."""
    visitors: list[Visitor] = []

    def make(**options: Any) -> Visitor:
        visitor = Visitor(browser, deployment.url, **options)
        visitors.append(visitor)
        visitor.sign_up()
        return visitor

    yield make
    problems = [problem for visitor in visitors for problem in visitor.close()]
    assert problems == [], "The browser's console reports errors."


@pytest.fixture(scope="package")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> list[DrawnPhoto]:
    """Thirty photos of nine moments."""
    return write_album(tmp_path_factory.mktemp("drawn"), moments=9, shots=[4, 5, 3, 4, 3, 4, 3, 3, 1])
