"""Finds Debian's Chromium, installs it if possible, and starts it.

The headless shell is Chromium without its windows: it starts sooner and needs less of the processor. Debian's
Chromium gets security updates from a source the machine already trusts. It runs in its sandbox, except as
root or where the kernel grants none.
"""

from __future__ import annotations

import os
import shutil
import subprocess

from playwright.sync_api import Browser, Error, Playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
HOW_TO_INSTALL = f"The browser tests need Chromium. On Debian: sudo apt-get install {NAMES[0]}"
INSTALL_SECONDS = 600
# /dev/shm is 64 MB in many containers, and a browser that fills it crashes.
ARGUMENTS = ("--disable-dev-shm-usage",)


def find_chromium() -> str | None:
    """The path of a Chromium, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def find_or_install_chromium() -> str | None:
    """The path of Chromium, or None. If it is missing and we may, install Debian's package first."""
    if find_chromium() is None:
        install(NAMES[0])
    return find_chromium()


def install(package: str) -> None:
    """Install a package of Debian, if we may."""
    become_root = _become_root()
    if shutil.which("apt-get") and become_root is not None:
        apt = [*become_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
        for arguments in (["update"], ["install", "--yes", "--no-install-recommends", package]):
            if not _succeeds([*apt, *arguments]):
                break


def _become_root() -> list[str] | None:
    """The prefix that makes a command run as root without a password, or None if there is none."""
    if os.geteuid() == 0:
        return []
    return ["sudo", "--non-interactive"] if shutil.which("sudo") and _succeeds(["sudo", "-n", "true"]) else None


def _succeeds(command: list[str]) -> bool:
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=INSTALL_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def launch_chromium(playwright: Playwright) -> Browser:
    """Start a headless Chromium, in its sandbox if possible.

    There is no sandbox as root, nor where the kernel grants others no user namespaces, as in most containers. The
    browser visits only what these tests serve.
    """
    path = find_chromium()
    if os.geteuid() != 0:
        try:
            return playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS], chromium_sandbox=True)
        except Error as error:
            if "sandbox" not in error.message.lower():
                raise
    return playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, "--no-sandbox"])
