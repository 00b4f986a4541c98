"""A folder of drawn photos, each of another scene: part of what the shipped ranker was trained on.

python -m tests.drawn_folder FOLDER [--photos 16]
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from tests.drawing import add_noise, draw_scene, jpeg_bytes
from tests.drawn_faces import add_face

_SIZE = (2048, 1536)
_EVERY_NTH_WITH_A_FACE = 3


def main() -> None:
    """Draw the photos."""
    parser = ArgumentParser(description="Draw photos, each of another scene.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--photos", type=int, default=16)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for number in range(options.photos):
        scene = draw_scene(200 + number, _SIZE)
        if number % _EVERY_NTH_WITH_A_FACE == 0:
            add_face(scene, middle=(0.5, 0.5), width=0.2)
        photo = add_noise(scene, 1.5, seed=number)
        (options.folder / f"scene-{number:02d}.jpg").write_bytes(jpeg_bytes(photo, quality=95))


if __name__ == "__main__":
    main()
