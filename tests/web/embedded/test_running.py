from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from web.embedded.running import DataFolderInUseError, RunningStack, locked

HOLD = """
import fcntl, os, sys, time
descriptor = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
fcntl.flock(descriptor, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(float(sys.argv[2]))
"""


def test_it_refuses_a_data_folder_that_is_in_use_and_says_by_whom(tmp_path: Path) -> None:
    folder = tmp_path / "not there yet"
    with locked(folder, "http://localhost:8123"):
        with pytest.raises(DataFolderInUseError) as caught, locked(folder, ""):
            pass
        assert str(caught.value) == (
            f"The service runs already on the data folder {folder} (process {os.getpid()}, at http://localhost:8123). "
            "Stop that one, or choose another folder with DATA_DIR."
        )
    with locked(folder, ""):
        pass


def test_it_does_not_name_an_address_where_nothing_is_served(tmp_path: Path) -> None:
    named = pytest.raises(DataFolderInUseError, match=rf"\(process {os.getpid()}\)")
    with locked(tmp_path, ""), named, locked(tmp_path, ""):
        pass


@pytest.mark.parametrize("reaped", [True, False], ids=["gone", "zombie"])
def test_it_waits_until_the_children_of_a_dead_supervisor_are_gone(tmp_path: Path, reaped: bool) -> None:
    """The guard still holds the lock. The process named in it has ended, whether or not its parent has noticed."""
    with locked(tmp_path, ""):
        lock = tmp_path / "serve.lock"
    supervisor = subprocess.Popen([sys.executable, "-c", ""])
    os.waitid(os.P_PID, supervisor.pid, os.WEXITED | (0 if reaped else os.WNOWAIT))
    lock.write_text(json.dumps({"pid": supervisor.pid, "address": ""}))
    with supervisor, subprocess.Popen([sys.executable, "-c", HOLD, lock, "0.7"], stdout=subprocess.PIPE) as guard:
        assert guard.stdout is not None
        assert guard.stdout.readline() == b"held\n"
        with locked(tmp_path, ""):
            assert guard.wait(5) == 0


def test_it_passes_the_lock_on_to_a_process_that_shares_it(tmp_path: Path) -> None:
    with locked(tmp_path, "") as descriptor:
        child = subprocess.Popen(
            [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=[descriptor], stderr=subprocess.DEVNULL
        )
    with child:
        with pytest.raises(DataFolderInUseError), locked(tmp_path, ""):
            pass
        child.communicate(b"\n")
    with locked(tmp_path, ""):
        pass


def test_it_tells_of_the_stack_to_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "stack.json"
    file.write_text("something older")
    file.chmod(0o644)
    RunningStack(12, "redis://:secret@127.0.0.1:1234/0", None).write(file)
    assert json.loads(file.read_text()) == {"pid": 12, "redis_url": "redis://:secret@127.0.0.1:1234/0", "url": None}
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["stack.json"]
