"""The album for all fault tests: small photos, and six bad files. The long version has more photos."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.drawing import write_album
from tests.integration.faults.scale import is_long

MOMENTS, SHOTS = 18 if is_long() else 5, 3

# The error code of each bad file. The name says what it is.
FAILURES = {
    "BAD_cut_off.jpg": "truncated",
    "BAD_words.jpg": "not_an_image",
    "BAD_document.jpg": "unsupported_format",
    "BAD_film.jpg": "truncated",
    "BAD_one_byte.jpg": "not_an_image",
    "BAD_hollow.jpg": "truncated",
}
# What the person decides while the photos are being analyzed.
DECISIONS = {"IMG_1002.jpg": "keep", "IMG_1003.jpg": "keep", "IMG_1007.jpg": "reject", "IMG_1013.jpg": "reject"}


@dataclass(frozen=True)
class DrawnAlbum:
    """Files on disk: the good ones in order of capture, then the bad ones."""

    good: list[Path]
    bad: list[Path]

    @property
    def files(self) -> list[Path]:
        """All files."""
        return [*self.good, *self.bad]


def draw(folder: Path) -> DrawnAlbum:
    """Draw the album into the folder."""
    good = [shot.path for shot in write_album(folder, moments=MOMENTS, shots=SHOTS, seed=11)]
    whole = good[0].read_bytes()
    contents = {
        "BAD_cut_off.jpg": whole[: len(whole) // 2],
        "BAD_words.jpg": b"This is text, although the name says JPEG.",
        "BAD_document.jpg": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n",
        "BAD_film.jpg": b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(2000),
        "BAD_one_byte.jpg": b"\xff",
        "BAD_hollow.jpg": whole[:1200],
    }
    for name in FAILURES:
        (folder / name).write_bytes(contents[name])
    return DrawnAlbum(good, [folder / name for name in FAILURES])
