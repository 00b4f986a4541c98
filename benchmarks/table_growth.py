"""Measure whether a photo costs the database more when it holds more photos.

    python -m benchmarks.table_growth [--rows 10000 100000] [--photos 64]

PostgreSQL gets that many photos by `generate_series`, in albums of 500. Then some more pass through the service's own
code, from the upload to their groups, with an analysis that takes no time, and people and operators read. Each
statement runs as EXPLAIN (ANALYZE, BUFFERS) first and is rolled back. The figures are the blocks that it touches, in
memory or on disk: they are nearly the same in every run, while times are not. The processor time of PostgreSQL for each
photo is that of other passes, without EXPLAIN.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks._process_monitor import processor_seconds
from tests.services import Stack

_HOUR = timedelta(hours=1)
_GREW = 1.1
_PASSES = 4

FILL = (
    # Each statement fills the rows from %(first)s to %(last)s.
    """INSERT INTO accounts_user (id, password, is_superuser, first_name, last_name, is_staff, is_active, date_joined,
        email)
    SELECT 1000000 + n, '', false, '', '', false, true, now(), n || '@example.org'
    FROM generate_series(%(first)s / 10000, %(last)s / 10000) n ON CONFLICT DO NOTHING""",
    """INSERT INTO albums_album (id, owner_id, name, similarity, created_at, grouping, grouping_error, attempts,
        claimed_by)
    SELECT md5('album' || n)::uuid, 1000000 + n / 20, 'Album', 0.5, now() - n * interval '1 second', 'current', '', 0,
        ''
    FROM generate_series(%(first)s / 500, %(last)s / 500) n ON CONFLICT DO NOTHING""",
    """INSERT INTO albums_photo (id, album_id, name, byte_size, sha256, created_at, state, error_code, error_message,
        content_type, time_source, camera, capture, scores, faces, rank, quality, reasons, decision, picked,
        manual_kind, placeholder, face_count, attempts, claimed_by, taken_at, timeline_at, order_key,
        enqueued_at, width, height)
    SELECT md5('photo' || n)::uuid, md5('album' || n / 500)::uuid, n || '.jpg', 3000000, md5('a' || n) || md5('b' || n),
        now() - n * interval '1 second', 'analyzed', '', '', 'image/jpeg', 'exif', 'Camera', '{}', '{}', '[]', 0, 1,
        '[]', 'auto', n %% 4 = 0, 'moment', '', 0, 0, '', now() - n * interval '1 second',
        now() - n * interval '1 second', decode(md5('a' || n), 'hex'), now() - n * interval '1 second', 4000, 3000
    FROM generate_series(%(first)s, %(last)s - 1) n""",
    """INSERT INTO albums_embedding (photo_id, model, version, vector)
    SELECT md5('photo' || n)::uuid, 'descriptor', '1', '' FROM generate_series(%(first)s, %(last)s - 1) n""",
)


class Explained:
    """Counts the blocks that each statement touches, by who asked for it."""

    def __init__(self) -> None:
        self.blocks: Counter[str] = Counter()
        self.asked_by = ""
        self._is_explaining = False

    @contextmanager
    def asking(self, name: str) -> Iterator[None]:
        """Name who asks inside the block."""
        self.asked_by = name
        yield
        self.asked_by = ""

    def __call__(self, execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any) -> Any:
        """Explain the statement, take it back, and execute it."""
        from django.db import connection, transaction

        if self.asked_by and not self._is_explaining and sql.startswith(("SELECT", "UPDATE", "INSERT", "DELETE")):
            self._is_explaining = True
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", parameters)
                    [[[found]]] = cursor.fetchall()
                    transaction.set_rollback(True)
            finally:
                self._is_explaining = False
            plan = found["Plan"]
            self.blocks[self.asked_by] += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
        return execute(sql, parameters, many, context)


def fill(first: int, last: int) -> None:
    """Add photos with these numbers, their albums, accounts and vectors."""
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in FILL:
            cursor.execute(statement, {"first": first, "last": last})
        cursor.execute("VACUUM ANALYZE")


def pass_through(explained: Explained, photos: int) -> None:
    """Upload, analyze and group an album with this number of photos."""
    from django.contrib.auth import get_user_model
    from django.utils.crypto import get_random_string

    from albums import storage
    from albums.services.albums import album_create
    from albums.services.uploads import UploadRequest, uploads_complete, uploads_create
    from worker.stages import embed, group, prepare

    owner = get_user_model().objects.create_user(f"{get_random_string(9)}@example.org", None)
    album = album_create(owner=owner, name="Weekend")
    contents = [os.urandom(100) for _ in range(photos)]
    requests = [
        UploadRequest(f"{number}.jpg", len(content), hashlib.sha256(content).hexdigest())
        for number, content in enumerate(contents)
    ]
    with explained.asking("announce"):
        results = uploads_create(album, requests)
    ids = [result.photo.id for result in results if result.photo]
    for photo_id, content in zip(ids, contents, strict=True):
        storage.get_storage().write_bytes(storage.original_key(album.id, photo_id), content, "image/jpeg")
    with explained.asking("complete and dispatch"):
        uploads_complete(album, ids)
    for name, stage in (("prepare", prepare.prepare_photos), ("embed", embed.embed_photos)):
        with explained.asking(name):
            for first in range(0, photos, 16):
                stage(ids[first : first + 16], task_id=f"{name}{first}")
    with explained.asking("write the groups"):
        group.group_album(album.id, task_id="group")


def read(explained: Explained) -> None:
    """Read as people, the sweep and operators do."""
    from albums import operations, quotas, selectors, timeline
    from albums.models import Album
    from albums.services.recovery import work_recover

    album = Album.objects.get(id=str(_album_id()))
    reads: dict[str, Callable[[], object]] = {
        "read progress": lambda: selectors.album_progress(album.id),
        "read list of albums": lambda: list(selectors.albums_of(album.owner)[:100]),
        "read timeline": lambda: (timeline.timeline_clusters(album), timeline.timeline_singles(album)),
        "read 100 photos": lambda: list(selectors.photos_of(album)[:101]),
        "read usage": lambda: quotas.usage(album.owner_id),
        "sweep": lambda: work_recover(lambda _queue: 0),
        "metrics: queues": operations.queue_progress,
        "metrics: photos by state": operations.photos_by_state,
        "metrics: failures": operations.failures_by_code,
        "metrics: last hour": lambda: operations.photos_analyzed_within(_HOUR),
    }
    for name, ask in reads.items():
        with explained.asking(name):
            ask()


def _album_id() -> str:
    return hashlib.md5(b"album3", usedforsecurity=False).hexdigest()


def measure(server: int, photos: int) -> dict[str, float]:
    """Milliseconds and blocks for each photo that passes through, and blocks for each read. `server` is a process."""
    from django.db import connection

    explained = Explained()
    pass_through(Explained(), photos)
    began = processor_seconds(server)
    for _ in range(_PASSES):
        pass_through(Explained(), photos)
    milliseconds = 1000 * (processor_seconds(server) - began) / _PASSES / photos
    with connection.execute_wrapper(explained):
        pass_through(explained, photos)
        read(explained)
    return {"milliseconds of PostgreSQL": milliseconds} | {
        name: blocks / (1 if name.startswith(("read", "sweep", "metrics")) else photos)
        for name, blocks in explained.blocks.items()
    }


def main() -> None:
    """Print blocks by who asked and number of rows."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--photos", type=int, default=64, help="which pass through the service")
    options = parser.parse_args()
    with Stack() as stack, tempfile.TemporaryDirectory(prefix="photoalbum-growth-") as name:
        stack.start(stack.postgres)
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "web.settings",
            "DATABASE_URL": stack.postgres.url,
            "DATA_DIR": name,
            "QUOTA_PHOTOS": "0",
        }
        _set_up(Path(name))
        found: list[dict[str, float]] = []
        former = 0
        for rows in options.rows:
            fill(former, rows)
            former = rows
            found.append(measure(stack.postgres.pid, options.photos))
            print(json.dumps({"rows": rows, **found[-1]}), flush=True)
        report(options.rows, found)


def _set_up(folder: Path) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from albums import jobs
    from benchmarks._sleeping_analysis import replace_analysis
    from benchmarks.coordination import write_examination

    call_command("migrate", verbosity=0)
    write_examination(folder, 0)
    replace_analysis(folder)
    vars(jobs)["_send"] = lambda *_: None


def report(sizes: list[int], found: list[dict[str, float]]) -> None:
    """Print the blocks as a table, with the growth from the first number of rows to the last."""
    print(f"{'blocks touched':28}" + "".join(f"{rows:>14,}" for rows in sizes) + f"{'growth':>9}")
    for name in found[0]:
        blocks = [figures.get(name, 0.0) for figures in found]
        growth = blocks[-1] / blocks[0] if blocks[0] else float("nan")
        mark = "  !" if growth > _GREW else ""
        print(f"{name:28}" + "".join(f"{count:14.1f}" for count in blocks) + f"{growth:9.2f}{mark}")


if __name__ == "__main__":
    main()
