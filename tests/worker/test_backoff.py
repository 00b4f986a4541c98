"""When a worker slows down."""

from __future__ import annotations

import logging

import pytest
from django.conf import LazySettings

from albums.event_counts import Event, event_counts
from albums.storage import StorageRefused, StorageUnavailable
from worker.backoff import REFUSALS, RefusalBackoff, SweepInterval
from worker.celery import app


class Clock:
    """A clock that advances only by sleeping."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept.append(seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def backoff(clock: Clock) -> RefusalBackoff:
    return RefusalBackoff(clock, clock.sleep)


def _refused(backoff: RefusalBackoff, refusal: Exception | None = None) -> None:
    refusal = refusal or StorageRefused("The clocks differ.")
    with pytest.raises(type(refusal)), backoff.pause_on_refusal():
        raise refusal


def test_it_pauses_twice_as_long_after_each_refusal_up_to_a_limit(backoff: RefusalBackoff, clock: Clock) -> None:
    for _ in range(6):
        _refused(backoff)
    assert clock.slept == [1, 2, 4, 8, 15, 15]


@pytest.mark.parametrize("error", [*REFUSALS, StorageUnavailable])
def test_it_counts_every_error_for_the_metrics(backoff: RefusalBackoff, error: type[Exception]) -> None:
    before = event_counts()
    _refused(backoff, error("No."))
    counted = {event for event, count in event_counts().items() if count > before[event]}
    assert len(counted) == 1
    assert (Event.STORAGE_UNAVAILABLE in counted) == (error is StorageUnavailable)


def test_it_counts_refusals_in_a_row(backoff: RefusalBackoff, clock: Clock) -> None:
    for _ in range(4):
        _refused(backoff)
        _refused(backoff)
        with backoff.pause_on_refusal():
            pass
    assert clock.slept == 4 * [1, 2]


def test_it_resets_when_the_last_refusal_is_long_ago(backoff: RefusalBackoff, clock: Clock) -> None:
    _refused(backoff)
    _refused(backoff)
    clock.now += 121
    _refused(backoff)
    assert clock.slept == [1, 2, 1]


@pytest.mark.parametrize("kind", REFUSALS)
def test_it_pauses_after_every_error_an_operator_must_fix(
    backoff: RefusalBackoff, clock: Clock, kind: type[Exception]
) -> None:
    _refused(backoff, kind("Fix it."))
    _refused(backoff)
    assert clock.slept == [1, 2]


def test_it_logs_why_it_pauses(backoff: RefusalBackoff, caplog: pytest.LogCaptureFixture) -> None:
    _refused(backoff)
    [record] = caplog.records
    assert record.levelno == logging.ERROR
    assert record.getMessage().endswith("pauses for 1 s. The clocks differ.")


def test_it_does_not_pause_after_transient_errors(backoff: RefusalBackoff, clock: Clock) -> None:
    with backoff.pause_on_refusal():
        pass
    with pytest.raises(StorageUnavailable), backoff.pause_on_refusal():
        raise StorageUnavailable("busy")
    assert clock.slept == []


@pytest.mark.parametrize("sweep_takes", [0, 40])
def test_it_sweeps_once_when_sweeps_have_piled_up(clock: Clock, settings: LazySettings, sweep_takes: int) -> None:
    settings.SWEEP_SECONDS = 30
    interval = SweepInterval(clock)
    swept: list[float] = []

    def sweep() -> None:
        swept.append(clock.now)
        clock.sleep(sweep_takes)

    def sweeps(messages: int) -> int:
        before = len(swept)
        for _ in range(messages):
            interval.run(sweep)
        return len(swept) - before

    assert sweeps(5) == 1
    clock.now += 7
    assert sweeps(1) == 0
    clock.now += 2
    assert sweeps(5) == 1


def test_a_failed_sweep_counts_for_the_interval(clock: Clock) -> None:
    interval = SweepInterval(clock)
    with pytest.raises(ZeroDivisionError):
        interval.run(lambda: 1 / 0)
    interval.run(lambda: pytest.fail("It swept again at once."))


def test_sweep_messages_never_expire() -> None:
    assert "expires" not in app.conf.beat_schedule["sweep"]["options"]
