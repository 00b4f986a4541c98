"""The real photos in the repository; see `tests/photos/LICENSES.md`."""

from __future__ import annotations

from pathlib import Path

from tests.drawing import Pixels
from worker.analysis.files import decode_photo

FOLDER = Path(__file__).with_name("photos")
NAMES = ("astronaut", "chelsea", "coffee", "rocket")


def real_photo(name: str) -> Pixels:
    """The pixels of one of `NAMES`, decoded as the service decodes uploads."""
    return decode_photo((FOLDER / f"{name}.jpg").read_bytes()).image
