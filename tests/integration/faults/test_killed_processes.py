"""Workers, and everything, killed at random moments; and workers asked to stop, as a deployment does."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter

import pytest

from tests.integration.faults.harness import STAGES, Harness, Outcome, Run, kill_some
from tests.integration.faults.scale import Scale, long_only
from tests.integration.faults.tally import note

# The time that docker-compose.yml allows.
STOP_GRACE_SECONDS = 120.0
# A photo may be in a killed worker twice in a run without failing. A third time it would fail.
KILLS_OF_A_RUN = ("prepare", "prepare", "embed", "group", "export")


def _provoke(harness: Harness, run: Run, stage: str) -> None:
    """Give the stage more work if the album has passed it."""
    if stage == "group":
        run.person.post(f"/api/v1/albums/{run.album}/regroup/")
    # A worker may be slow to begin. Each zip that waits for it counts towards the person's limit.
    elif stage == "export" and not harness.waiting_exports(run):
        run.person.post(f"/api/v1/albums/{run.album}/exports/")


def _kill_at(harness: Harness, run: Run, stage: str, chance: random.Random) -> str:
    """Kill a worker at this stage, some time after it was first seen there. Returns what was killed."""
    if stage == "export":
        harness.settle(run)
        _provoke(harness, run, stage)
    # Photos pass by the dozen. Let some pass, so that any may be hit. A group and a zip take less than a second.
    passes = chance.randrange(6) if stage in {"prepare", "embed"} else 0
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        worker = harness.worker_at(run, stage)
        if worker is None:
            if harness.worker_at(run, "prepare") is None and run.person.progress(run.album)["done"]:
                if stage in {"prepare", "embed"}:
                    return "missed"
                _provoke(harness, run, stage)
            time.sleep(0.005)  # a stage can be over in a few hundredths of a second
            continue
        if passes:
            passes -= 1
            time.sleep(chance.uniform(0, 0.15))
            continue
        time.sleep(chance.uniform(0, 0.05))
        return kill_some(harness.deployment.workers[worker], chance)
    raise AssertionError(f"No worker was seen at {stage}.\n{harness.deployment.logs()}")


def test_workers_killed_in_every_stage_lose_nothing(
    harness: Harness,
    undisturbed: Outcome,
    scale: Scale,
    chance: random.Random,
    figures: list[str],
) -> None:
    kills: Counter[str] = Counter()
    for _ in range(scale.of(1, 10)):
        run = harness.begin("killed")
        run.upload()
        decided = False
        for stage in scale.of(("prepare", "embed", "group", "export"), KILLS_OF_A_RUN):
            with harness.connected():
                what = _kill_at(harness, run, stage, chance)
            kills[f"{stage}: {what}"] += 1
            if not decided:
                run.decide()
                decided = True
            harness.deployment.start()
        harness.assert_nothing_lost(run, undisturbed)
        _assert_little_done_twice(harness, run)
    figures.append(f"killed: {dict(sorted(kills.items()))}")
    hit = sum(count for what, count in kills.items() if "missed" not in what)
    assert hit >= scale.of(3, 45)


def _assert_little_done_twice(harness: Harness, run: Run) -> None:
    """Only work that a killed worker had claimed is done twice: one photo a process, or one batch of embeddings."""
    again = {stage: harness.claims(run, stage).total() - len(run.files) for stage in ("prepare", "embed")}
    assert again["prepare"] <= 4 * KILLS_OF_A_RUN.count("prepare")
    # After a failed batch, its photos are embedded one by one. The bad files never get that far.
    assert again["embed"] <= 16


@long_only
def test_all_workers_killed_at_once_lose_nothing(
    harness: Harness, undisturbed: Outcome, scale: Scale, chance: random.Random
) -> None:
    for _ in range(scale.of(1, 5)):
        run = harness.under_way("all-workers")
        time.sleep(chance.uniform(0, 5))
        for worker in harness.deployment.workers.values():
            note("worker killed together with all others")
            worker.kill()
        harness.assert_nothing_lost(run, undisturbed)


def test_everything_killed_and_started_again_loses_nothing(
    harness: Harness, undisturbed: Outcome, scale: Scale, chance: random.Random
) -> None:
    """As after a power cut, except for what the kernel had not written yet."""
    for _ in range(scale.of(1, 5)):
        run = harness.under_way("everything")
        time.sleep(chance.uniform(0, 5))
        doomed = [*harness.deployment.programs, harness.stack.valkey, harness.stack.postgres]
        chance.shuffle(doomed)
        for program in doomed:
            note("process killed together with everything")
            program.kill()
        harness.restart_all()
        harness.assert_nothing_lost(run, undisturbed)


@pytest.mark.parametrize("stage", ["prepare", pytest.param("embed", marks=long_only)])
def test_workers_asked_to_stop_finish_their_work(harness: Harness, undisturbed: Outcome, stage: str) -> None:
    run = harness.under_way("stopped")
    harness.wait(lambda: harness.worker_at(run, stage), what=f"a worker at {stage}")
    stopping = [worker for name, worker in harness.deployment.workers.items() if name.startswith(STAGES[stage].service)]
    for worker in stopping:
        note("worker asked to stop")
        worker.signal(signal.SIGTERM)
    assert [worker.wait(STOP_GRACE_SECONDS) for worker in stopping] == [0] * len(stopping)
    harness.assert_nothing_lost(run, undisturbed)
    # Each photo was claimed once.
    assert set(harness.claims(run, "prepare").values()) == {1}
    assert set(harness.claims(run, "embed").values()) == {1}
