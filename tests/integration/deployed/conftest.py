"""One deployment for all tests of this folder: they use it side by side, each with people of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.integration.deployment import Deployment
from tests.services import Stack


@pytest.fixture(scope="package")
def deployment(stack: Stack) -> Iterator[Deployment]:
    """The service in its production shape. It learns from decisions after seconds, not minutes."""
    with Deployment(stack, LEARN_AFTER_SECONDS="2").running() as running:
        yield running
