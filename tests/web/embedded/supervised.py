"""A supervisor with small children: `python -m tests.web.embedded.supervised SCENARIO.json`, run by its tests.

Each child of the scenario appends what happens to it to the file EVENTS, a line each.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from web.embedded.children import ChildSpecification, RestartPolicy
from web.embedded.running import locked
from web.embedded.supervisor import Supervisor, SupervisorError

PRELUDE = """
import os, signal, sys, time
NAME = "NAME"
def event(text):
    descriptor = os.open(os.environ["EVENTS"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, f"{text}\\n".encode())
    os.close(descriptor)
"""


def specification(
    folder: Path,
    name: str,
    code: str,
    *,
    program: str = sys.executable,
    ready_file: str | None = None,
    **options: Any,
) -> ChildSpecification:
    """A child that runs the code; it is ready once it has made its ready file."""
    return ChildSpecification(
        name,
        [program, "-c", PRELUDE + code],
        environment={"EVENTS": str(folder / "events"), "NAME": name},
        ready_file=str(folder / ready_file) if ready_file else "",
        **options,
    )


def main() -> int:
    """Run the scenario until a signal; 1 when the supervisor gave up."""
    scenario_file = Path(sys.argv[1])
    scenario = json.loads(scenario_file.read_text(encoding="utf-8"))
    folder = scenario_file.parent
    with locked(folder, "somewhere") as lock:
        supervisor = Supervisor(
            [specification(folder, **child) for child in scenario["children"]],
            log_folder=folder / "logs",
            say=lambda sentence: print(sentence, flush=True),  # noqa: T201
            remove=folder / "stack.json",
            keep_open=[lock],
            policy=RestartPolicy(**scenario["policy"]),
        )
        os.chdir(folder)
        try:
            supervisor.run(on_ready=(folder / "stack.json").touch, on_stop=(folder / "stopping").touch)
        except SupervisorError as error:
            print(error, flush=True)  # noqa: T201
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
