"""The broker killed, emptied, down and full. It only holds hints, so nothing is lost."""

from __future__ import annotations

import random
import time

from tests.integration.faults.harness import Harness, Outcome
from tests.integration.faults.scale import Scale, long_only
from tests.integration.faults.tally import note
from tests.services.valkey import Valkey

FAULTS = ("killed", "emptied", "its disk lost")
# The longest answer while the broker is down: the timeout of one connection, and a busy machine.
LONGEST_ANSWER_SECONDS = 15.0


def _lose_messages(valkey: Valkey, fault: str) -> None:
    if fault == "emptied":
        with valkey.client() as client:
            client.flushall()
        return
    valkey.kill()
    if fault == "its disk lost":
        valkey.forget()
    valkey.start()


def test_a_broker_that_loses_its_messages_loses_no_photo(
    harness: Harness, undisturbed: Outcome, scale: Scale, chance: random.Random
) -> None:
    one_by_one = [[fault] for fault in FAULTS] * 4
    for faults in scale.of([list(FAULTS)], one_by_one):
        run = harness.under_way("broker")
        for fault in faults:
            time.sleep(chance.uniform(0, scale.of(1, 4)))
            note(f"broker {fault}")
            _lose_messages(harness.stack.valkey, fault)
        harness.assert_nothing_lost(run, undisturbed)
        assert run.person.problems == {}


def test_people_can_work_while_the_broker_is_down(
    harness: Harness, undisturbed: Outcome, scale: Scale, figures: list[str]
) -> None:
    before = harness.under_way("before")
    note("broker down")
    harness.stack.valkey.kill()
    gone_at = time.monotonic()
    during = harness.under_way("during")
    slowest = 0.0
    while time.monotonic() < gone_at + scale.of(8, 60):
        for run in (before, during):
            asked_at = time.monotonic()
            progress = run.person.progress(run.album)
            slowest = max(slowest, time.monotonic() - asked_at)
            assert progress["total"] == len(run.files)
            assert not progress["done"]
        time.sleep(0.2)
    harness.stack.valkey.start()
    figures.append(f"broker away: slowest answer {slowest:.2f} s")
    harness.assert_nothing_lost(before, undisturbed)
    harness.assert_nothing_lost(during, undisturbed)
    # People see no problem, because it does not concern them. Nor was any running work done twice.
    assert before.person.problems == during.person.problems == {}
    assert slowest < LONGEST_ANSWER_SECONDS
    assert set(harness.claims(before, "prepare").values()) == {1}


@long_only
def test_a_broker_out_of_memory_takes_messages_later(
    harness: Harness, undisturbed: Outcome, scale: Scale, chance: random.Random
) -> None:
    early = harness.begin("early")
    early.upload()
    time.sleep(chance.uniform(0, 1))
    note("broker full")
    harness.stack.valkey.set_maxmemory("1")
    try:
        late = harness.begin("late")
        late.upload()
        early.decide()
        late.decide()
        time.sleep(scale.of(3, 30))
    finally:
        harness.stack.valkey.set_maxmemory("0")
    harness.assert_nothing_lost(early, undisturbed)
    harness.assert_nothing_lost(late, undisturbed)
    assert early.person.problems == late.person.problems == {}
