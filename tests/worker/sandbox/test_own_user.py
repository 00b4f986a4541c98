"""What keeps the process that opens photos from its worker on kernels without Landlock. Uses neither it nor seccomp."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has these rights")
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may change its user")

OWN_USER = """
import json, os, re, sys
from pathlib import Path
from worker.sandbox.own_user import take_own_user

def refused(attempt):
    try:
        attempt()
    except OSError:
        return True
    return False

changed = take_own_user([Path(path) for path in sys.argv[1:]])
worker = f"/proc/{os.getppid()}"
print(json.dumps({
    "changed": changed,
    "users": os.getresuid() + os.getresgid(),
    "groups": os.getgroups(),
    "rights": int(re.search("CapPrm:\\\\s*(\\\\w+)", Path("/proc/self/status").read_text())[1], 16),
    "refused": [
        refused(lambda: open(f"{worker}/environ", "rb").read()),
        refused(lambda: open(f"{worker}/mem", "rb")),
        refused(lambda: os.listdir(f"{worker}/fd")),
        refused(lambda: os.kill(os.getppid(), 0)),
        refused(lambda: os.setresuid(0, 0, 0)),
    ],
}))
"""

NEIGHBOUR = """
import ctypes, os, sys
from worker.sandbox.own_user import hide_memory

if os.geteuid() == 0:
    os.setgroups([])
    os.setresgid(65534, 65534, 65534)
    os.setresuid(65534, 65534, 65534)
ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # as after the start of a program
if sys.argv[1] == "hidden":
    hide_memory()
worker = os.getpid()
if child := os.fork():
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)
try:
    open(f"/proc/{worker}/environ", "rb").read()
except OSError:
    os._exit(7)
os._exit(0)
"""


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", script, *arguments], env=environment, stdout=subprocess.PIPE, text=True, check=False
    )


def own_user(*readable: str | Path) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(run(OWN_USER, *map(str, readable)).stdout)
    return result


@needs_root
def test_root_becomes_a_user_that_reaches_nothing() -> None:
    seen = own_user("/usr", "/etc/passwd")
    assert seen["changed"]
    assert len(set(seen["users"])) == 1
    assert seen["users"][0] > 1_879_048_192
    assert (seen["groups"], seen["rights"]) == ([], 0)
    assert all(seen["refused"])


@needs_root
def test_root_stays_where_another_user_could_not_read_the_code_but_gives_up_its_rights(tmp_path: Path) -> None:
    (tmp_path / "code").mkdir(mode=0o700)
    seen = own_user("/usr", tmp_path / "code")
    assert not seen["changed"]
    assert set(seen["users"]) == {0}
    assert seen["groups"] == os.getgroups()
    assert seen["rights"] == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root may change its user")
def test_other_users_stay_what_they_are() -> None:
    seen = own_user("/usr")
    assert not seen["changed"]
    assert set(seen["users"]) == {os.getuid(), os.getgid()}


@pytest.mark.parametrize(("state", "status"), [("shown", 0), ("hidden", 7)])
def test_a_process_of_the_same_user_cannot_read_a_worker(state: str, status: int) -> None:
    assert run(NEIGHBOUR, state).returncode == status
