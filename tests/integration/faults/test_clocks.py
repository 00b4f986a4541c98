"""Workers whose clocks are an hour ahead or behind: other workers do what these cannot, and nothing is lost."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.integration.faults.harness import Harness, Outcome, Run
from tests.integration.faults.scale import long_only
from tests.integration.faults.tally import note
from tests.services.service import Program
from tests.wrong_clock.sitecustomize import FOLDER, VARIABLE

HOUR = 3600
CLOCKS = [pytest.param(HOUR, id="ahead"), pytest.param(-HOUR, id="behind", marks=long_only)]
# Backoff of 1, 2, 4, 8 and 15 seconds limits each process. Without it there are dozens in a second.
MOST_REFUSED = 6


@contextmanager
def _with_wrong_clock(harness: Harness, service: str, seconds: int) -> Iterator[Program]:
    """One more worker of this kind, on a machine whose clock is wrong by this many seconds."""
    worker = harness.deployment.worker(service, f"{service}-wrong", PYTHONPATH=str(FOLDER), **{VARIABLE: str(seconds)})
    worker.start()
    note("worker with a wrong clock")
    try:
        yield worker
    finally:
        worker.kill()


@contextmanager
def _without(harness: Harness, service: str) -> Iterator[None]:
    """Stop all workers of this kind inside the block."""
    workers = harness.deployment.workers
    stopped = {name: workers.pop(name) for name in list(workers) if name.startswith(service)}
    for worker in stopped.values():
        worker.kill()
    try:
        yield
    finally:
        workers |= stopped
        harness.deployment.start()


def _is_working(harness: Harness, service: str) -> bool:
    """True once the worker with the wrong clock has reported."""
    return bool(harness.rows("SELECT 1 FROM albums_workerreport WHERE name LIKE %s", f"{service}-wrong@%"))


def _refusals(worker: Program) -> list[str]:
    lines = worker.log.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if "This worker cannot do its work" in line]


def _assert_none_counted(harness: Harness, run: Run) -> None:
    """The refusals count against no photo."""
    counted = harness.rows("SELECT name, attempts FROM albums_photo WHERE album_id = %s AND attempts > 1", run.album)
    assert counted == []


@pytest.mark.parametrize("seconds", CLOCKS)
def test_a_sweep_with_a_wrong_clock_finds_lost_work(harness: Harness, undisturbed: Outcome, seconds: int) -> None:
    run = harness.begin("swept")
    with _without(harness, "worker-albums"), _with_wrong_clock(harness, "worker-albums", seconds) as wrong:
        harness.wait(lambda: _is_working(harness, "worker-albums"), what="the worker with the wrong clock")
        run.upload()
        run.decide()
        with harness.stack.valkey.client() as client:
            client.flushall()
        # Only a sweep can find what was lost. Groups need no storage.
        harness.settle(run)
        # A zip does, and S3 refuses requests signed with a wrong time.
        run.person.post(f"/api/v1/albums/{run.album}/exports/")
        harness.wait(lambda: _refusals(wrong), what="the refusal")
        assert "clocks of this machine and the server differ too much" in _refusals(wrong)[0]
    harness.assert_nothing_lost(run, undisturbed)


@long_only
@pytest.mark.parametrize("seconds", CLOCKS)
def test_a_worker_with_a_wrong_clock_leaves_storage_work_to_others(
    harness: Harness, undisturbed: Outcome, figures: list[str], seconds: int
) -> None:
    run = harness.begin("refused-clock")
    with _with_wrong_clock(harness, "worker-images", seconds) as wrong:
        with _without(harness, "worker-images"):
            harness.wait(lambda: _is_working(harness, "worker-images"), what="the worker with the wrong clock")
            run.upload()
            run.decide()
            harness.wait(lambda: _refusals(wrong), what="the refusal")
        harness.settle(run)
        refused = _refusals(wrong)
        assert "clocks of this machine and the server differ too much" in refused[0]
        assert len(refused) <= MOST_REFUSED * (os.cpu_count() or 1)
        _assert_none_counted(harness, run)
        harness.assert_nothing_lost(run, undisturbed)
    figures.append(f"clock {seconds:+d} s: {len(refused)} refusals before the album was done")
