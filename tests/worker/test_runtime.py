"""The processors and the heartbeat of a worker process."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from pytest_django import Settings

from albums.models import WorkerReport
from worker import runtime
from worker.checks import check_face_detector

REPOSITORY = Path(__file__).resolve().parents[2]


def printed_by(code: str) -> str:
    """What a process of its own prints: what the code changes or loads would stay."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, env=os.environ, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_a_worker_keeps_to_one_thread() -> None:
    code = (
        "import worker.celery, numpy, cv2, threadpoolctl, scipy.linalg;"
        "blas = [library for library in threadpoolctl.threadpool_info() if library['user_api'] == 'blas'];"
        "print(cv2.getNumThreads(), {library['num_threads'] for library in blas})"
    )
    assert printed_by(code).split() == ["1", "{1}"]


def test_a_workers_main_process_loads_nothing_for_pictures_or_pages() -> None:
    """Not even to register, when it says which models it has."""
    code = (
        "import sys, celery.apps.worker, worker.main; worker.celery.app.loader.import_default_modules();"
        "from django.conf import settings; settings.EMBEDDING_MODEL = 'auto';"
        "from worker import runtime; runtime.register_worker('celery@here', 'images');"
        "pictures = {'av', 'cv2', 'fontTools', 'numpy', 'openvino', 'PIL', 'scipy', 'sklearn', 'tensorflow'};"
        "needless = {*pictures, 'celery.bin.celery', 'prompt_toolkit', 'web.urls'};"
        "print('worker.tasks' in sys.modules, needless & set(sys.modules))"
    )
    assert printed_by(code).split(maxsplit=1) == ["True", "set()\n"]


def test_a_killed_worker_leaves_no_temporary_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    printed_by(
        "import os, types, django; django.setup();"
        "from worker.celery import _begin_run; from billiard import get_context;"
        "_begin_run(types.SimpleNamespace(concurrency=1)); get_context().Value('i'); os._exit(0)"
    )
    assert not list(tmp_path.glob("pym*"))


def test_a_child_lowers_its_priority_and_that_of_its_workers_session() -> None:
    code = (
        "import os; from pathlib import Path; os.setsid();"
        "import django; django.setup(); import worker.celery; from celery.signals import worker_process_init;"
        "before = os.nice(0); worker_process_init.send(sender=None); print(os.nice(0) - before);"
        "session = Path('/proc/self/autogroup'); print(session.read_text() if session.exists() else 'nice 10')"
    )
    niceness, session = printed_by(code).split(maxsplit=1)
    assert int(niceness) == 10
    assert session.split()[-2:] == ["nice", "10"]


@pytest.mark.parametrize(("queue", "warmed"), [("images", ["sandbox"]), ("embeddings", ["encoder"]), ("albums", [])])
def test_a_child_loads_ahead_only_what_its_queues_need(
    monkeypatch: pytest.MonkeyPatch, queue: str, warmed: list[str]
) -> None:
    loaded: list[str] = []

    class WatchedSandbox:
        def warm_up(self, *, face_model: str) -> None:
            loaded.append("sandbox")

    monkeypatch.setattr(runtime, "sandbox", WatchedSandbox)
    monkeypatch.setattr(runtime, "encoder", lambda: loaded.append("encoder"))
    runtime.warm_up([queue])
    for thread in threading.enumerate():
        if thread.name == "load-encoder":
            thread.join()
    assert loaded == warmed


@pytest.mark.parametrize(
    ("detector", "installed", "used"),
    [("network", True, "network"), ("network", False, "haar"), ("haar", True, "haar"), ("yunet", False, "/y.onnx")],
)
def test_it_finds_faces_as_configured_or_says_why_not(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, detector: str, installed: bool, used: str
) -> None:
    settings.FACE_DETECTOR, settings.FACE_MODEL = detector, "/y.onnx" if detector == "yunet" else ""
    monkeypatch.setattr(
        "worker.analysis.models.missing_for_networks", lambda: "" if installed else "it is not installed"
    )
    assert runtime.face_model() == used
    falls_back = (detector, used) == ("network", "haar")
    assert runtime.face_warning().endswith("it is not installed.") == falls_back
    assert [warning.id for warning in check_face_detector(None)] == ["worker.W002"] * falls_back


@pytest.mark.django_db
def test_a_heartbeat_creates_a_deleted_row_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for variable in ("PHOTOALBUM_WORKER_RUN", "PHOTOALBUM_WORKER_CONCURRENCY"):
        monkeypatch.setenv(variable, "")  # so that pytest restores them, whatever the worker sets
    assert runtime.worker_run() is None
    runtime.begin_run(concurrency=2)
    run = runtime.worker_run()
    caplog.set_level("INFO")
    runtime.register_worker("celery@here", "images")
    assert "Worker celery@here works on images with 2 processes, and compares photos with descriptor." in caplog.text
    report = WorkerReport.objects.get()
    assert (report.id, report.queues, report.embedding_model) == (run, "images", "descriptor")
    report.delete()
    runtime.send_heartbeat("celery@here", "images")
    assert WorkerReport.objects.get().id == run
    runtime.unregister_worker()
    assert not WorkerReport.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_heartbeat_runs_until_the_worker_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a normal end, no late heartbeat creates the row again."""
    for variable in ("PHOTOALBUM_WORKER_RUN", "PHOTOALBUM_WORKER_CONCURRENCY"):
        monkeypatch.setenv(variable, "")
    monkeypatch.setattr(runtime, "_HEARTBEAT_SECONDS", 0.02)
    runtime.begin_run(concurrency=2)
    runtime.start_heartbeat("celery@here", "images")
    shown = WorkerReport.objects.get()
    deadline = time.monotonic() + 20
    while WorkerReport.objects.get().seen_at == shown.seen_at:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    runtime.stop_heartbeat()
    time.sleep(0.1)
    assert not WorkerReport.objects.exists()
