"""One deployment for all faults, tuned to notice within seconds what it notices within minutes where people use it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bad_decoder import sitecustomize
from tests.integration.deployment import Deployment
from tests.integration.faults.drawn_album import FAILURES, draw
from tests.integration.faults.harness import Harness, Undisturbed
from tests.integration.faults.scale import Scale
from tests.integration.faults.scale import scale as scale_of_run
from tests.integration.faults.storage_proxy import UnreliableStorage
from tests.services import Stack

# How long until lost work is found. The least that the settings take, or what leaves a busy machine time to work.
IMPATIENT = {
    "SWEEP_SECONDS": "1",
    "REQUEUE_AFTER_SECONDS": "3",
    "WORKER_SILENT_SECONDS": "10",
    "CLAIM_LEASE_SECONDS": "30",
    "PHOTO_SECONDS": "8",
    "PHOTO_MEMORY_BYTES": str(1 << 30),
    # Some photos bring it down.
    "PYTHONPATH": str(Path(sitecustomize.__file__).parent),
    "PRESIGNED_UPLOAD_SECONDS": "120",
    # Each person's whole album is on its way at once, so that any of it may be hit.
    "PHOTOS_PER_TASK": "8",
    "EMBEDDING_BATCH": "8",
    "QUOTA_EXPORTS": "0",
}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Any:
    """Say with which seed a test failed."""
    report = yield
    if report.failed:
        report.sections.append(("Faults", f"FAULTS_SEED={scale_of_run().seed} draws the same moments again."))
    return report


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """Lines for the end of the run."""
    lines: list[str] = []
    yield lines
    request.node.user_properties.extend(("figure", line) for line in lines)


@pytest.fixture(scope="session")
def scale() -> Scale:
    """Short or long, and the seed."""
    return scale_of_run()


@pytest.fixture
def chance(request: pytest.FixtureRequest, scale: Scale) -> random.Random:
    """The chances of this test."""
    return scale.chance(request.node.name)


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """Services of their own, because these tests kill them under whoever uses them."""
    with Stack() as stack:
        stack.start()
        yield stack


@pytest.fixture(scope="session")
def unreliable(stack: Stack) -> Iterator[UnreliableStorage]:
    """What stands between the storage and everybody else, and passes everything on until told otherwise."""
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
    """The deployment, all of it running, as it is after the test, too."""
    _deployed.restart_all()
    yield _deployed
    _deployed.restart_all()


@pytest.fixture(scope="session")
def undisturbed(_deployed: Harness) -> Undisturbed:
    """What the album becomes when nothing goes wrong."""
    _deployed.restart_all()
    run = _deployed.under_way("undisturbed")
    _deployed.settle(run)
    outcome = run.outcome()
    assert outcome.failures == FAILURES
    return outcome
