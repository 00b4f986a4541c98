"""Stripping takes time in proportion to the file, counted in lines of Python and by the sandbox's limit of time."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import pytest

from tests.worker.analysis.stripping.hostile import HOSTILE, LARGE
from worker.analysis.interface import NotStripped
from worker.analysis.stripping import strip
from worker.sandbox import Sandbox


def steps(function: Callable[[], object]) -> int:
    """How many lines of our own code a call runs."""
    count = 0

    def trace(frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        if "/worker/analysis/" not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        with contextlib.suppress(NotStripped):
            function()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("name", HOSTILE)
def test_twice_as_many_parts_take_twice_as_many_steps(name: str) -> None:
    few, many = (HOSTILE[name](count) for count in (500, 1000))
    fixed = steps(lambda: strip(HOSTILE[name](10)))
    assert steps(lambda: strip(many)) - fixed <= 2.2 * (steps(lambda: strip(few)) - fixed) + 200


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox(memory=1 << 30, seconds=60)
    yield made
    made.close()


@pytest.mark.parametrize("name", LARGE)
def test_large_hostile_files_end_within_the_limits(sandbox: Sandbox, name: str) -> None:
    reasons = []
    try:
        sandbox.strip(LARGE[name](), while_waiting=lambda: None)
    except NotStripped as error:
        reasons.append(error.reason)
    assert "not_finished" not in reasons
