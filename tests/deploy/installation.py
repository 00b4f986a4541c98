"""One installation as the README describes it: the repository's files, a .env, and Compose."""

from __future__ import annotations

import json
import re
import secrets
import subprocess
from pathlib import Path
from typing import Any

from tests.deploy.engine import REPOSITORY, Engine, Unusable
from tests.services.observing import until

WORKERS = ("worker-images", "worker-embeddings", "worker-albums")
DATA = ("db", "redis", "s3")
OURS = ("web", *WORKERS, "beat")
SERVICES = (*DATA, *OURS)
# Docker 26 asks a worker's health for the first time after a minute.
PATIENCE_SECONDS = 300.0


class Installation:
    """A Compose project with volumes of its own. `tag` names the images, which installations may share.

    `commit` names another version than today's files.
    """

    def __init__(
        self, engine: Engine, folder: Path, *, project: str, tag: str, ports: tuple[int, int], commit: str = ""
    ) -> None:
        self.engine = engine
        self.folder = folder
        self.project = project
        self.web_port, self.s3_port = ports
        self.url = f"http://localhost:{self.web_port}"
        self.secret_key = secrets.token_hex(32)
        if commit:
            copy_commit(folder, commit)
        else:
            copy_files(folder)
        example = (folder / ".env.example").read_text(encoding="utf-8")
        (folder / ".env").write_text(
            filled_in(
                example,
                SECRET_KEY=secrets.token_hex(32),
                POSTGRES_PASSWORD=secrets.token_hex(32),
                REDIS_PASSWORD=secrets.token_hex(32),
                S3_SECRET_KEY=self.secret_key,
                PUBLIC_URL=self.url,
                S3_PUBLIC_URL=f"http://localhost:{self.s3_port}",
                PORT=str(self.web_port),
                S3_PORT=str(self.s3_port),
                IMAGE_TAG=tag,
            ),
            encoding="utf-8",
        )

    @property
    def storage_url(self) -> str:
        """The bucket as this machine reaches it."""
        return f"s3://photoalbum:{self.secret_key}@localhost:{self.s3_port}/photos?scheme=http&addressing=path"

    def compose(self, *argv: str) -> None:
        """Run Compose in the folder. Its output is shown only if it fails."""
        command = [*self.engine.compose, "--project-name", self.project, *argv]
        done = subprocess.run(
            command, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        if done.returncode:
            raise AssertionError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-5000:]}")

    def build(self) -> None:
        """Build each image."""
        for service in ("web", "init"):
            self.compose("build", service)

    def start(self) -> None:
        """Start everything, and wait until it is healthy."""
        if self.engine.program == "docker":
            self.up()
        else:
            # Podman before 4.6 knows no dependency on health, and none of a dependency. So this is its order by hand.
            self.up(*DATA)
            self.manage("initialize")
            self.up(*OURS)

    def manage(self, *argv: str) -> None:
        """Run a command of manage.py in a container of its own."""
        self.compose("run", "--rm", "--no-deps", "init", "python", "manage.py", *argv)

    def up(self, *services: str, scale: str = "") -> None:
        """Start services and wait until they are healthy; all of them, and what they depend on, if none is named."""
        only = ["--no-deps"] if services else []
        self.compose("up", "--detach", *only, *(["--scale", scale] if scale else []), *services)
        if not until(lambda: all(self._is_well(name) for name in services or SERVICES), PATIENCE_SECONDS):
            raise AssertionError(f"Not healthy within {PATIENCE_SECONDS:.0f} s.")

    def migrate(self, tag: str) -> None:
        """Take today's files and the images of this tag, and migrate the database, while all processes go on."""
        copy_files(self.folder)
        settings = self.folder / ".env"
        settings.write_text(filled_in(settings.read_text(encoding="utf-8"), IMAGE_TAG=tag), encoding="utf-8")
        self.manage("initialize")

    def containers(self, service: str) -> list[str]:
        """The ids of a service's running containers."""
        labels = {"com.docker.compose.project": self.project, "com.docker.compose.service": service}
        filters = [word for name, value in labels.items() for word in ("--filter", f"label={name}={value}")]
        return self.engine.run("ps", "--quiet", "--no-trunc", *filters).split()

    def state(self, container: str) -> dict[str, Any]:
        """What the engine knows of a container."""
        state: dict[str, Any] = json.loads(self.engine.run("inspect", container))[0]
        return state

    def execute(self, service: str, *argv: str, given: bytes = b"") -> bytes:
        """The output of a program that runs in the first container of a service."""
        command = [self.engine.program, "exec", "--interactive", self.containers(service)[0], *argv]
        done = subprocess.run(command, input=given, capture_output=True, check=False)
        assert done.returncode == 0, f"{' '.join(argv)} in {service}: {done.stderr.decode()[-5000:]}"
        return done.stdout

    def logs(self) -> str:
        """The last lines of every container, with its state and health."""
        names = self.engine.run(
            "ps", "--all", "--filter", f"label=com.docker.compose.project={self.project}", "--format", "{{.Names}}"
        ).split()
        return "\n".join(f"--- {name}: {self._summary(name)}" for name in names)

    def remove(self) -> None:
        """Remove containers, networks and volumes. podman-compose forgets containers that `--scale` added."""
        for container in self._labelled("ps", "--all"):
            self.engine.run("rm", "--force", container)
        self.compose("down", "--volumes")

    def remains(self) -> list[str]:
        """What the engine still has of this installation, besides images."""
        return [
            *self._labelled("ps", "--all"),
            *self._labelled("volume", "ls"),
            *self._labelled("network", "ls"),
        ]

    def _labelled(self, *kind: str) -> list[str]:
        label = f"label=com.docker.compose.project={self.project}"
        return self.engine.run(*kind, "--filter", label, "--quiet").split()

    def _is_well(self, service: str) -> bool:
        containers = self.containers(service)
        return bool(containers) and all(map(self._is_healthy, containers))

    def _is_healthy(self, container: str) -> bool:
        state = self.state(container)
        if state["State"]["Status"] != "running":
            return False
        if self.engine.program == "podman" and state["Config"].get("Healthcheck"):
            # Podman leaves it to systemd to ask regularly, and this must work without systemd.
            done = subprocess.run(["podman", "healthcheck", "run", container], capture_output=True, check=False)
            return done.returncode == 0
        return ((state["State"].get("Health") or {}).get("Status") or "healthy") == "healthy"

    def _summary(self, name: str) -> str:
        done = subprocess.run(
            [self.engine.program, "logs", "--tail", "20", name],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        state = self.state(name)["State"]
        health = state.get("Health") or {}
        answers = [f"{answer['ExitCode']} {answer['Output']}" for answer in health.get("Log") or ()]
        return f"{state['Status']} {state['ExitCode']} {health.get('Status', '')} {answers}\n{done.stdout}"


def copy_files(folder: Path) -> None:
    """Copy what git knows or would add, as a fresh clone with today's changes has it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        check=True,
    ).stdout
    for name in filter(None, listed.decode().split("\0")):
        source, target = REPOSITORY / name, folder / name
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())


def check_commit(commit: str) -> None:
    """Have a commit from which an installation can be made.

    Raises:
        Unusable: Git does not know it, or its images have no tag of their own.
    """
    shown = ["git", "show", f"{commit}:.env.example"]
    example = subprocess.run(shown, cwd=REPOSITORY, capture_output=True, text=True, check=False).stdout
    if "IMAGE_TAG=" not in example:
        raise Unusable(f"UPGRADE_FROM={commit}: no commit here with IMAGE_TAG in .env.example. Name a later one.")


def copy_commit(folder: Path, commit: str) -> None:
    """Copy the files of a commit."""
    folder.mkdir(parents=True)
    archive = subprocess.run(["git", "archive", commit], cwd=REPOSITORY, capture_output=True, check=True).stdout
    subprocess.run(["tar", "--extract", "--directory", str(folder)], input=archive, check=True)


def filled_in(example: str, **values: str) -> str:
    """The example of a .env with these values."""
    for name, value in values.items():
        example, found = re.subn(rf"^(# )?{name}=.*$", f"{name}={value}", example, count=1, flags=re.MULTILINE)
        assert found, f"{name} is not in .env.example"
    return example
