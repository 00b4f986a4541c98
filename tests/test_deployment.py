"""The files that put the service into containers agree with the schema, with each other and with the code."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

REPOSITORY = Path(__file__).resolve().parents[1]
COMPOSE_FILES = ("docker-compose.yml", "docker-compose.gpu.yml")


def _compose() -> dict[str, Any]:
    compose: dict[str, Any] = yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text(encoding="utf-8"))
    return compose


@pytest.mark.parametrize("name", COMPOSE_FILES)
def test_a_compose_file_keeps_to_the_schema(name: str) -> None:
    checker = Path(sys.executable).with_name("check-jsonschema")
    check = subprocess.run(
        [checker, "--builtin-schema", "vendor.compose-spec", name],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert check.returncode == 0, check.stdout + check.stderr


def test_every_long_running_service_restarts_and_says_whether_it_is_well() -> None:
    for name, service in _compose()["services"].items():
        if name == "init":
            continue
        assert service["restart"] == "unless-stopped", name
        assert "healthcheck" in service or name == "beat", name


def test_every_process_waits_for_init_and_init_for_the_services() -> None:
    services = _compose()["services"]
    for name in ("web", "worker-images", "worker-embeddings", "worker-albums", "beat"):
        assert services[name]["depends_on"] == {"init": {"condition": "service_completed_successfully"}}
    assert {name: wait["condition"] for name, wait in services["init"]["depends_on"].items()} == dict.fromkeys(
        ("db", "redis", "s3"), "service_healthy"
    )


def test_data_is_kept_in_named_volumes() -> None:
    compose = _compose()
    used = {
        volume.partition(":")[0] for service in compose["services"].values() for volume in service.get("volumes", [])
    }
    assert used == set(compose["volumes"]) == {"database", "queue", "objects", "models"}


def test_every_variable_of_the_compose_file_is_in_the_example() -> None:
    text = (REPOSITORY / "docker-compose.yml").read_text(encoding="utf-8")
    wanted = set(re.findall(r"\$\{([A-Z0-9_]+)", text))
    example = (REPOSITORY / ".env.example").read_text(encoding="utf-8")
    offered = set(re.findall(r"^#? ?([A-Z0-9_]+)=", example, re.MULTILINE))
    assert wanted <= offered


def test_every_variable_of_the_example_is_read() -> None:
    example = (REPOSITORY / ".env.example").read_text(encoding="utf-8")
    offered = set(re.findall(r"^#? ?([A-Z0-9_]+)=", example, re.MULTILINE))
    readers = "".join(
        (REPOSITORY / name).read_text(encoding="utf-8") for name in ("web/settings.py", "docker-compose.yml")
    )
    assert {name for name in offered if name not in readers} == set()


def test_the_image_is_made_of_files_that_are_there() -> None:
    dockerfile = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^FROM \S+ AS (\S+)", dockerfile, re.MULTILINE))
    overlay = yaml.safe_load((REPOSITORY / "docker-compose.gpu.yml").read_text(encoding="utf-8"))
    wanted = {
        service["build"]["target"]
        for compose in (_compose(), overlay)
        for service in compose["services"].values()
        if "build" in service
    }
    assert wanted <= targets
    for line in re.findall(r"^COPY (?!--from)(.+)", dockerfile, re.MULTILINE):
        *sources, _ = line.split()
        assert all((REPOSITORY / source).exists() for source in sources), line
