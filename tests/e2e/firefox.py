"""Starts Debian's Firefox ESR instead of Chromium, for `make firefox-test`.

Playwright drives an unpatched Firefox by WebDriver BiDi. It has no developer tools of Chromium, no touch, and writes
less about an error to the console.
"""

from __future__ import annotations

import os
import shutil

from playwright.sync_api import Browser, Playwright

from tests.e2e.chromium import install

IS_CHOSEN = os.environ.get("TEST_BROWSER") == "firefox"
NAME = "firefox-esr"
HOW_TO_INSTALL = f"These browser tests need Firefox. On Debian: sudo apt-get install {NAME}"
# All that BiDi says of an error object on the console, such as those that the router throws for a missing album.
BARE_ERROR = "Error"


def find_or_install_firefox() -> str | None:
    """The path of Firefox, or None. If it is missing and we may, install Debian's package first."""
    if shutil.which(NAME) is None:
        install(NAME)
    return shutil.which(NAME)


def launch_firefox(playwright: Playwright) -> Browser:
    """Start a headless Firefox."""
    return playwright.firefox.launch(channel="moz-firefox", executable_path=shutil.which(NAME))
