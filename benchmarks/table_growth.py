"""Measure whether a photo costs the database more when it holds more photos.

    python -m benchmarks.table_growth [--rows 10000 100000] [--photos 64] [--passes 3] [--statements]

An album passes through the service's own code, with an analysis that takes no time. PostgreSQL then gets that many
copies of its photos by `generate_series`, in albums of 500 photos and accounts of 20 albums. More albums pass through,
from the upload to their groups, and people and operators read. The figures are the blocks that PostgreSQL touches, in
memory or on disk, which are nearly the same in every run, and the processor time of its session.

Ten million photos take 28 GB of disk in TMPDIR and a quarter of an hour. Take more --photos to see what photos that
wait cost the others. With --statements each statement has a line.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from tests.services import Stack

if TYPE_CHECKING:
    from benchmarks._statement_costs import StatementCosts

_HOUR = timedelta(hours=1)
_GREW = 1.1
_STAGES = ("announce", "complete and dispatch", "prepare", "embed", "write the groups")
_SAMPLE_PHOTOS = 100
_SERVER = {
    # Making rows: without the log, since a crash loses nothing that one could want.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "maintenance_work_mem": "512MB",
    "max_parallel_maintenance_workers": "0",
    # Measuring: room for the indexes, nothing beside the measured session, and its statistics at once.
    "shared_buffers": "2GB",
    "autovacuum": "off",
    "stats_fetch_consistency": "none",
    "max_parallel_workers_per_gather": "0",
}


def pass_through(costs: StatementCosts, photos: int) -> None:
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
    with costs.asking("announce"):
        results = uploads_create(album, requests)
    ids = [result.photo.id for result in results if result.photo]
    for photo_id, content in zip(ids, contents, strict=True):
        storage.get_storage().write_bytes(storage.original_key(album.id, photo_id), content, "image/jpeg")
    with costs.asking("complete and dispatch"):
        uploads_complete(album, ids)
    for name, stage in (("prepare", prepare.prepare_photos), ("embed", embed.embed_photos)):
        with costs.asking(name):
            for first in range(0, photos, 16):
                stage(ids[first : first + 16], task_id=f"{name}{first}")
    with costs.asking("write the groups"):
        group.group_album(album.id, task_id="group")


def read(costs: StatementCosts) -> None:
    """Read as people, the sweep and operators do."""
    from albums import operations, quotas, selectors, timeline
    from albums.models import Album
    from albums.services import recovery

    album = Album.objects.get(id=hashlib.md5(b"album3", usedforsecurity=False).hexdigest())
    owner = album.owner_id
    reads: dict[str, Callable[[], object]] = {
        "page: progress": lambda: selectors.album_progress(album.id),
        "page: list of albums": lambda: list(selectors.albums_of(album.owner)[:100]),
        "page: timeline": lambda: (timeline.timeline_clusters(album), timeline.timeline_singles(album)),
        "page: counts of the review": lambda: selectors.review_counts(album),
        "page: 100 photos": lambda: list(selectors.photos_of(album)[:101]),
        "page: usage of 10,000 photos": lambda: quotas.usage(owner),
        "sweep: work": lambda: recovery.work_recover(lambda _queue: 0),
        "sweep: exports": recovery.exports_expire,
        "sweep: uploads": recovery.uploads_abandon,
        "sweep: deletions": recovery.objects_delete,
        "metrics: queues": operations.queue_progress,
        "metrics: photos by state": operations.photos_by_state,
        "metrics: failures": operations.failures_by_code,
        "metrics: exports by state": operations.exports_by_state,
        "metrics: last hour": lambda: operations.photos_analyzed_within(_HOUR),
        "metrics: deletions": operations.deletions_overdue,
        "health": selectors.service_health,
        **{f"admin: {name} {query}".strip(): partial(_admin_list, name, query) for name, query in _ADMIN_LISTS},
    }
    for name, ask in reads.items():
        with costs.asking(name):
            ask()


_ADMIN_LISTS = (
    *((name, "") for name in ("accounts.User", "albums.Album", "albums.Cluster", "albums.Export", "albums.Photo")),
    ("albums.Photo", "state=failed"),
    ("albums.Photo", "error_code=not_a_photo"),
    ("albums.Photo", "q=0@example.org"),
    ("albums.Photo", f"q={hashlib.md5(b'album3', usedforsecurity=False).hexdigest()}"),
)


def _admin_list(name: str, query: str) -> None:
    """The first page of a list in the admin pages, with what its filters offer."""
    from django.apps import apps
    from django.contrib import admin
    from django.contrib.auth import get_user_model
    from django.test import RequestFactory

    request = RequestFactory().get(f"/?{query}")
    request.user = get_user_model()(is_superuser=True, is_staff=True)
    changes = admin.site.get_model_admin(apps.get_model(name)).get_changelist_instance(request)
    list(changes.result_list)
    for spec in changes.filter_specs:
        list(spec.choices(changes))


def measure(photos: int, passes: int) -> StatementCosts:
    """What photos that pass through cost, each, and what reads cost."""
    from django.db import connection

    from benchmarks._statement_costs import StatementCosts

    pass_through(StatementCosts(), photos)
    costs = StatementCosts()
    with connection.execute_wrapper(costs):
        for _ in range(passes):
            pass_through(costs, photos)
        read(costs)
    return costs


def main() -> None:
    """Print what each stage and each read costs, by number of rows."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--photos", type=int, default=64, help="in each album that passes through")
    parser.add_argument("--passes", type=int, default=3, help="measured albums")
    parser.add_argument("--statements", action="store_true", help="a line for each statement")
    options = parser.parse_args()
    with Stack() as stack, tempfile.TemporaryDirectory(prefix="photoalbum-growth-") as name:
        stack.start(stack.postgres, stack.valkey)
        _set_up(stack, Path(name))
        found: list[StatementCosts] = []
        options.rows.sort()
        # The most first: PostgreSQL is a fifth faster in a memory of which it has used little.
        for rows in reversed(options.rows):
            _fill_copy(stack, rows)
            found.insert(0, measure(options.photos, options.passes))
            _print_details(rows, found[0], options)
        _report(options, found)


