"""`manage.py doctor` and `workerhealth` find nothing wrong with a service that works."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from tests.integration.deployment import REPOSITORY, Deployment
from tests.services import Stack


@pytest.mark.parametrize(
    "command",
    [["doctor"], ["workerhealth", "--name", f"worker-images@{socket.gethostname()}"]],
    ids=["doctor", "workerhealth"],
)
def test_all_is_well(stack: Stack, deployment: Deployment, command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=REPOSITORY,
        env={**stack.environment, **deployment.environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    wrong = [line for line in done.stdout.splitlines() if line.startswith("error")]
    # The pages may not be built where these tests run.
    assert [line for line in wrong if not line.endswith(" answers 503.")] == [], done.stdout
    if command == ["doctor"]:
        assert "ok       workers: 3 answered." in done.stdout
    else:
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
