"""The processes of the service on one machine, as the supervisor runs them."""

from __future__ import annotations

import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from web.embedded.children import ChildSpecification, Question
from web.embedded.ports import HOST
from web.embedded.valkey import Broker

QUEUES: Final = "images,embeddings,albums"
# Memory that one worker child may need with its model loaded.
WORKER_BYTES: Final = 1536 * 1024**2
MOST_WORKERS: Final = 8


def broker(server: Broker) -> ChildSpecification:
    """Valkey starts first and stops last, so that workers can return unfinished messages to it."""
    ping = Question(HOST, server.port, f"AUTH {server.password}\r\nPING\r\n", "+PONG")
    return ChildSpecification("valkey", server.command(), start_stage=0, stop_stage=2, question=ping)


def worker(concurrency: int, ready_file: Path) -> ChildSpecification:
    """One worker for all queues."""
    argv = [sys.executable, "-m", "worker.main", QUEUES, str(concurrency), f"embedded@{socket.gethostname()}"]
    return ChildSpecification(
        "worker",
        argv,
        start_stage=1,
        stop_stage=1,
        environment={"WORKER_READY_FILE": str(ready_file)},
        ready_file=str(ready_file),
        grace_seconds=20,
    )


def beat(schedule: Path) -> ChildSpecification:
    """The scheduler; its schedule file is in the data folder."""
    argv = [sys.executable, "-m", "worker.beat", str(schedule)]
    return ChildSpecification("beat", argv, start_stage=1, stop_stage=1, grace_seconds=5)


@dataclass(frozen=True)
class Listener:
    """The open port of the web process. The supervisor holds it, so no other program takes it during a restart."""

    socket: socket.socket
    host: str
    port: int

    def question(self) -> Question:
        """Answered once the web process serves requests on it."""
        # One cannot connect to the address that means all networks.
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104
        return Question(host, self.port, "GET /health/ HTTP/1.0\r\nHost: localhost\r\n\r\n", " 200 ")


def web(listener: Listener) -> ChildSpecification:
    """Gunicorn on the open port."""
    descriptor = listener.socket.fileno()
    argv = [sys.executable, "-m", "gunicorn", "--config", "python:web.gunicorn", "web.wsgi"]
    # Preloaded: the application is imported once for all its processes.
    argv += ["--preload", "--bind", f"fd://{descriptor}", "--graceful-timeout", "5"]
    return ChildSpecification(
        "web",
        argv,
        start_stage=1,
        stop_stage=0,
        question=listener.question(),
        grace_seconds=8,
        pass_fds=(descriptor,),
    )


def listen(host: str, port: int) -> Listener:
    """Open the port; raises OSError as socket.bind does."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.create_server((host, port), family=family, backlog=128)
    return Listener(opened, host, int(opened.getsockname()[1]))


def worker_concurrency() -> int:
    """One worker child for each processor, as long as their models fit into three quarters of the memory."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(1, min(len(os.sched_getaffinity(0)), MOST_WORKERS, memory * 3 // 4 // WORKER_BYTES))
