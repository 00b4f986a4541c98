"""A supervisor in the foreground: starts children in order, keeps them running, and stops them in order."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Final

from web.embedded import logs
from web.embedded.children import Child, ChildSpecification, Guard

STOP_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LOG_TRIM_SECONDS: Final = 60.0
PATIENCE_SECONDS: Final = 4.0


class SupervisorError(Exception):
    """The children cannot be kept running; the message says which, why, and where to read more."""


@dataclass(frozen=True)
class RestartPolicy:
    """When a child that died is started again, and when that is given up.

    The first restart comes after `first_delay_seconds`, each further one after twice the delay before, up to
    `longest_delay_seconds`. A child that ran for `settled_seconds` begins anew. One that does not, `quick_deaths` times
    in a row, is given up, and everything with it.
    """

    first_delay_seconds: float = 0.5
    longest_delay_seconds: float = 30.0
    settled_seconds: float = 15.0
    quick_deaths: int = 5
    ready_seconds: float = 90.0

    def delay_seconds(self, deaths: int) -> float:
        """How long to wait after so many deaths in a row."""
        return min(self.first_delay_seconds * 2.0 ** (deaths - 1), self.longest_delay_seconds)


class _Stopped(Exception):
    """A signal to stop has come."""


class _Watched:
    """A child with its history of deaths."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.deaths = 0
        self.restart_at: float | None = None


