"""The names on the queue and the handlers behind them."""

from __future__ import annotations

import runpy
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from celery.fixups import django as fixups
from django.db import connection

from albums.jobs import QUEUE_OF, Job, Queue
from worker.celery import app


def test_every_job_has_exactly_one_handler_and_a_queue() -> None:
    import worker.tasks  # noqa: F401 - registers them

    handlers = {name for name in app.tasks if not name.startswith("celery.")}
    assert handlers == {job.value for job in Job}
    assert set(QUEUE_OF) == set(Job)


def test_every_queue_is_declared() -> None:
    assert {queue.name for queue in app.conf.task_queues} == {queue.value for queue in Queue}


def test_the_scheduler_sends_the_sweep_to_its_queue() -> None:
    from worker.beat import app as scheduler

    for each in (scheduler, app):
        sweep = each.conf.beat_schedule["sweep"]
        assert (sweep["task"], sweep["options"]["queue"]) == (Job.SWEEP.value, QUEUE_OF[Job.SWEEP].value)


def test_the_scheduler_loads_neither_models_nor_tasks_nor_the_command_line() -> None:
    code = "import sys, worker.beat; print({'django.db', 'worker.tasks', 'numpy', 'prompt_toolkit'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_the_worker_of_a_supervisor_begins_again_as_it_was_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """On SIGHUP, Celery executes Python with the arguments that it finds then."""
    executed: list[str] = []
    made = SimpleNamespace(start=lambda: executed.extend(sys.argv), exitcode=0)
    monkeypatch.setattr(sys, "argv", ["worker/main.py", "images,albums", "2", "here"])
    monkeypatch.setattr(app, "Worker", lambda **wanted: vars(made).update(wanted) or made)
    with pytest.raises(SystemExit) as ended:
        runpy.run_path("worker/main.py", run_name="__main__")
    assert ended.value.code == 0
    assert (made.queues, made.concurrency, made.hostname) == ("images,albums", 2, "here")
    assert executed == ["-m", "worker.main", "images,albums", "2", "here"]


def test_a_killed_worker_requeues_its_message() -> None:
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.worker_prefetch_multiplier == 1
    assert app.conf.task_ignore_result
    assert app.conf.worker_cancel_long_running_tasks_on_connection_loss is False


def test_redis_waits_longer_than_any_task_runs() -> None:
    # The clocks of two workers may differ by as much as time zones do.
    most_apart = 14 * 3600
    assert app.conf.broker_transport_options["visibility_timeout"] > app.conf.task_time_limit + most_apart


def test_only_json_is_accepted() -> None:
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_serializer == "json"


def test_a_process_keeps_its_connection_to_the_database_between_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[bool] = []
    monkeypatch.setattr(connection, "close", lambda: closed.append(True))
    celery_fixups: Any = fixups  # the types leave the class out
    fixup, message = celery_fixups.DjangoWorkerFixup(app), SimpleNamespace(request=SimpleNamespace(is_eager=False))
    for _ in range(3):
        fixup.on_task_prerun(message)
        fixup.on_task_postrun(message)
    assert closed == []
