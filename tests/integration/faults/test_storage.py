"""The storage refuses, is slow, breaks off, corrupts, loses and is full: no photo is lost."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import pytest
import requests

from albums import storage
from albums.storage.s3_streams import MIN_PART_BYTES
from tests.drawing import jpeg_bytes
from tests.integration.faults.drawn_album import FAILURES
from tests.integration.faults.harness import Harness, Outcome, Run
from tests.integration.faults.scale import Scale, long_only
from tests.integration.faults.storage_proxy import (
    BUSY,
    CORRUPTED_ANSWER,
    CORRUPTED_REQUEST,
    CUT_ANSWER,
    CUT_REQUEST,
    DEAF,
    FAILING,
    FULL,
    LOST_ANSWER,
    SILENT,
    SLOW,
    UNKNOWN_KEY,
    WRONG_SECRET,
    Fault,
    Sometimes,
    StorageRequest,
    UnreliableStorage,
)
from tests.integration.faults.tally import note
from tests.services.s3 import BUCKET


def _any(request: StorageRequest) -> bool:
    """Every request except those of browsers, which do not pass through the service."""
    return not (request.is_browsers and request.method == "GET")


def _sends(request: StorageRequest) -> bool:
    return request.method == "PUT"


def _changes(request: StorageRequest) -> bool:
    return request.method in {"PUT", "POST", "DELETE"}


def _reads_original(request: StorageRequest) -> bool:
    return request.method == "GET" and request.is_original and not request.is_browsers


WAYS_TO_FAIL = [
    (BUSY, _any),
    (FAILING, _any),
    (FULL, _changes),
    (SILENT, _any),
    (SLOW, _reads_original),
    (CUT_REQUEST, _sends),
    (CUT_ANSWER, _reads_original),
    (LOST_ANSWER, _changes),
    (CORRUPTED_REQUEST, _sends),
]


def _put(harness: Harness, key: str, body: bytes) -> None:
    with closing(harness.stack.s3.client()) as client:
        client.put_object(Bucket=BUCKET, Key=key, Body=body)


def _uploads(harness: Harness) -> list[Any]:
    """Uploads in parts that were started and neither finished nor aborted."""
    with closing(harness.stack.s3.client()) as client:
        return list(client.list_multipart_uploads(Bucket=BUCKET).get("Uploads", []))


# --- Every way to fail ------------------------------------------------------------------------------------------------


def test_the_outcome_is_the_same_when_the_storage_fails_in_every_way(
    harness: Harness,
    undisturbed: Outcome,
    unreliable: UnreliableStorage,
    chance: random.Random,
    scale: Scale,
) -> None:
    for turn in range(scale.of(1, 4)):
        run = harness.begin(f"unlucky-{turn}")
        with unreliable.failing(Sometimes(chance, scale.of(0.2, 0.25), WAYS_TO_FAIL)) as hits:
            run.upload()
            run.decide()
            harness.settle(run)
            assert run.outcome() == undisturbed
        # Which faults chance leaves out differs from run to run. A short one has some forty requests.
        assert len(hits) > scale.of(2, len(WAYS_TO_FAIL) // 2), hits
        harness.assert_nothing_lost(run, undisturbed)


@long_only
@pytest.mark.parametrize(("fault", "fits"), WAYS_TO_FAIL, ids=lambda value: getattr(value, "name", ""))
def test_the_outcome_is_the_same_when_half_of_the_requests_fail(
    harness: Harness,
    undisturbed: Outcome,
    unreliable: UnreliableStorage,
    chance: random.Random,
    fault: Fault,
    fits: Any,
) -> None:
    run = harness.begin("half")
    with unreliable.failing(Sometimes(chance, 0.5, [(fault, fits)])) as hits:
        run.upload()
        run.decide()
        harness.settle(run)
    assert hits[fault.name] > 0
    harness.assert_nothing_lost(run, undisturbed)


@long_only
def test_it_stops_waiting_for_a_silent_storage_and_retries(
    harness: Harness, undisturbed: Outcome, unreliable: UnreliableStorage, chance: random.Random
) -> None:
    run = harness.begin("deaf")
    run.upload()
    with unreliable.failing(Sometimes(chance, 0.1, [(DEAF, _any)], most=6)) as hits:
        run.decide()
        harness.settle(run)
    assert hits
    harness.assert_nothing_lost(run, undisturbed)


def test_it_returns_known_sizes_when_others_fail(harness: Harness, unreliable: UnreliableStorage) -> None:
    there, busy, gone = (storage.original_key("sizes", name) for name in ("there", "busy", "gone"))
    _put(harness, there, b"bytes")
    with closing(storage.open_storage(unreliable.url)) as bucket:
        with (
            unreliable.failing(lambda request: BUSY if request.key.endswith(busy) else None),
            pytest.raises(storage.SomeSizesUnknown) as caught,
        ):
            bucket.sizes([there, busy, gone])
        assert caught.value.known == {there: 5, gone: None}
        with (
            unreliable.failing(lambda request: WRONG_SECRET if request.key.endswith(busy) else None),
            pytest.raises(storage.StorageRefused),
        ):
            bucket.sizes([there, busy, gone])
        bucket.delete([there])


# --- Refused ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fault", [pytest.param(UNKNOWN_KEY, marks=long_only), WRONG_SECRET], ids=lambda fault: fault.code
)
def test_work_waits_while_the_storage_refuses_the_credentials(
    harness: Harness, undisturbed: Outcome, unreliable: UnreliableStorage, scale: Scale, fault: Fault
) -> None:
    run = harness.begin("refused")
    with ThreadPoolExecutor(1) as threads:
        with unreliable.failing(lambda request: fault if _any(request) else None) as hits:
            uploading = threads.submit(run.upload)
            harness.wait(lambda: hits[fault.name] > 20, what="the refusals")
            told = requests.get(f"{harness.deployment.url}/health/ready/", timeout=30)
            time.sleep(scale.of(2, 60))
        uploading.result()
    # The operator learns what to correct; people learn that the storage is down.
    assert (told.status_code, told.json()["storage"]) == (503, "unavailable")
    assert "access key or secret in STORAGE_URL is wrong" in harness.deployment.web.log_tail(500)
    assert run.person.problems["upload"] > 0
    run.decide()

    with unreliable.failing(lambda request: fault if _any(request) else None) as hits:
        before = hits[fault.name]
        harness.wait(lambda: hits[fault.name] > before + 5, what="the refusals")
        time.sleep(scale.of(4, 60))
        assert run.failures().keys() <= FAILURES.keys()
    harness.assert_nothing_lost(run, undisturbed)


def test_objects_deleted_while_the_storage_is_down_go_when_it_is_back(
    harness: Harness, unreliable: UnreliableStorage
) -> None:
    run = harness.begin("gone", harness.drawn.good[:6])
    run.upload()
    harness.settle(run)
    with unreliable.failing(lambda _: BUSY) as hits:
        response = run.person.request("DELETE", f"/api/v1/albums/{run.album}/")
        assert response.status_code == 204
        harness.wait(lambda: hits[BUSY.name] >= 5, what="the refusals")
        assert harness.keys(run.album)
    harness.wait(lambda: not harness.keys(run.album), what="the deletion")


# --- Lost and corrupted -----------------------------------------------------------------------------------------------


def test_a_lost_or_damaged_original_fails_alone_and_a_new_upload_repairs_it(
    harness: Harness, undisturbed: Outcome, unreliable: UnreliableStorage
) -> None:
    run = harness.begin("lost")
    # No worker reads an original before the test has changed three of them.
    with unreliable.failing(lambda request: BUSY if _reads_original(request) else None):
        run.upload()
        run.decide()
        lost, damaged, shorter = (path.name for path in harness.drawn.good[4:7])
        keys = {name: storage.original_key(run.album, run.photos[name]) for name in (lost, damaged, shorter)}
        contents = {path.name: path.read_bytes() for path in harness.drawn.good[4:7]}
        note("original lost or damaged in the storage", 3)
        with closing(harness.stack.s3.client()) as client:
            client.delete_object(Bucket=BUCKET, Key=keys[lost])
        _put(harness, keys[damaged], contents[damaged][:-100] + bytes(100))
        _put(harness, keys[shorter], contents[shorter][:-100])
    harness.settle(run)

    resendable = {lost: "object_missing", damaged: "checksum_mismatch", shorter: "checksum_mismatch"}
    assert run.failures() == {**FAILURES, **resendable}
    others = len(run.files) - len(FAILURES) - len(resendable)
    assert run.person.progress(run.album)["analyzed"] == others

    run.upload()
    harness.assert_nothing_lost(run, undisturbed)


def test_it_reads_again_after_a_corrupted_answer(
    harness: Harness, undisturbed: Outcome, unreliable: UnreliableStorage
) -> None:
    seen: set[str] = set()

    def once_for_each(request: StorageRequest) -> Fault | None:
        if not _reads_original(request) or request.key in seen:
            return None
        seen.add(request.key)
        return CORRUPTED_ANSWER

    run = harness.begin("corrupted")
    with unreliable.failing(once_for_each) as hits:
        run.upload()
        run.decide()
        harness.settle(run)
    assert hits[CORRUPTED_ANSWER.name] == len(run.files)
    # A zip cannot take back what it has written, so it is built again.
    with unreliable.failing(Sometimes(random.Random(0), 1.0, [(CORRUPTED_ANSWER, _reads_original)], most=1)) as hits:
        assert run.outcome() == undisturbed
    assert hits[CORRUPTED_ANSWER.name] == 1
    harness.assert_nothing_lost(run, undisturbed)


# --- Objects in parts -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Photos that make a zip of three parts: noise, which does not compress."""
    folder = tmp_path_factory.mktemp("large")
    chance = np.random.default_rng(3)
    paths = []
    for number in range(10):
        path = folder / f"{number}.jpg"
        path.write_bytes(jpeg_bytes(chance.integers(0, 256, (1400, 1400, 3), np.uint8), quality=90))
        paths.append(path)
    assert sum(path.stat().st_size for path in paths) > 2 * MIN_PART_BYTES
    return paths


