"""One deployment for all faults. It notices within seconds what an installation notices within minutes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bad_decoder import sitecustomize
from tests.integration.deployment import Deployment
from tests.integration.faults import tally
from tests.integration.faults.drawn_album import FAILURES, draw
from tests.integration.faults.harness import Harness, Outcome
from tests.integration.faults.scale import Scale, is_long
from tests.integration.faults.scale import scale as scale_of_run
from tests.integration.faults.storage_proxy import UnreliableStorage
from tests.services import Stack

# Seconds until lost work is found: the minimum that the settings allow, or enough for a busy machine.
IMPATIENT = {
    "SWEEP_SECONDS": "2",
    "REQUEUE_AFTER_SECONDS": "3",
    "WORKER_SILENT_SECONDS": "10",
    "CLAIM_LEASE_SECONDS": "30",
    # A stuck decoder takes three times as long. On a busy machine, no other may.
    "PHOTO_SECONDS": "20" if is_long() else "8",
    "PHOTO_MEMORY_BYTES": str(1 << 30),
    # Some photos crash this decoder.
    "PYTHONPATH": str(Path(sitecustomize.__file__).parent),
    "PRESIGNED_UPLOAD_SECONDS": "120",
    # Each person's whole album is enqueued at once, so that a fault may hit any part of it.
    "PHOTOS_PER_TASK": "8",
    "EMBEDDING_BATCH": "8",
    "QUOTA_EXPORTS": "0",
    # Slow requests count as many, and a busy machine is slow.
    "RATE_ACCOUNT": "0",
}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Any:
    """Report the seed of a failed test."""
    report = yield
    if report.failed:
        report.sections.append(("Faults", f"FAULTS_SEED={scale_of_run().seed} draws the same moments again."))
    return report


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """Lines for the summary at the end of the run."""
    lines: list[str] = []
    yield lines
    request.node.user_properties.extend(("figure", line) for line in lines)


@pytest.fixture(autouse=True)
def _tallied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Count the faults of the test for the summary."""
    counted = tally.begin()
    yield
    request.node.user_properties.append((tally.PROPERTY, counted.as_property()))


@pytest.fixture(scope="session")
def scale() -> Scale:
    """Short or long, and the seed."""
    return scale_of_run()


@pytest.fixture
def chance(request: pytest.FixtureRequest, scale: Scale) -> random.Random:
    """The random numbers of this test."""
    return scale.chance(request.node.name)


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """Services for these tests only, because the tests kill them."""
    with Stack() as stack:
        stack.start()
        yield stack


@pytest.fixture(scope="session")
def unreliable(stack: Stack) -> Iterator[UnreliableStorage]:
    """A proxy in front of the storage. It forwards everything unless a test sets a fault."""
    with UnreliableStorage(stack.s3) as storage:
        yield storage


@pytest.fixture(scope="session")
def _deployed(
    stack: Stack, unreliable: UnreliableStorage, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Harness]:
    drawn = draw(tmp_path_factory.mktemp("drawn"))
    environment = {**IMPATIENT, "STORAGE_URL": unreliable.url}
    with Deployment(stack, replicas={"worker-images": 2}, **environment).running() as deployment:
        yield Harness(stack, deployment, drawn)


@pytest.fixture
def harness(_deployed: Harness) -> Iterator[Harness]:
    """The deployment. Every process of it runs before and after the test."""
    _deployed.restart_all()
    yield _deployed
    _deployed.restart_all()


@pytest.fixture(scope="session")
def undisturbed(_deployed: Harness) -> Outcome:
    """The outcome for the album when nothing goes wrong."""
    _deployed.restart_all()
    run = _deployed.under_way("undisturbed")
    _deployed.settle(run)
    outcome = run.outcome()
    assert outcome.failures == FAILURES
    return outcome
