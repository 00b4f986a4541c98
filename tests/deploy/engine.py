"""The programs that run containers here: Docker, or Podman with podman-compose."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
HOW_TO_GET_ONE = (
    "Neither `docker compose` nor `podman-compose` works here. Install Docker with its Compose plugin and start it, or"
    " Podman and podman-compose (Debian: `apt-get install podman`, `pip install podman-compose`). Both need root or a"
    " user that may run containers. COMPOSE='...' names another program, and ENGINE=docker or podman what it uses."
)


class Unusable(Exception):
    """Something is missing that the test cannot make itself. The message says what to do."""


@dataclass(frozen=True)
class Engine:
    """`program` runs containers, `compose` is the command that reads Compose files."""

    program: str
    compose: tuple[str, ...]

    def run(self, *argv: str) -> str:
        """What the program prints.

        Raises:
            subprocess.CalledProcessError: it failed.
        """
        return subprocess.run([self.program, *argv], capture_output=True, text=True, check=True).stdout.strip()

    def has_image(self, name: str) -> bool:
        """True if the image is here, or could be pulled."""
        return any(
            subprocess.run([self.program, *argv, name], capture_output=True, check=False).returncode == 0
            for argv in (("image", "inspect"), ("pull",))
        )


def find_engine() -> Engine:
    """The first that answers.

    Raises:
        Unusable: none does.
    """
    if named := os.environ.get("COMPOSE"):
        command = tuple(shlex.split(named))
        guessed = "podman" if "podman" in Path(command[0]).name else "docker"
        return Engine(os.environ.get("ENGINE", guessed), command)
    for program, compose in (("docker", ("docker", "compose")), ("podman", ("podman-compose",))):
        if shutil.which(compose[0]) and _works(program, "info") and _works(*compose, "version"):
            return Engine(program, compose)
    raise Unusable(HOW_TO_GET_ONE)


def _works(*argv: str) -> bool:
    try:
        return subprocess.run(argv, capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def check_images(engine: Engine) -> None:
    """Have every image that our own are made from, and that runs beside them.

    Raises:
        Unusable: some are neither here nor can be pulled.
    """
    services = yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    dockerfile = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
    wanted = {service["image"] for service in services.values() if service.get("pull_policy") != "never"}
    wanted |= set(re.findall(r"^FROM (\S+:\S+)", dockerfile, re.MULTILINE))
    if missing := sorted(name for name in wanted if not engine.has_image(name)):
        raise Unusable(
            f"These images are not here and cannot be pulled: {', '.join(missing)}. Load them from a file with"
            f" `{engine.program} load`, or build others and give them these names."
        )