@pytest.fixture
def large_run(harness: Harness, large: list[Path]) -> Iterator[Run]:
    """An analyzed album of these photos."""
    run = harness.begin("large", large)
    run.upload()
    harness.settle(run)
    yield run
    assert run.person.request("DELETE", f"/api/v1/albums/{run.album}/").status_code == 204


def _export_all(run: Run) -> dict[str, Any]:
    export: dict[str, Any] = run.person.post(f"/api/v1/albums/{run.album}/exports/", {"selection": "all"})
    return export


def _assert_whole(harness: Harness, run: Run, export: dict[str, Any]) -> None:
    def ready() -> bool:
        state = run.person.get(f"/api/v1/exports/{export['id']}/")["state"]
        assert state in {"queued", "building", "ready"}, state
        return bool(state == "ready")

    harness.wait(ready, what="the zip")
    with ZipFile(io.BytesIO(run.person.download(export))) as archive:
        assert archive.testzip() is None
        contents = sorted(archive.read(name) for name in archive.namelist())
    assert contents == sorted(path.read_bytes() for path in run.files)


def test_a_zip_of_many_parts_is_whole_whatever_happens_to_them(
    harness: Harness, unreliable: UnreliableStorage, large_run: Run, chance: random.Random
) -> None:
    once = iter([CUT_REQUEST, LOST_ANSWER, BUSY, CORRUPTED_REQUEST, FAILING])
    lost: set[str] = set()

    def choice(request: StorageRequest) -> Fault | None:
        if request.is_part:
            return next(once, None)
        # The answers that start and complete the upload are lost, too.
        for step in ("uploads", "uploadId"):
            if request.method == "POST" and request.does(step) and step not in lost:
                lost.add(step)
                return LOST_ANSWER
        return None

    with unreliable.failing(choice) as hits:
        _assert_whole(harness, large_run, _export_all(large_run))
    assert hits[LOST_ANSWER.name] == 3
    assert hits[CORRUPTED_REQUEST.name] == 1
    # Nobody owns the upload whose first answer was lost. The next sweep of such uploads deletes it.
    _sweep_uploads(harness)


@long_only
def test_an_interrupted_zip_is_built_again_and_its_parts_are_swept(
    harness: Harness, unreliable: UnreliableStorage, large_run: Run
) -> None:
    with unreliable.failing(lambda request: FULL if request.is_part or request.does("uploadId") else None) as hits:
        export = _export_all(large_run)
        harness.wait(lambda: hits[FULL.name] >= 12, what="the refusals")
        harness.wait(lambda: _uploads(harness), what="the half-written zip")
    _assert_whole(harness, large_run, export)
    assert _sweep_uploads(harness) >= 1


def _sweep_uploads(harness: Harness) -> int:
    """Run the sweep for uploads older than two days, but on those that exist now."""
    with closing(storage.open_storage(harness.stack.s3.url)) as bucket:
        swept = bucket.abort_stale_uploads(timedelta(0))
    assert _uploads(harness) == []
    return swept
