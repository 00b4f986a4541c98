"""Count what an album costs: messages, database statements, storage requests and bytes.

    python -m benchmarks.costs [--photos 800] [--photo FILE]

The stages run in this process on an empty SQLite database and a folder, with one photo examined for all
(`tests.counted_album`). So the counts are those of the service, and do not depend on the machine.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from benchmarks._album_photos import REAL_PHOTOS, draw_photos

MEGABYTE = 1_000_000


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=800)
    parser.add_argument("--photo", type=Path, help="the photo that is uploaded again and again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="photoalbum-costs-") as name:
        folder = Path(name)
        _prepare_service(folder)
        photo = options.photo or min(REAL_PHOTOS.glob("*.jpg"), default=None) or draw_photos(folder / "drawn", 1)[0]
        _print_costs(photo.read_bytes(), options.photos)


def _prepare_service(folder: Path) -> None:
    settings = {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "web.settings", "EMBEDDING_MODEL": "descriptor"}
    os.environ.update(settings)
    for name in ("DATABASE_URL", "REDIS_URL", "STORAGE_URL"):
        os.environ.pop(name, None)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("initialize", verbosity=0)


def _print_costs(photo: bytes, photos: int) -> None:
    from django.contrib.auth import get_user_model

    from albums.models import WorkerReport
    from albums.services.albums import album_create
    from tests.counted_album import count_album

    WorkerReport.objects.create(name="all@home", queues="images,embeddings,albums", concurrency=2)
    owner = get_user_model().objects.create_user("ada@example.org", None)
    costs = count_album(album_create(owner=owner, name="Album"), photo, photos)
    print(f"{photos} photos of {len(photo) / MEGABYTE:.1f} MB, two worker processes")
    print(
        f"{'':15} {'messages':>9} {'statements':>11} {'a photo':>8} {'requests':>9} {'MB read':>9} {'MB written':>11}"
    )
    for step, cost in costs.items():
        print(
            f"{step:15} {cost.messages:9,} {cost.statements:11,} {cost.statements / photos:8.2f} {cost.requests:9,}"
            f" {cost.bytes_read / MEGABYTE:9,.0f} {cost.bytes_written / MEGABYTE:11,.0f}"
        )


if __name__ == "__main__":
    main()
