"""A pytest plugin: which tests share a process, how long they may take, and the seed and figures of the fault tests.

`make test` runs several processes with pytest-xdist. Tests with services stay in one process for each of `SERVICES`,
where they share PostgreSQL, Valkey, S3 and a deployment. All other tests of one file run in one process.
"""

from __future__ import annotations

import gc
import os
import secrets
from collections.abc import Generator
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.integration.faults.scale import LONG, SEED, is_long
from tests.integration.faults.tally import PROPERTY, table

# The services that the tests of a folder share. The fault tests kill theirs, so no other test may use those.
SERVICES = {"tests/integration/faults/": "faults", "tests/integration/": "services", "tests/e2e/": "services"}
LONG_TIMEOUT_SECONDS = 3600


# The processes of pytest-xdist keep all cores busy. More threads would only wait, those of OpenBLAS by spinning.
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM")


def pytest_configure() -> None:
    """Draw the seed and limit the threads before pytest-xdist starts its processes, which inherit both."""
    if not os.environ.get(SEED):
        os.environ[SEED] = str(secrets.randbelow(10**6))
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect no garbage while thousands of tests are found, nor look at them in each later collection."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_xdist_auto_num_workers() -> int:
    """For `-n auto`: one process more than there are cores, because tests with services often wait."""
    return len(os.sched_getaffinity(0)) + 1


class Scheduling(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Distributes whole files, and all tests with the same services as one unit."""

    def _split_scope(self, nodeid: str) -> str:
        return _services_of(nodeid) or nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling:
    """Distribute tests in their order (`_turn`), not by number."""
    config.option.loadscopereorder = False
    return Scheduling(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """If several processes share the work, start with the tests that take longest."""
    if is_long():
        for item in items:
            item.add_marker(pytest.mark.timeout(LONG_TIMEOUT_SECONDS))
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=_turn)


def _services_of(nodeid: str) -> str:
    """The services a test shares. Empty when it shares none."""
    return next((services for folder, services in SERVICES.items() if nodeid.startswith(folder)), "")


def _turn(item: pytest.Item) -> int:
    """The order: fault tests, other tests with services, slow tests, and the rest."""
    services = _services_of(item.nodeid)
    if services:
        return list(SERVICES.values()).index(services)
    return len(SERVICES) + (item.get_closest_marker("slow") is None)


def pytest_report_header() -> str:
    """The seed of the fault tests."""
    return f"faults: {SEED}={os.environ[SEED]}" + (f", {LONG}=1" if is_long() else "")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """List what the fault tests measured, from their fixture `figures`."""
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    # Each test has three reports with the same properties; the last is complete.
    last = [report for report in reports if getattr(report, "when", "") == "teardown"]
    figures = [figure for report in last for name, figure in report.user_properties if name == "figure"]
    if figures:
        terminalreporter.section("faults")
        terminalreporter.line(f"{SEED}={os.environ[SEED]}")
        for figure in figures:
            terminalreporter.line(figure)
    tallies = [counted for report in last for name, counted in report.user_properties if name == PROPERTY]
    if tallies:
        terminalreporter.section("faults injected")
        for line in table(tallies):
            terminalreporter.line(line)
