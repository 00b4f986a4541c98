"""The child processes of the supervisor: what they are, and when they are restarted."""

from __future__ import annotations

import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from web.embedded.process_manager import ManagedProcess


@dataclass(frozen=True)
class Question:
    """Something to send to a TCP port, and what the answer must contain."""

    host: str
    port: int
    sent: str
    expected: str

    def is_answered(self) -> bool:
        """True if the answer comes within a second."""
        try:
            with socket.create_connection((self.host, self.port), timeout=1) as connection:
                connection.sendall(self.sent.encode())
                answer = b""
                while (some := connection.recv(4096)) and self.expected.encode() not in answer + some:
                    answer += some
                return bool(some)
        except OSError:
            return False


@dataclass(frozen=True)
class ChildSpecification:
    """A process that the supervisor keeps running. It is plain data, so that another process can be told it.

    `name` names it to people and names its log; `environment` is added to the supervisor's own. Children of a lower
    `start_stage` start first. The next stage waits until a child has made its `ready_file`, or answers `question`,
    where one is given. Children of a lower `stop_stage` stop first. After SIGTERM a child has `grace_seconds` to end by
    itself.
    """

    name: str
    argv: Sequence[str]
    start_stage: int = 0
    stop_stage: int = 0
    environment: Mapping[str, str] = field(default_factory=dict)
    ready_file: str = ""
    question: Question | None = None
    grace_seconds: float = 10.0
    pass_fds: Sequence[int] = ()

    def is_ready(self) -> bool:
        """Whether the next stage may start."""
        return (not self.ready_file or Path(self.ready_file).exists()) and (
            self.question is None or self.question.is_answered()
        )


@dataclass(frozen=True)
class RestartPolicy:
    """When a dead child is restarted, and when the supervisor gives up.

    The delay doubles with each death in a row. A child that ran for `settled_seconds` starts over with the first delay.
    When a child dies sooner than that `quick_deaths` times in a row, the supervisor gives up and stops everything.
    """

    first_delay_seconds: float = 0.5
    longest_delay_seconds: float = 30.0
    settled_seconds: float = 15.0
    quick_deaths: int = 5
    ready_seconds: float = 90.0

    def delay_seconds(self, deaths: int) -> float:
        """How long to wait after this number of deaths in a row."""
        return min(self.first_delay_seconds * 2.0 ** (deaths - 1), self.longest_delay_seconds)


@dataclass
class Child:
    """A specification with its process, and its history of deaths."""

    specification: ChildSpecification
    log: Path
    process: ManagedProcess | None = None
    started_at: float = 0.0
    deaths: int = 0
    restart_at: float | None = None

    def has_ended(self) -> bool:
        """True if there is no process or it has ended."""
        return self.process is None or self.process.returncode() is not None
