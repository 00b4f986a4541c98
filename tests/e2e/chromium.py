"""Finds Debian's Chromium, installs it where that is possible, and starts it."""

from __future__ import annotations

import os
import shutil
import subprocess

from playwright.sync_api import Browser, Error, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
HOW_TO_INSTALL = "Chromium is missing, which the browser tests drive. On Debian: sudo apt-get install chromium"
INSTALL_SECONDS = 600
# /dev/shm is 64 MB in many containers, and a browser that fills it crashes.
ARGUMENTS = ("--disable-dev-shm-usage",)


def find_chromium() -> str | None:
    """The path of a Chromium, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def find_or_install_chromium() -> str | None:
    """The path of a Chromium, installed from Debian's packages first where it is missing and we may; or None."""
    become_root = _become_root()
    if find_chromium() is None and shutil.which("apt-get") and become_root is not None:
        apt = [*become_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
        for arguments in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
            if not _succeeds([*apt, *arguments]):
                break
    return find_chromium()


def _become_root() -> list[str] | None:
    """What to put before a command so that root runs it without asking for a password; None when nothing does."""
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
    """A headless Chromium, in its sandbox where it can have one.

    It can have none as root, nor where the kernel gives others no user namespaces, as in most containers.
    It visits what these tests serve, and nothing else.
    """
    path = find_chromium()
    if os.geteuid() != 0:
        try:
            return playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS], chromium_sandbox=True)
        except Error as error:
            if "sandbox" not in error.message.lower():
                raise
    return playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, "--no-sandbox"])
