"""What all services of a test run share: start, stop, kill, and start again with the same data."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import ClassVar, Final, Protocol

from tests.services.ports import PortReservation
from web.embedded.process_manager import ManagedProcess

READY_SECONDS: Final = 60.0
STOP_SECONDS: Final = 15.0
LOG_LINES: Final = 30


class ServiceError(RuntimeError):
    """A service did not start; the message ends with the last lines of its log."""


LOOPBACK: Final = "127.0.0.1"


class Machine(Protocol):
    """Where programs run: the keeper itself, or a host on a network of the tests."""

    @property
    def folder(self) -> Path:
        """The folder of the test run."""

    def start(
        self,
        argv: Sequence[str | Path],
        *,
        environment: Mapping[str, str],
        directory: Path,
        log: Path,
        user: tuple[int, int] | None = None,
    ) -> ManagedProcess:
        """Start a program, as `Keeper` does."""


class Service:
    """A program with a folder, a log and a way to tell that it is ready.

    Subclasses say how to `_prepare` the folder, the `_command` and when the service `_answers`.
    """

    stop_signal: ClassVar[signal.Signals] = signal.SIGTERM

    def __init__(self, keeper: Machine, name: str) -> None:
        self.name = name
        self.folder = keeper.folder / name
        self.log = self.folder / "log"
        self._keeper = keeper
        self._process: ManagedProcess | None = None
        self._reservations: dict[str, PortReservation] = {}

    @property
    def process(self) -> ManagedProcess:
        """The process of the service, which must have been started."""
        if self._process is None:
            raise ServiceError(f"{self.name} is not running.")
        return self._process

    @property
    def pid(self) -> int:
        """The process id of the service, which must have been started."""
        return self.process.pid

    @property
    def is_running(self) -> bool:
        """True while the service's process lives."""
        return self._process is not None and self._process.returncode() is None

    def launch(self) -> None:
        """Start without waiting, so that several services can start side by side; see `wait_until_ready()`."""
        if self.is_running:
            raise ServiceError(f"{self.name} is running already.")
        if not self.folder.exists():
            self.folder.mkdir(mode=0o700)
            self._prepare()
        self._process = self._keeper.start(
            self._command(),
            environment=self._environment(),
            directory=self._directory(),
            log=self.log,
            user=self._user(),
        )

    def wait_until_ready(self, seconds: float = READY_SECONDS) -> None:
        """Return once the service answers; raises ServiceError with its log if it ends or takes too long."""
        deadline = time.monotonic() + seconds
        while not self._answers():
            if not self.is_running:
                raise ServiceError(f"{self.name} ended while starting.\n{self.log_tail()}")
            if time.monotonic() > deadline:
                raise ServiceError(f"{self.name} did not answer within {seconds:.0f} s.\n{self.log_tail()}")
            time.sleep(0.05)

    def start(self) -> None:
        """Start, with the data of the previous run if there are any, and return when the service answers."""
        self.launch()
        self.wait_until_ready()

    def stop(self) -> None:
        """End the service as its operator would; kill it if that takes too long."""
        if self._process is None:
            return
        self._process.signal(self.stop_signal)
        self._process.wait(STOP_SECONDS)
        # Children of the service may still run.
        self.kill()

    def kill(self) -> None:
        """End the service and all its processes by SIGKILL, as a crash would. Its data stay."""
        if self._process is not None:
            self._process.kill()
            self._process = None

    def release_ports(self) -> None:
        """Let other test runs have the ports; the service is not started again."""
        for reservation in self._reservations.values():
            reservation.release()

    def restart(self) -> None:
        """Stop and start."""
        self.stop()
        self.start()

    def log_tail(self, lines: int = LOG_LINES) -> str:
        """The last lines of what the service wrote."""
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])

    def _prepare(self) -> None:
        """Fill the new, empty folder before the first start."""

    def _command(self) -> Sequence[str | Path]:
        raise NotImplementedError

    def _answers(self) -> bool:
        raise NotImplementedError

    def _environment(self) -> Mapping[str, str]:
        """Only PATH is taken from the developer's environment."""
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "HOME": str(self.folder),
        }

    def _directory(self) -> Path:
        return self.folder

    def _user(self) -> tuple[int, int] | None:
        return None


class Program(Service):
    """Any other program, run in the same way: a worker, a supervisor, a web server.

    `environment` is complete; nothing is added. `answers` tells whether it is ready; without it the program is ready
    as soon as it was started.
    """

    def __init__(
        self,
        keeper: Machine,
        name: str,
        argv: Sequence[str | Path],
        *,
        environment: Mapping[str, str],
        directory: Path,
        answers: Callable[[], bool] | None = None,
    ) -> None:
        super().__init__(keeper, name)
        self._argv = argv
        self._own_environment = environment
        self._own_directory = directory
        self._own_answers = answers

    def signal(self, number: int) -> None:
        """Send a signal to the program's first process only, as `kill -N PID` would."""
        self.process.signal(number)

    def wait(self, seconds: float) -> int | None:
        """The exit status once the program has ended, or None if it still runs after this time."""
        return self.process.wait(seconds)

    def _command(self) -> Sequence[str | Path]:
        return self._argv

    def _answers(self) -> bool:
        return self._own_answers is None or self._own_answers()

    def _environment(self) -> Mapping[str, str]:
        return self._own_environment

    def _directory(self) -> Path:
        return self._own_directory