class Supervisor:
    """Runs the children of the specifications until SIGINT, SIGTERM or SIGHUP; a second signal cuts their grace short.

    `say` takes the few sentences meant for the person at the console. `remove` is a file that must not outlive the
    supervisor, and `keep_open` are file descriptors (a lock) that must stay open until the last child is gone, both
    even when it is killed.
    """

    def __init__(
        self,
        specifications: Sequence[ChildSpecification],
        *,
        log_folder: Path,
        say: Callable[[str], None],
        remove: Path,
        keep_open: Sequence[int] = (),
        policy: RestartPolicy | None = None,
    ) -> None:
        self._specifications = specifications
        self._log_folder = log_folder
        self._say = say
        self._remove = remove
        self._keep_open = keep_open
        self._policy = policy or RestartPolicy()
        self._watched: list[_Watched] = []
        self._signals = 0
        self._trim_at = 0.0
        self._explain_at = 0.0

    def run(self, on_ready: Callable[[], None], on_stop: Callable[[], None] = lambda: None) -> None:
        """Start everything, call `on_ready`, watch until told to stop, call `on_stop`, stop everything.

        Raises:
            SupervisorError: when a child cannot be kept running; everything is stopped by then.

        """
        self._log_folder.mkdir(parents=True, exist_ok=True)
        with self._wake_up_on_signals() as wake_up:
            guard = Guard(remove=self._remove, keep_open=self._keep_open)
            try:
                self._start_in_order(guard, wake_up)
                on_ready()
                while True:
                    self._watch(wake_up)
            except _Stopped:
                pass
            finally:
                on_stop()
                self._stop_in_order(wake_up)
                guard.close()

    # --- Signals ------------------------------------------------------------------------------------------------------

    @contextmanager
    def _wake_up_on_signals(self) -> Iterator[int]:
        """A file descriptor that becomes readable at each signal, among them the death of a child."""
        readable, writable = os.pipe()
        os.set_blocking(readable, False)
        os.set_blocking(writable, False)
        former = {number: signal.signal(number, self._count) for number in STOP_SIGNALS}
        former[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        former_wake_up = signal.set_wakeup_fd(writable, warn_on_full_buffer=False)
        try:
            yield readable
        finally:
            signal.set_wakeup_fd(former_wake_up)
            for number, handler in former.items():
                signal.signal(number, handler)
            os.close(readable)
            os.close(writable)

    def _count(self, _number: int, _frame: FrameType | None) -> None:
        self._signals += 1

    @staticmethod
    def _sleep(wake_up: int, seconds: float) -> None:
        """Wait for so long or until the next signal."""
        select.select([wake_up], [], [], max(0.0, seconds))
        with contextlib.suppress(BlockingIOError):
            os.read(wake_up, 512)

    # --- Starting and watching ----------------------------------------------------------------------------------------

    def _start_in_order(self, guard: Guard, wake_up: int) -> None:
        deadline = time.monotonic() + self._policy.ready_seconds
        for stage in sorted({specification.start_stage for specification in self._specifications}):
            started = [
                self._start(specification, guard)
                for specification in self._specifications
                if specification.start_stage == stage
            ]
            for child in started:
                while child.specification.is_ready and not child.specification.is_ready():
                    if time.monotonic() > deadline:
                        seconds = self._policy.ready_seconds
                        raise SupervisorError(self._with_log(child, f"does not answer after {seconds:.0f} seconds"))
                    self._watch(wake_up, 0.05)

    def _start(self, specification: ChildSpecification, guard: Guard) -> Child:
        log = self._log_folder / f"{specification.name}.log"
        logs.rotate(log)
        child = Child(specification, log, guard)
        self._watched.append(_Watched(child))
        self._start_child(child)
        return child

    def _start_child(self, child: Child) -> None:
        try:
            child.start()
        except OSError as error:
            raise SupervisorError(f"The {child.name} process could not be started: {error}.") from error

    def _watch(self, wake_up: int, seconds: float = 5.0) -> None:
        """Look after every child once, after the next event or so many seconds."""
        if self._signals:
            raise _Stopped
        now = time.monotonic()
        if now >= self._trim_at:
            self._trim_at = now + LOG_TRIM_SECONDS
            for watched in self._watched:
                logs.trim(watched.child.log)
        for watched in self._watched:
            self._look_after(watched, now)
        due = [watched.restart_at - now for watched in self._watched if watched.restart_at is not None]
        self._sleep(wake_up, min([seconds, *due]))
        if self._signals:
            raise _Stopped

    def _look_after(self, watched: _Watched, now: float) -> None:
        child = watched.child
        if watched.restart_at is not None:
            if now >= watched.restart_at:
                watched.restart_at = None
                self._start_child(child)
            return
        if not child.has_ended():
            return
        age = child.age_seconds
        status = child.clear()
        watched.deaths = 1 if age >= self._policy.settled_seconds else watched.deaths + 1
        if watched.deaths >= self._policy.quick_deaths:
            reason = f"ended {watched.deaths} times in a row soon after it started, the last time {_ending(status)}"
            raise SupervisorError(self._with_log(child, reason))
        delay = self._policy.delay_seconds(watched.deaths)
        if watched.deaths == 1:
            self._say(f"The {child.name} process ended {_ending(status)} and is started again; see {child.log}")
        watched.restart_at = now + delay

    @staticmethod
    def _with_log(child: Child, reason: str) -> str:
        said = logs.tail(child.log, 5)
        return f"The {child.name} process {reason}. Its log is {child.log}" + (
            f", which ends:\n{said}" if said else "."
        )

    # --- Stopping -----------------------------------------------------------------------------------------------------

    def _stop_in_order(self, wake_up: int) -> None:
        """Stop one stage after the other, within a stage all at once."""
        signals_before = self._signals
        self._explain_at = time.monotonic() + PATIENCE_SECONDS
        every_child = [watched.child for watched in self._watched]
        for stage in sorted({child.specification.stop_stage for child in every_child}):
            children = [child for child in every_child if child.specification.stop_stage == stage]
            for child in children:
                child.terminate()
            deadline = time.monotonic() + max(child.specification.grace_seconds for child in children)
            while (left := [child for child in children if not child.has_ended()]) and time.monotonic() < deadline:
                if self._signals > signals_before:
                    break
                self._explain_waiting(left)
                self._sleep(wake_up, min(0.2, deadline - time.monotonic()))
            for child in children:
                child.clear()

    def _explain_waiting(self, left: Sequence[Child]) -> None:
        if time.monotonic() > self._explain_at:
            self._explain_at = float("inf")
            names = " and ".join(child.name for child in left)
            self._say(f"Waiting for {names} to finish what is in hand; Ctrl-C stops at once")


def _ending(status: int | None) -> str:
    """How a process ended, for people."""
    if status is not None and status < 0:
        with contextlib.suppress(ValueError):
            return f"by {signal.Signals(-status).name}"
    return f"with status {status}"
