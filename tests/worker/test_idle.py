"""The end of a child that has been idle."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace

import pytest

from albums.jobs import Job
from worker.idle import IdleEnd


class Child:
    """Counts how often its process would end; the watch ends with the first."""

    def __init__(self, seconds: float) -> None:
        self.has_ended = threading.Event()
        self.idle_end = IdleEnd(seconds, self.has_ended.set)

    def work(self, job: Job) -> None:
        self.idle_end.task_begins()
        self.idle_end.task_ended(SimpleNamespace(name=job.value))


@pytest.mark.parametrize("job", [Job.PREPARE_PHOTOS, Job.EMBED_PHOTOS, Job.GROUP_ALBUM, Job.BUILD_EXPORT])
def test_a_child_ends_when_it_was_idle_for_long_after_work(job: Job) -> None:
    child = Child(0.01)
    child.work(job)
    assert child.has_ended.wait(20)


def test_a_message_that_arrives_while_the_memory_is_released_is_done_before_the_end() -> None:
    has_ended, arrived = threading.Event(), threading.Event()

    def release() -> None:
        if not arrived.is_set():
            threading.Thread(target=idle_end.task_begins).start()
            time.sleep(0.1)
            arrived.set()

    idle_end = IdleEnd(0.01, has_ended.set, release)
    idle_end.note_work()
    assert arrived.wait(20)
    assert not has_ended.wait(0.3)
    idle_end.task_ended(SimpleNamespace(name=Job.PREPARE_PHOTOS.value))
    assert has_ended.wait(20)


@pytest.mark.parametrize("job", [Job.SWEEP, Job.DELETE_OBJECTS])
def test_a_child_that_has_loaded_nothing_stays(job: Job) -> None:
    before = threading.active_count()
    child = Child(0.01)
    child.work(job)
    assert threading.active_count() == before  # nothing watches it


def test_a_child_never_ends_where_the_setting_is_0() -> None:
    before = threading.active_count()
    child = Child(0)
    child.work(Job.PREPARE_PHOTOS)
    assert threading.active_count() == before


def test_a_child_does_not_end_in_the_middle_of_a_task() -> None:
    child = Child(0.01)
    child.idle_end.task_begins()
    child.idle_end.note_work()
    assert not child.has_ended.wait(0.3)
    child.idle_end.task_ended(SimpleNamespace(name=Job.SWEEP.value))
    assert child.has_ended.wait(20)
