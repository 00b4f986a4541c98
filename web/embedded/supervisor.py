"""A supervisor in the foreground: starts children in order, keeps them running, and stops them in order."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

from web.embedded import logs
from web.embedded.children import Child, ChildSpecification, RestartPolicy
from web.embedded.process_manager import ProcessError, ProcessManager

STOP_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LOG_TRIM_SECONDS: Final = 60.0
PATIENCE_SECONDS: Final = 4.0


class SupervisorError(Exception):
    """The children cannot be kept running; the message says which one, why, and where to read more."""


class _Stopped(Exception):
    """A signal to stop has come."""


class Supervisor:
    """Runs the children of the specifications until SIGINT, SIGTERM or SIGHUP; a second signal cuts their grace short.

    `say` takes the few sentences meant for the person at the console. `remove` is a file that must not outlive the
    supervisor, and `keep_open` are file descriptors (a lock) that must stay open until the last child is gone. Both
    hold even if the supervisor is killed.
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
        self._children = [Child(each, log_folder / f"{each.name}.log") for each in specifications]
        self._log_folder = log_folder
        self._say = say
        self._remove = remove
        self._keep_open = [*keep_open, *(number for each in specifications for number in each.pass_fds)]
        self._policy = policy or RestartPolicy()
        self._stop_signals = 0
        # Its put() may be called by a signal handler in the middle of its get().
        self._received: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._trim_at = 0.0

    def run(self, on_ready: Callable[[], None], on_stop: Callable[[], None] = lambda: None) -> None:
        """Start everything, call `on_ready`, watch until told to stop, call `on_stop`, stop everything.

        Raises:
            SupervisorError: when a child cannot be kept running; everything is stopped by then.

        """
        self._log_folder.mkdir(parents=True, exist_ok=True)
        try:
            with (
                self._handling_signals(),
                ProcessManager(remove=self._remove, keep_open=self._keep_open) as self._manager,
            ):
                try:
                    self._start_in_order()
                    on_ready()
                    while True:
                        self._watch()
                except _Stopped:
                    pass
                finally:
                    on_stop()
                    self._stop_in_order()
        except ProcessError as error:
            raise SupervisorError(f"The processes cannot be kept running: {error}") from error

    # --- Signals ------------------------------------------------------------------------------------------------------

    @contextmanager
    def _handling_signals(self) -> Iterator[None]:
        numbers = (*STOP_SIGNALS, signal.SIGCHLD)
        former = {number: signal.signal(number, self._on_signal) for number in numbers}
        try:
            yield
        finally:
            for number, handler in former.items():
                signal.signal(number, handler)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        self._stop_signals += number != signal.SIGCHLD
        self._received.put(number)

    def _sleep(self, seconds: float) -> None:
        """Wait for this time or until the next signal, such as SIGCHLD for the death of a child."""
        with contextlib.suppress(queue.Empty):
            self._received.get(timeout=max(0.0, seconds))

    # --- Starting and watching ----------------------------------------------------------------------------------------

    def _start_in_order(self) -> None:
        deadline = time.monotonic() + self._policy.ready_seconds
        for stage in sorted({child.specification.start_stage for child in self._children}):
            children = [child for child in self._children if child.specification.start_stage == stage]
            for child in children:
                logs.rotate(child.log)
                self._start(child)
            for child in children:
                while not child.specification.is_ready():
                    if time.monotonic() > deadline:
                        seconds = self._policy.ready_seconds
                        raise SupervisorError(_with_log(child, f"does not answer after {seconds:.0f} seconds"))
                    self._watch(0.05)

    def _start(self, child: Child) -> None:
        specification = child.specification
        if specification.ready_file:
            Path(specification.ready_file).unlink(missing_ok=True)
        try:
            child.process = self._manager.start(
                specification.argv,
                environment={**os.environ, **specification.environment},
                directory=Path.cwd(),
                log=child.log,
                pass_fds=specification.pass_fds,
            )
        except ProcessError as error:
            raise SupervisorError(f"The {specification.name} process could not be started: {error}.") from error
        child.started_at = time.monotonic()

    def _watch(self, seconds: float = 5.0) -> None:
        """Look after every child once, then wait for the next signal or this time."""
        if self._stop_signals:
            raise _Stopped
        now = time.monotonic()
        if now >= self._trim_at:
            self._trim_at = now + LOG_TRIM_SECONDS
            for child in self._children:
                logs.trim(child.log)
        for child in self._children:
            self._look_after(child, now)
        due = [child.restart_at - now for child in self._children if child.restart_at is not None]
        self._sleep(min([seconds, *due]))
        if self._stop_signals:
            raise _Stopped

    def _look_after(self, child: Child, now: float) -> None:
        if child.restart_at is not None and now >= child.restart_at:
            child.restart_at = None
            self._start(child)
        elif child.process and child.has_ended():
            settled = time.monotonic() - child.started_at >= self._policy.settled_seconds
            ending = _ending(child.process.kill())
            child.process = None
            child.deaths = 1 if settled else child.deaths + 1
            if child.deaths >= self._policy.quick_deaths:
                reason = f"ended {child.deaths} times in a row soon after it started, the last time {ending}"
                raise SupervisorError(_with_log(child, reason))
            if child.deaths == 1:
                name = child.specification.name
                self._say(f"The {name} process ended {ending} and is started again; see {child.log}")
            child.restart_at = now + self._policy.delay_seconds(child.deaths)

    # --- Stopping -----------------------------------------------------------------------------------------------------

    def _stop_in_order(self) -> None:
        """Stop one stage after the other, within a stage all at once."""
        signals_before = self._stop_signals
        explain_at = time.monotonic() + PATIENCE_SECONDS
        for stage in sorted({child.specification.stop_stage for child in self._children}):
            children = [child for child in self._children if child.specification.stop_stage == stage]
            for child in children:
                if child.process:
                    child.process.signal(signal.SIGTERM)
            deadline = time.monotonic() + max(child.specification.grace_seconds for child in children)
            while (left := [child for child in children if not child.has_ended()]) and time.monotonic() < deadline:
                if self._stop_signals > signals_before:
                    break
                if time.monotonic() > explain_at:
                    explain_at = float("inf")
                    names = " and ".join(child.specification.name for child in left)
                    self._say(f"Waiting for {names} to finish the current work; Ctrl-C stops at once")
                self._sleep(min(0.2, deadline - time.monotonic()))
            for child in children:
                if child.process:
                    child.process.kill()


def _with_log(child: Child, reason: str) -> str:
    said = logs.tail(child.log, 5)
    sentence = f"The {child.specification.name} process {reason}. Its log is {child.log}"
    return f"{sentence}, which ends:\n{said}" if said else f"{sentence}."


def _ending(status: int) -> str:
    """How a process ended, for people."""
    if status < 0:
        with contextlib.suppress(ValueError):
            return f"by {signal.Signals(-status).name}"
    return f"with status {status}"
