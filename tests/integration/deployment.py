"""Runs the processes of docker-compose.yml, with the exact commands from that file."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests
import yaml

from tests.services import Stack
from tests.services.ports import PortReservation
from tests.services.service import LOOPBACK, Program

REPOSITORY = Path(__file__).resolve().parents[2]
WORKERS = ("worker-images", "worker-embeddings", "worker-albums")


def compose_command(service: str) -> list[str]:
    """The command of a service, with the programs of this Python's environment."""
    compose: dict[str, Any] = yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text(encoding="utf-8"))
    program, *arguments = compose["services"][service]["command"]
    return [str(Path(sys.executable).with_name(program)), *arguments]


class Deployment:
    """The service as in production, on a running stack, with a migrated database and a bucket.

    `replicas` sets how many workers of a kind run, as `docker compose up --scale` does. The second of a kind is
    `workers["worker-images-2"]`, and so on.
    """

    def __init__(
        self, stack: Stack, *, replicas: Mapping[str, int] | None = None, address: str = LOOPBACK, **environment: str
    ) -> None:
        self._stack = stack
        self._port = PortReservation()
        self.url = f"http://{address}:{self._port.port}"
        self.environment = {
            "PORT": str(self._port.port),
            "HOST": address,
            "PUBLIC_URL": self.url,
            "EMBEDDING_MODEL": "descriptor",
            # Each sandbox would take most of a second to load the networks.
            "FACE_DETECTOR": "haar",
            "WORKER_SILENT_SECONDS": "10",
            "SWEEP_SECONDS": "2",
            "REQUEUE_AFTER_SECONDS": "5",
            **environment,
        }
        self.web = self._program("web", answers=self._web_answers)
        self.beat = self._program("beat")
        self.workers = {
            name: self.worker(service, name)
            for service in WORKERS
            for name in _names(service, (replicas or {}).get(service, 1))
        }

    @property
    def programs(self) -> list[Program]:
        """Every process of the service, without database, broker and storage."""
        return [self.web, *self.workers.values(), self.beat]

    def worker(self, service: str, name: str, **environment: str) -> Program:
        """One more worker of this kind with its own name. `environment` adds to that of the deployment."""
        argv = compose_command(service)
        # Containers have their own host names. These workers share one.
        argv += ["--hostname", f"{name}@%h"]
        if "--concurrency" not in argv:
            # More processes would only start slower here. Several replicas work at the same time, too.
            argv += ["--concurrency", "1"]
        whole = {**self.environment, **environment}
        return self._stack.program(f"{name}-{self._port.port}", argv, environment=whole)

    def _program(self, service: str, **options: Any) -> Program:
        argv = compose_command(service)
        if service == "beat":
            argv[-1] = str(self._stack.keeper.folder / "beat-schedule")
        return self._stack.program(f"{service}-{self._port.port}", argv, environment=self.environment, **options)

    def _web_answers(self) -> bool:
        try:
            return requests.get(f"{self.url}/health/", timeout=2).ok
        except requests.RequestException:
            return False

    def initialize(self) -> None:
        """Migrate and create the bucket, like the `init` service does."""
        init = self._program("init")
        init.start()
        status = init.wait(120)
        if status != 0:
            raise AssertionError(f"init ended with {status}:\n{init.log_tail()}")

    @contextmanager
    def running(self) -> Iterator[Deployment]:
        """Everything runs inside the block, and nothing after it."""
        try:
            self.initialize()
            self.start()
            yield self
        finally:
            for program in self.programs:
                program.kill()
            self._port.release()

    def start(self) -> list[Program]:
        """Start what is not running, in parallel, and return it, as `restart: unless-stopped` does."""
        stopped = [program for program in self.programs if not program.is_running]
        for program in stopped:
            program.launch()
        for program in stopped:
            program.wait_until_ready()
        return stopped

    def logs(self) -> str:
        """The last lines of every process, for the message of a failed test."""
        return "\n".join(f"--- {program.name}\n{program.log_tail()}" for program in self.programs)


def _names(service: str, count: int) -> list[str]:
    return [service, *(f"{service}-{number}" for number in range(2, count + 1))]
