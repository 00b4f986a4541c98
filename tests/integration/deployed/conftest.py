"""One deployment for all tests of this folder. They use it at the same time, with different people."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.integration.deployment import Deployment
from tests.services import Stack


@pytest.fixture(scope="package")
def deployment(stack: Stack) -> Iterator[Deployment]:
    """The service as in production. It learns from decisions after seconds, not minutes."""
    with Deployment(stack, LEARN_AFTER_SECONDS="2").running() as running:
        yield running
