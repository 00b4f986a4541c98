"""Books, contact sheets, and zips with a page or in parts, while workers die, the storage is full or the album goes."""

from __future__ import annotations

import io
import random
import time
from functools import partial
from typing import Any
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from tests.integration.faults.harness import Harness, Run, kill_some
from tests.integration.faults.scale import long_only
from tests.integration.faults.storage_proxy import FULL, UnreliableStorage
from tests.integration.faults.tally import note

pytestmark = long_only

# Each takes longer than the zip of the other tests, and is made in the sandbox.
BOOK = ("prints", {"kind": "book", "selection": "all", "captions": "names"})
PAGE = ("exports", {"selection": "all", "jpeg_size": 2048, "layout": "days", "gallery": True, "checksums": True})
PARTS = ("exports", {"selection": "all", "jpeg_size": 2048, "checksums": True, "part_gigabytes": 1})
Wanted = tuple[str, dict[str, Any]]
of_each = pytest.mark.parametrize("wanted", [BOOK, PAGE, PARTS], ids=["book", "page", "parts"])
FILES_OF_PART = 10


@pytest.fixture
def run(harness: Harness) -> Run:
    """An album that is done."""
    run = harness.under_way("exports")
    harness.settle(run)
    return run


def _request(harness: Harness, run: Run, wanted: Wanted) -> list[str]:
    """Request it. Returns the ids of its parts in order."""
    path, options = wanted
    in_parts = "part_gigabytes" in options
    if in_parts:
        # As if each photo were so large. No worker may see it.
        harness.deployment.workers["worker-albums"].kill()
        sizes = harness.rows(
            "SELECT jsonb_object_agg(id, byte_size) AS of_photos FROM albums_photo WHERE album_id = %s", run.album
        )
        harness.change(
            "UPDATE albums_photo SET byte_size = %s WHERE album_id = %s AND state = 'analyzed'",
            10**9 // FILES_OF_PART - 1_000_000,
            run.album,
        )
    first = run.person.post(f"/api/v1/albums/{run.album}/{path}/", options)
    if not in_parts:
        return [first["id"]]
    for photo_id, size in sizes[0]["of_photos"].items():
        harness.change("UPDATE albums_photo SET byte_size = %s WHERE id = %s", size, photo_id)
    listed = run.person.pages(f"/api/v1/albums/{run.album}/exports/", page_size=100)
    parts = {export["part"]: export["id"] for export in listed if export["batch"] == first["batch"]}
    harness.deployment.start()
    assert len(parts) == first["part_count"] > 2
    return [parts[number] for number in sorted(parts)]


def _made(harness: Harness, run: Run, export_id: str) -> object:
    """Wait for it. Returns the bytes of a zip, and the words and pictures of a book, whose file also has its date."""
    at = f"/api/v1/exports/{export_id}/"
    harness.wait(lambda: run.person.get(at)["state"] not in {"queued", "building"}, what="the export")
    export = run.person.get(at)
    assert export["state"] == "ready", export
    assert export["files_written"] == export["file_count"]
    content = run.person.download(export)
    assert len(content) == export["byte_size"]
    if export["kind"] == "zip":
        with ZipFile(io.BytesIO(content)) as archive:
            assert archive.testzip() is None
        return content
    pages = PdfReader(io.BytesIO(content), strict=True).pages
    return [(page.extract_text(), [image.data for image in page.images]) for page in pages]


def _assert_nothing_left(harness: Harness, run: Run) -> None:
    harness.assert_rows_consistent(run.album)
    harness.assert_objects_match(run.album)
    harness.assert_broker_empties()


@of_each
def test_workers_killed_while_they_make_it_make_the_same_again(
    harness: Harness, run: Run, chance: random.Random, wanted: Wanted
) -> None:
    expected = [_made(harness, run, export_id) for export_id in _request(harness, run, wanted)]
    hit = 0
    for _ in range(30):
        export_ids = _request(harness, run, wanted)
        with harness.connected():
            harness.wait(lambda: harness.worker_at(run, "export"), what="a worker at the export", pause=0.005)
            time.sleep(chance.uniform(0, 0.4))
            name = harness.worker_at(run, "export")
        if name is not None:
            kill_some(harness.deployment.workers[name], chance)
            harness.deployment.start()
        assert [_made(harness, run, export_id) for export_id in export_ids] == expected
        hit += any(harness.claims(run, "export")[export_id] > 1 for export_id in export_ids)
        if hit == 5:
            break
    assert hit == 5
    _assert_nothing_left(harness, run)


@of_each
def test_it_is_made_when_a_full_storage_has_room_again(
    harness: Harness, run: Run, unreliable: UnreliableStorage, wanted: Wanted
) -> None:
    expected = [_made(harness, run, export_id) for export_id in _request(harness, run, wanted)]

    def writes(request: Any) -> bool:
        return request.method in {"PUT", "POST"} and "/exports/" in request.key

    with unreliable.failing(lambda request: FULL if writes(request) else None) as hits:
        export_ids = _request(harness, run, wanted)
        harness.wait(lambda: hits[FULL.name] >= 4, what="the refusals")
        states = {run.person.get(f"/api/v1/exports/{export_id}/")["state"] for export_id in export_ids}
        assert states <= {"queued", "building"}
    assert [_made(harness, run, export_id) for export_id in export_ids] == expected
    _assert_nothing_left(harness, run)


@of_each
def test_nothing_is_left_of_an_album_that_is_deleted_meanwhile(
    harness: Harness, run: Run, chance: random.Random, wanted: Wanted
) -> None:
    # The worker learns of it while it writes, or when all is written.
    for seconds in (0.0, chance.uniform(0, 1), chance.uniform(0, 3)):
        export_ids = _request(harness, run, wanted)
        with harness.connected():
            harness.wait(partial(harness.worker_at, run, "export"), what="a worker at the export", pause=0.005)
        time.sleep(seconds)
        note("album deleted while a zip or a book was made")
        assert run.person.request("DELETE", f"/api/v1/albums/{run.album}/").status_code == 204
        harness.assert_broker_empties()
        assert harness.rows("SELECT id FROM albums_export WHERE id = ANY(%s::uuid[])", export_ids) == []
        assert harness.keys(run.album) == set()
        run = harness.under_way("exports")
        harness.settle(run)
    harness.assert_objects_match(run.album)
