"""The photos of the benchmarks: real ones where there are some, and drawn ones."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image

REPOSITORY = Path(__file__).resolve().parents[1]
REAL_PHOTOS = REPOSITORY.parent / "shared" / "photos" / "speed"
"""Photos beside the repository, of cameras of many makers. Most machines have none."""

MEGAPIXELS_12 = (4032, 3024)
_BEGAN = datetime(2024, 6, 15, 10, 30)  # noqa: DTZ001 - as cameras write it
_BETWEEN_SHOTS = timedelta(minutes=20)
_KEPT = 0.96  # of each side, in a varied copy
_PLACES = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0), (0.5, 0.5))
_EXIF_TIME, _EXIF_FOLDER, _ORIGINAL_TIME = 0x0132, 0x8769, 0x9003


def album_photos(folder: Path, count: int, source: Path | None) -> tuple[list[Path], str]:
    """`count` photos in the new folder, and what they are, for the table.

    They are the JPEGs of `source`, then varied copies of them. Without a source, they are drawn.
    """
    if source is None:
        return draw_photos(folder, count), "drawn photos"
    originals = sorted(path for path in source.iterdir() if path.suffix.lower() in {".jpg", ".jpeg"})
    if not originals:
        raise SystemExit(f"{source} has no JPEGs.")
    folder.mkdir(parents=True)
    jobs = [(originals[number % len(originals)], folder / f"IMG_{number:05d}.jpg", number) for number in range(count)]
    with ProcessPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        list(pool.map(_copy_varied, *zip(*jobs, strict=True), [len(originals)] * count, chunksize=4))
    copies = max(0, count - len(originals))
    return [path for _, path, _ in jobs], "real photos" + (f", {copies} of them varied copies" if copies else "")


def _copy_varied(original: Path, path: Path, number: int, originals: int) -> None:
    """Copy a photo. After the first round, each copy is cropped at another place and was taken at another time."""
    turn = number // originals
    if turn == 0:
        path.write_bytes(original.read_bytes())
        return
    with Image.open(original) as photo:
        exif, profile = photo.getexif(), photo.info.get("icc_profile")
        taken_at = (_BEGAN + number * _BETWEEN_SHOTS).strftime("%Y:%m:%d %H:%M:%S")
        exif[_EXIF_TIME] = taken_at
        exif.get_ifd(_EXIF_FOLDER)[_ORIGINAL_TIME] = taken_at
        width, height = (int(side * _KEPT) for side in photo.size)
        right, down = _PLACES[turn % len(_PLACES)]
        left, top = int((photo.width - width - turn % 7) * right), int((photo.height - height - turn % 11) * down)
        cropped = photo.crop((left, top, left + width, top + height))
    encoded = io.BytesIO()
    cropped.save(encoded, "JPEG", quality=93, exif=exif, icc_profile=profile)
    path.write_bytes(encoded.getvalue())


def draw_photos(
    folder: Path,
    count: int,
    *,
    faces: Mapping[tuple[float, float], float] | None = None,
    size: tuple[int, int] = MEGAPIXELS_12,
) -> list[Path]:
    """Draw JPEGs of a size in pixels with noise and EXIF, four shots of each scene.

    Draws `faces` into each: centres as shares of the sides, and widths as shares of the photo's width.
    """
    import cv2
    import numpy as np

    from tests.drawing import add_noise, draw_scene, jpeg_bytes
    from tests.drawn_faces import add_face

    folder.mkdir(parents=True)
    paths = []
    for number in range(count):
        scene, shot = divmod(number, 4)
        # Draw at half size, which is faster, but add noise at full size.
        half = (size[0] // 2, size[1] // 2)
        drawn = draw_scene(scene, half, shift=(0.002 * shot, 0), shot=shot)
        for middle, width in (faces or {}).items():
            add_face(drawn, middle=middle, width=width)
        enlarged = np.asarray(cv2.resize(drawn, size, interpolation=cv2.INTER_CUBIC), np.uint8)
        image = add_noise(enlarged, 3.0, seed=number)
        path = folder / f"IMG_{number:04d}.jpg"
        taken_at = _BEGAN + timedelta(minutes=20 * scene, seconds=2 * shot)
        path.write_bytes(jpeg_bytes(image, quality=92, taken_at=taken_at, camera=("Drawn", "Camera 1")))
        paths.append(path)
    return paths


def megabytes(photos: Sequence[Path]) -> float:
    """Their mean size in MB."""
    return sum(path.stat().st_size for path in photos) / len(photos) / 1e6
