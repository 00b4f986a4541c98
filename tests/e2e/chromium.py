"""Finds Debian's Chromium, and installs it where that is possible."""

from __future__ import annotations

import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome")
HOW_TO_INSTALL = "Chromium is missing, which the browser tests drive. On Debian: apt-get install chromium"


def find_chromium() -> str | None:
    """The path of a Chromium, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def find_or_install_chromium() -> str | None:
    """The path of a Chromium, installed from Debian's packages first where it is missing and we may; or None."""
    if find_chromium() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for arguments in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", "chromium"]):
            installed = subprocess.run(["apt-get", *arguments], env=environment, capture_output=True, check=False)
            if installed.returncode != 0:
                break
    return find_chromium()
