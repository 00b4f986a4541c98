"""Turns `manage.py serve`, when everything is prepared, into the supervisor: the same process, without Django.

The supervisor only watches. Django, Celery and the broker's client would keep five times its memory for nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, NoReturn

from web.embedded.children import ChildSpecification, Question
from web.embedded.running import STACK_NAME, RunningStack
from web.embedded.supervisor import Supervisor, SupervisorError

_VARIABLE: Final = "PHOTOALBUM_HANDOVER"


@dataclass(frozen=True)
class Plan:
    """What the supervisor has to do.

    `children` run on the data folder, whose lock is the open file `lock`. When all of them are ready, the supervisor
    writes `running` to the data folder, and to `ready_file` if there is one, and says the sentences `ready`.
    """

    children: Sequence[ChildSpecification]
    data_dir: str
    lock: int
    running: RunningStack
    ready_file: str
    ready: Sequence[str]


def become_supervisor(plan: Plan) -> NoReturn:
    """Replace this process's program. Its process id, and what it inherits to its children, stay."""
    for number in (plan.lock, *(number for child in plan.children for number in child.pass_fds)):
        os.set_inheritable(number, True)
    sys.stdout.flush()
    # Not on the command line, which others can read: it holds the broker's password, as the environment does.
    os.environ[_VARIABLE] = json.dumps(asdict(plan))
    os.execv(sys.executable, [sys.executable, "-m", "web.embedded.handover"])  # noqa: S606


def _plan() -> Plan:
    told = json.loads(os.environ.pop(_VARIABLE))
    children = [_child(**child) for child in told.pop("children")]
    return Plan(children=children, running=RunningStack(**told.pop("running")), **told)


def _child(question: dict[str, Any] | None, **told: Any) -> ChildSpecification:
    return ChildSpecification(question=Question(**question) if question else None, **told)


def _say(sentence: str) -> None:
    # The console may be closed; that is no reason to stop.
    with contextlib.suppress(OSError):
        print(sentence, flush=True)  # noqa: T201


def main() -> None:
    """Supervise until a signal."""
    plan = _plan()
    data_dir = Path(plan.data_dir)
    stack_file = data_dir / STACK_NAME
    supervisor = Supervisor(
        plan.children, log_folder=data_dir / "logs", say=_say, remove=stack_file, keep_open=[plan.lock]
    )

    def on_ready() -> None:
        plan.running.write(stack_file)
        if plan.ready_file:
            try:
                plan.running.write(Path(plan.ready_file))
            except OSError as error:
                message = f"The ready file {plan.ready_file} cannot be written: {error.strerror}."
                raise SupervisorError(message) from error
        for sentence in plan.ready:
            _say(sentence)

    try:
        supervisor.run(on_ready, on_stop=lambda: stack_file.unlink(missing_ok=True))
    except SupervisorError as error:
        sys.exit(f"CommandError: {error}")
    except OSError as error:
        sys.exit(f"CommandError: The data folder {data_dir} cannot be used: {error}.")


if __name__ == "__main__":
    main()