def _set_up(stack: Stack, folder: Path) -> None:
    """The server, and a database with one album, of which others are copies."""
    with psycopg.connect(stack.postgres.url, autocommit=True) as connection:
        for setting, value in _SERVER.items():
            connection.execute(f"ALTER SYSTEM SET {setting} = '{value}'".encode())
    stack.postgres.restart()
    os.environ |= stack.urls | {
        "DJANGO_SETTINGS_MODULE": "web.settings",
        "STORAGE_URL": "",
        "DATA_DIR": str(folder),
        "QUOTA_PHOTOS": "0",
    }
    import django

    django.setup()
    from django.core.management import call_command

    from albums import jobs
    from benchmarks._sleeping_analysis import replace_analysis
    from benchmarks._statement_costs import StatementCosts
    from benchmarks.coordination import write_examination

    call_command("migrate", verbosity=0)
    write_examination(folder, 0)
    replace_analysis(folder)
    vars(jobs)["_send"] = lambda *_: None
    pass_through(StatementCosts(), _SAMPLE_PHOTOS)


def _fill_copy(stack: Stack, rows: int) -> None:
    """Connect to a copy of the database with this number of photos, and forget the copy before."""
    from django.db import connection

    from benchmarks._filled_database import make_photos

    connection.close()
    with psycopg.connect(stack.postgres.url, dbname="postgres", autocommit=True) as maintenance:
        maintenance.execute("DROP DATABASE IF EXISTS growth")
        maintenance.execute("CREATE DATABASE growth TEMPLATE photoalbum")
    connection.settings_dict["NAME"] = "growth"
    began = time.monotonic()
    make_photos(rows)
    size = _size_of("growth")
    print(f"{rows:,} photos made in {time.monotonic() - began:.0f} s, {size}", flush=True)


def _size_of(database: str) -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_pretty(pg_database_size(%s))", [database])
        return str(cursor.fetchone()[0])


def _print_details(rows: int, costs: StatementCosts, options: Any) -> None:
    photos = options.photos * options.passes
    by_relation: dict[str, float] = {}
    for (asked_by, relation), count in costs.blocks.items():
        if asked_by in _STAGES:
            by_relation[relation] = by_relation.get(relation, 0.0) + count / photos
    most = sorted(by_relation.items(), key=lambda each: -each[1])
    print(
        json.dumps(
            {"rows": rows, "blocks of a photo": {name: round(count, 1) for name, count in most if count >= 0.05}}
        ),
        flush=True,
    )
    for asked_by, tables in costs.read_whole.items():
        if tables:
            print(f"{asked_by}: reads whole {', '.join(sorted(tables))}", flush=True)
    if options.statements:
        for (asked_by, sql), (times, blocks, milliseconds) in costs.statements.items():
            print(
                f"{asked_by:26}{times:7.0f} times {blocks:12.0f} blocks {milliseconds:10.2f} ms  {sql[:300]}",
                flush=True,
            )


def _report(options: Any, found: list[StatementCosts]) -> None:
    """Print a table of blocks and one of times, with the growth from the first number of rows to the last."""
    photos = options.photos * options.passes
    for unit in ("blocks", "ms"):
        print(f"\n{unit:32}" + "".join(f"{rows:>14,}" for rows in options.rows) + f"{'growth':>9}")
        lines = {
            name: [
                (costs.blocks_of(name) if unit == "blocks" else costs.milliseconds[name])
                / (photos if name in _STAGES else 1)
                for costs in found
            ]
            for name in found[0].milliseconds
        }
        lines["a photo, together"] = [sum(lines[name][size] for name in _STAGES) for size in range(len(found))]
        for name, figures in lines.items():
            growth = figures[-1] / figures[0] if figures[0] else float("nan")
            mark = "  !" if growth > _GREW else ""
            print(f"{name:32}" + "".join(f"{figure:14.2f}" for figure in figures) + f"{growth:9.2f}{mark}")


if __name__ == "__main__":
    main()
