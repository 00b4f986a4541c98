"""`manage.py serve`: what it says when it cannot start, and the whole service from start to end."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import ssl
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.services import Program
from tests.services.keeper import Keeper
from tests.services.observing import alive, command_line, family, until
from tests.services.ports import PortReservation
from web.embedded.certificates import fingerprint

REPOSITORY = Path(__file__).resolve().parents[3]
START_SECONDS = 90.0

# Starts what its arguments say, and waits.
PARENT = "import subprocess, sys; subprocess.run(sys.argv[1:])"

pytestmark = pytest.mark.integration


class Installation:
    """A data folder, a port, and the command that serves them."""

    def __init__(self, keeper: Keeper, data_dir: Path) -> None:
        self._keeper = keeper
        self._reservation = PortReservation()
        self.data_dir = data_dir
        self.port = self._reservation.port
        self.stack_file = data_dir / "stack.json"
        self._count = 0

    def serve(self, *arguments: str, through: str = "", **environment: str) -> Program:
        """Start `manage.py serve`, from a folder of its own rather than the repository, or have a program start it."""
        self._count += 1
        argv = [sys.executable, str(REPOSITORY / "manage.py"), "serve", *arguments]
        if through:
            argv = [sys.executable, "-c", through, *argv]
        whole = {
            "PATH": os.environ["PATH"],
            "TMPDIR": os.environ["TMPDIR"],
            "DATA_DIR": str(self.data_dir),
            "PORT": str(self.port),
            "EMBEDDING_MODEL": "descriptor",
            "FACE_DETECTOR": "haar",
            **environment,
        }
        elsewhere = self._keeper.folder
        program = Program(self._keeper, f"serve-{self._count}", argv, environment=whole, directory=elsewhere)
        program.start()
        return program

    def running(self, *arguments: str, **environment: str) -> Program:
        """The same, once it said that it runs."""
        program = self.serve(*arguments, **environment)
        assert until(lambda: self.stack_file.exists() or not program.is_running, START_SECONDS), program.log_tail()
        assert program.is_running, program.log_tail()
        return program

    def close(self) -> None:
        self._reservation.release()


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with Keeper() as keeper:
        installation = Installation(keeper, tmp_path / "data")
        yield installation
    installation.close()


def children_of(program: Program) -> set[int]:
    """All processes below the supervisor."""
    return family(program.pid) - {program.pid}


def pids_of(pids: set[int], word: str) -> set[int]:
    """Those of the processes that have the word in their command line."""
    return {pid for pid in pids if any(word in argument for argument in command_line(pid))}


def is_ready(url: str, trusting: ssl.SSLContext) -> bool:
    """Whether the database, the broker and the storage answer to the web process."""
    try:
        with urlopen(f"{url}/health/ready/", timeout=30, context=trusting) as response:
            return bool(json.load(response)["status"] == "ready")
    except OSError:
        return False


# --- What it says -----------------------------------------------------------------------------------------------------


def test_it_names_the_variable_when_the_port_is_taken(installation: Installation) -> None:
    with socket.create_server(("127.0.0.1", installation.port)):
        program = installation.serve()
        assert program.wait(30) == 1
    assert program.log_tail() == (
        f"CommandError: Port {installation.port} is taken by another program. "
        f"Choose another: PORT={installation.port + 1} make run"
    )
    assert not (installation.data_dir / "valkey").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--host", "192.0.2.1"], "The address 192.0.2.1, port .*, cannot be listened on"),
        (["--port", "70000"], "Port 70000 does not exist. Choose one up to 65535 with PORT=."),
    ],
)
def test_it_names_an_address_that_cannot_be_had(
    installation: Installation, arguments: list[str], sentence: str
) -> None:
    program = installation.serve(*arguments)
    assert program.wait(30) == 1
    assert re.fullmatch(f"CommandError: {sentence}.*", program.log_tail())


def test_it_says_which_broker_does_not_answer(installation: Installation) -> None:
    program = installation.serve(REDIS_URL="redis://:secret@127.0.0.1:1/0")
    assert program.wait(60) == 1
    assert program.log_tail().startswith("CommandError: The broker at REDIS_URL does not answer")
    assert "secret" not in program.log_tail()


def test_it_refuses_files_that_are_no_certificate(installation: Installation) -> None:
    program = installation.serve(TLS_CERTIFICATE=__file__, TLS_KEY=__file__)
    assert program.wait(30) == 1
    said = "CommandError: TLS_CERTIFICATE and TLS_KEY are not the PEM files of a certificate and its key: "
    assert program.log_tail().startswith(said)


def test_it_says_that_the_data_folder_cannot_be_used(installation: Installation) -> None:
    installation.data_dir.write_text("a file")
    program = installation.serve()
    assert program.wait(30) == 1
    assert program.log_tail().startswith(f"CommandError: The data folder {installation.data_dir} cannot be used")


# --- The whole service ------------------------------------------------------------------------------------------------


def test_it_serves_restarts_what_dies_and_stops_at_ctrl_c(installation: Installation) -> None:
    """With HTTPS=lan, for clients that trust the authority of the data folder."""
    program = installation.running(HTTPS="lan", HOST="127.0.0.1")
    url = f"https://localhost:{installation.port}"
    first, name, trust, compare = program.log_tail().splitlines()
    assert first == f"The service runs at {url} (Ctrl-C stops it)"
    assert re.fullmatch(rf"In this network: https://[^/]+\.local:{installation.port}", name)
    assert re.fullmatch(rf"Once on each phone or computer: http://[^/]+:{installation.port}/trust/", trust)
    authority = installation.data_dir / "tls" / "authority.pem"
    assert compare == f"The SHA-256 fingerprint that the device must show: {fingerprint(authority)}"
    trusting = ssl.create_default_context(cafile=authority)
    with urlopen(f"{url}/health/ready/", timeout=30, context=trusting) as response:
        health = json.load(response)
    assert (health["status"], health["workers"]) == ("ready", 1)
    state = json.loads(installation.stack_file.read_text(encoding="utf-8"))
    assert (state["pid"], state["url"]) == (program.pid, url)
    assert installation.stack_file.stat().st_mode & 0o077 == 0

    second = installation.serve()
    assert second.wait(60) == 1
    assert f"already on the data folder {installation.data_dir} (process {program.pid}, at {url})" in second.log_tail()

    children = children_of(program)
    assert all(pids_of(children, word) for word in ("gunicorn", "valkey-server", "guard.py"))
    assert len(pids_of(children, "worker.main")) >= 2  # the worker, and at least one child of it

    killed = {
        pid for word in ("valkey-server", "gunicorn", "worker.main", "worker.beat") for pid in pids_of(children, word)
    }
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    assert until(lambda: program.log_tail().count("ended by SIGKILL and is started again") == 4)
    assert until(lambda: is_ready(url, trusting), START_SECONDS)
    assert until(lambda: len(pids_of(children_of(program), "worker.main")) >= 2)
    children = children_of(program)
    assert not children & killed

    program.signal(signal.SIGINT)
    assert program.wait(60) == 0
    assert not alive(children)
    kept = [installation.data_dir, *installation.data_dir.rglob("*")]
    assert {"photoalbum.sqlite3", "secret-key", "logs", "web.log"} <= {path.name for path in kept}
    assert [path for path in kept if path.lstat().st_mode & 0o077] == []
    assert not installation.stack_file.exists()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", installation.port)) != 0


def test_it_leaves_nothing_when_it_or_its_parent_is_killed(installation: Installation) -> None:
    ready_file = installation.data_dir.parent / "ready.json"
    program = installation.running(
        "--without-web", "--ready-file", str(ready_file), "--concurrency", "2", WORKER_IDLE_SECONDS="1"
    )
    first = json.loads(ready_file.read_text(encoding="utf-8"))
    assert (first["pid"], first["url"]) == (program.pid, None)
    assert program.log_tail() == ""
    children = children_of(program)
    assert not pids_of(children, "gunicorn")
    # Both children of the worker's pool do nothing but wait, and would go on waiting.
    assert len(pids_of(children, "worker.main")) >= 3
    # They have started their sandboxes ahead. Without work, others take their place, and leave no zombie behind.
    assert until(lambda: not pids_of(children_of(program), "worker.sandbox"), START_SECONDS)
    assert until(lambda: len(pids_of(children_of(program), "worker.main")) >= 3)
    children = children_of(program)
    assert all(command_line(pid) for pid in children)
    program.signal(signal.SIGKILL)
    assert until(lambda: not alive(children)), alive(children)
    assert until(lambda: not installation.stack_file.exists())

    ready_file.unlink()
    parent = installation.serve("--without-web", "--with-parent", "--ready-file", str(ready_file), through=PARENT)
    assert until(ready_file.exists, START_SECONDS), parent.log_tail()
    again = json.loads(ready_file.read_text(encoding="utf-8"))
    assert again["redis_url"] == first["redis_url"]
    assert again["pid"] != parent.pid
    children = children_of(parent)
    assert pids_of(children, "worker.main")
    parent.signal(signal.SIGKILL)
    assert until(lambda: not alive(children), 60), alive(children)
