"""The services a headless job needs: the configured ones, those already running, or its own for the duration."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from albums import jobs, storage
from albums.migration_state import migration_state
from albums.processes import runs

_START_SECONDS = 120
_STOP_SECONDS = 30


class StackUnavailable(Exception):
    """A service that the job needs does not answer. The message says which one and what to do."""


@contextmanager
def running_stack() -> Iterator[None]:
    """Make everything the job needs available inside the block.

    Raises:
        StackUnavailable: when something does not answer.
        StorageURLError: when STORAGE_URL is not valid.

    """
    if _uses_running_service():
        yield
        return
    with _own_supervisor() as redis_url:
        jobs.use_broker(redis_url)
        _check_services()
        yield


def use_running_service() -> None:
    """Use the configured services, or those of `make run` on this data folder.

    Raises:
        StackUnavailable: when something does not answer, or nothing runs.
        StorageURLError: when STORAGE_URL is not valid.

    """
    if not _uses_running_service():
        raise StackUnavailable("The service does not run here. Start it with `make run`, or set REDIS_URL.")


def _uses_running_service() -> bool:
    storage.get_storage()
    if not settings.REDIS_URL:
        redis_url = redis_url_of_running_supervisor()
        if not redis_url:
            return False
        jobs.use_broker(redis_url)
    _check_services()
    return True


def redis_url_of_running_supervisor() -> str | None:
    """The broker of a running `manage.py serve` on this data folder, if there is one."""
    try:
        state = json.loads((settings.DATA_DIR / "stack.json").read_text(encoding="utf-8"))
        url, pid = str(state["redis_url"]), int(state["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    # A supervisor that was killed with SIGKILL leaves its file behind.
    return url if runs(pid) else None


@contextmanager
def _own_supervisor() -> Iterator[str]:
    """Start a supervisor without a web process, and stop it at the end."""
    with tempfile.TemporaryDirectory(prefix="photoalbum-") as folder:
        ready_file, log_file = Path(folder) / "ready.json", Path(folder) / "supervisor.log"
        with log_file.open("wb") as log:
            # --with-parent: if this process is killed, the supervisor stops by itself.
            options = ["--without-web", "--with-parent", "--ready-file", str(ready_file)]
            process = subprocess.Popen(
                [sys.executable, settings.BASE_DIR / "manage.py", "serve", *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl-C goes to this process, which then stops the supervisor in the right order.
                start_new_session=True,
            )
        try:
            yield _wait_until_ready(process, ready_file, log_file)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_ready(process: subprocess.Popen[bytes], ready_file: Path, log_file: Path) -> str:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if ready_file.exists():
            return str(json.loads(ready_file.read_text(encoding="utf-8"))["redis_url"])
        if process.poll() is not None:
            break
        time.sleep(0.05)
    said = log_file.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    reason = "\n".join(said[-5:]) or "it said nothing"
    raise StackUnavailable(f"Could not start the workers: {reason}")


def _check_services() -> None:
    """Check the database, its tables, the broker and the storage. Each error says what to do."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        problem = jobs.check_broker() or storage.get_storage().check()
        if problem:
            raise StackUnavailable(problem)
        is_behind = bool(migration_state().waiting)
    except DatabaseError as error:
        raise StackUnavailable(f"The database at DATABASE_URL does not answer: {str(error).strip()}") from error
    if is_behind:
        raise StackUnavailable(
            "The database has no tables, or those of an older version. Start the service again with `make run`, or run "
            "`python manage.py initialize`."
        )
