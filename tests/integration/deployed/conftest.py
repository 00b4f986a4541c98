"""One deployment for all tests of this folder. They use it at the same time, with different people.

No process of it may use the network beyond its own services, whatever the people do.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.deployment import Deployment
from tests.services import Stack
from tests.watched_network import sitecustomize as network


@pytest.fixture(scope="package")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of processes whose use of the network is noted. Fails if there was any."""
    log = tmp_path_factory.mktemp("network") / "hosts"
    yield {"PYTHONPATH": str(Path(network.__file__).parent), network.VARIABLE: str(log)}
    assert log.read_text(encoding="utf-8") == "", "the processes opened it, and noted nothing"


@pytest.fixture(scope="package")
def deployment(stack: Stack, watched: dict[str, str]) -> Iterator[Deployment]:
    """The service as in production. It learns from decisions after seconds, not minutes."""
    with Deployment(stack, replicas=None, LEARN_AFTER_SECONDS="2", **watched).running() as running:
        yield running
