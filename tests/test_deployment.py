"""The container files are consistent with the schema, each other and the code."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.deploy.engine import Unusable
from tests.deploy.installation import check_commit

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


def test_every_long_running_service_restarts_and_has_a_health_check() -> None:
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


def test_every_container_has_only_the_rights_it_needs() -> None:
    for name, service in _compose()["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert "cap_add" not in service, name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["init"] is True, name
        assert service["mem_limit"], name
        assert service["pids_limit"] > 0, name


def test_a_container_that_stops_is_killed_later_than_its_process_gives_up() -> None:
    gunicorn = (REPOSITORY / "web/gunicorn.py").read_text(encoding="utf-8")
    [seconds] = re.findall(r"^graceful_timeout = (\d+)$", gunicorn, re.MULTILINE)
    for name, service in _compose()["services"].items():
        assert 60 * int(service["stop_grace_period"].removesuffix("m")) > int(seconds), name


def test_memory_is_mounted_only_where_everybody_may_write_in_the_image() -> None:
    """Before 1.1.8, runc gave it the mode of the folder in the image. In /run only root may write."""
    for name, service in _compose()["services"].items():
        assert [mount.partition(":")[0] for mount in service["tmpfs"]] == ["/tmp"], name


def test_workers_leave_the_processors_to_the_pages_and_send_each_other_nothing() -> None:
    quiet = {"--without-gossip", "--without-mingle", "--without-heartbeat"}
    for name, service in _compose()["services"].items():
        is_worker = name.startswith("worker-")
        assert (service.get("cpu_shares", 1024) < 1024) == is_worker, name
        assert quiet.issubset(service.get("command") or ()) == is_worker, name


def test_what_opens_photos_reaches_only_the_three_services() -> None:
    compose = _compose()
    inside = {name for name, network in compose["networks"].items() if (network or {}).get("internal")}
    assert compose["networks"].keys() - inside == {"front"}
    networks = {name: set(service["networks"]) for name, service in compose["services"].items()}
    assert networks["db"] == networks["redis"] == {"back"}
    for name in ("worker-images", "worker-embeddings", "worker-albums", "beat"):
        assert networks[name] <= inside, name
    assert {name for name, service in compose["services"].items() if "ports" in service} == {"web", "s3"}
    # The server that browsers reach directly must not reach the database or the broker.
    assert networks["s3"] == {"front", "storage"}


def test_no_command_line_holds_a_password() -> None:
    for name, service in _compose()["services"].items():
        words = [*service.get("command", ()), *service.get("entrypoint", ()), *service.get("healthcheck", {}).values()]
        assert not re.findall(r"(?<!\$)\$\{", str(words)), name


def test_every_image_is_of_one_version() -> None:
    """The tag names all parts of the version: `postgres:18` is another image every few weeks."""
    dockerfile = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
    images = re.findall(r"^FROM (\S+:\S+)", dockerfile, re.MULTILINE)
    images += [service["image"] for service in _compose()["services"].values() if not _is_ours(service)]
    assert len(images) == 5
    exact = re.compile(r"\S+:v?\d+\.\d+(\.\d+)?(-[a-z-]+)?(@sha256:[0-9a-f]{64})?")
    assert [image for image in images if not exact.fullmatch(image)] == []
    assert "# syntax=" not in dockerfile


def test_one_service_builds_each_of_our_images_and_nobody_pulls_it() -> None:
    """If two built the same name, Docker's `up --build` would leave all but one with an image that has lost its name.

    The next `up` would then replace their containers.
    """
    ours = {name: service for name, service in _compose()["services"].items() if _is_ours(service)}
    assert len(ours) == 6
    built = [service["image"] for service in ours.values() if "build" in service]
    assert len(built) == len(set(built)) == 2
    for name, service in ours.items():
        assert service["image"] in built, name
        assert service["pull_policy"] == "never", name


def test_data_is_kept_in_named_volumes() -> None:
    compose = _compose()
    used = {
        volume.partition(":")[0] for service in compose["services"].values() for volume in service.get("volumes", [])
    }
    assert used == set(compose["volumes"]) == {"database", "socket", "queue", "objects", "models", "waiting"}


# Set by the Compose file itself, from other variables or for the container.
FIXED = {
    "DATABASE_URL",
    "REDIS_URL",
    "STORAGE_URL",
    "DATA_DIR",
    "MODEL_CACHE",
    "HOST",
    "PORT",
    "HTTPS",
    "TLS_CERTIFICATE",
    "TLS_KEY",
}
# Secrets of the web process. The workers, which open strangers' files, do not get them.
OF_PAGES = {"SECRET_KEY", "EMAIL_URL", "METRICS_TOKEN"}
# The processes that enqueue photos. `init` enqueues nothing, and `beat` only the sweep.
SENDERS = {"web", "worker-images", "worker-embeddings", "worker-albums"}


def _variables_read(*names: str) -> set[str]:
    code = "".join((REPOSITORY / name).read_text(encoding="utf-8") for name in names)
    return set(re.findall(r"""env\.\w+\(\s*["']([A-Z0-9_]+)["']""", code))


def _example() -> dict[str, str]:
    text = (REPOSITORY / ".env.example").read_text(encoding="utf-8")
    return dict(re.findall(r"^(?:# )?([A-Z0-9_]+)=(.*)$", text, re.MULTILINE))


def _is_ours(service: dict[str, Any]) -> bool:
    return bool(service["image"].startswith("photoalbum-"))


def _is_worker(service: str) -> bool:
    return service.startswith("worker-") or service == "beat"


def _reaches(service: dict[str, Any], name: str) -> bool:
    """True if a value in .env reaches the service's processes."""
    if name in service["environment"]:
        return f"${{{name}" in service["environment"][name]
    return bool(service["env_file"] == ".env")


def test_the_example_names_every_variable_of_the_compose_file_and_of_the_code() -> None:
    compose = "".join((REPOSITORY / name).read_text(encoding="utf-8") for name in COMPOSE_FILES)
    wanted = set(re.findall(r"\$\{([A-Z0-9_]+)", compose)) | _variables_read("web/settings.py", "web/gunicorn.py")
    assert {"SECRET_KEY", "PHOTO_SECONDS", "KERAS_BACKEND", "WEB_WORKERS", "POSTGRES_PASSWORD"} <= wanted
    assert wanted <= _example().keys()


def test_every_variable_of_the_example_is_read() -> None:
    readers = "".join(
        (REPOSITORY / name).read_text(encoding="utf-8") for name in ("web/settings.py", "docker-compose.yml")
    )
    gunicorn = _variables_read("web/gunicorn.py")
    assert {name for name in _example() if name not in readers and name not in gunicorn} == set()


def _default_numbers(name: str) -> dict[str, int]:
    """The default of each whole number that this file reads from the environment, such as 200 * 1024**2."""
    code = (REPOSITORY / name).read_text(encoding="utf-8")
    found = re.findall(r"""env\.integer\(\s*"([A-Z0-9_]+)", ([0-9_]+)(?: \* ([0-9_]+)\*\*([0-9]+))?[,)]""", code)
    return {name: int(factor) * int(base or 1) ** int(power or 1) for name, factor, base, power in found}


def test_the_example_has_the_default_of_every_number() -> None:
    defaults = _default_numbers("web/settings.py") | _default_numbers("web/gunicorn.py")
    assert {"MAX_PHOTO_PIXELS", "PHOTO_MEMORY_BYTES", "CLAIM_LEASE_SECONDS", "WEB_WORKERS"} <= defaults.keys()
    assert {name: int(_example()[name]) for name in defaults} == defaults


def test_a_line_of_the_example_holds_a_value_and_nothing_else() -> None:
    assert {name: value for name, value in _example().items() if re.search(r"\s", value)} == {}


@pytest.mark.parametrize("name", sorted(_example().keys() | _variables_read("web/settings.py", "web/gunicorn.py")))
def test_every_variable_reaches_the_services_that_read_it(name: str) -> None:
    services = _compose()["services"]
    settings, gunicorn = _variables_read("web/settings.py"), _variables_read("web/gunicorn.py")
    readers = {
        reader
        for reader, service in services.items()
        if _is_ours(service)
        and (name in settings or (reader == "web" and name in gunicorn))
        and not (name in OF_PAGES and _is_worker(reader))
    }
    assert readers or name in (REPOSITORY / "docker-compose.yml").read_text(encoding="utf-8")
    for reader in readers:
        service = services[reader]
        if name in FIXED:
            assert name in service["environment"], reader
        else:
            assert _reaches(service, name), reader
            assert _reaches(service, f"{name}_FILE"), reader
            # NAME takes precedence over NAME_FILE, so NAME must not be set where only NAME_FILE is.
            assert name not in service["environment"] or name == "SECRET_KEY", reader


def test_workers_do_not_get_the_secrets_of_the_pages() -> None:
    workers = {name: service for name, service in _compose()["services"].items() if _is_worker(name)}
    assert len(workers) == 4
    for service in workers.values():
        for name in OF_PAGES:
            assert service["environment"][name] == service["environment"][f"{name}_FILE"] == ""
        assert {"DATABASE_URL", "REDIS_URL", "STORAGE_URL"} <= service["environment"].keys()


def test_the_gpu_overlay_sets_photos_per_message_for_every_sender() -> None:
    overlay = yaml.safe_load((REPOSITORY / "docker-compose.gpu.yml").read_text(encoding="utf-8"))["services"]
    assert overlay.keys() >= SENDERS
    values = {name: overlay[name]["environment"]["PHOTOS_PER_TASK"] for name in SENDERS}
    assert set(values.values()) == {"${PHOTOS_PER_TASK:-64}"}
    ours = {name for name, service in _compose()["services"].items() if _is_ours(service)}
    assert ours == SENDERS | {"init", "beat"}


def test_every_process_sees_the_models_and_two_may_write_them() -> None:
    for name, service in _compose()["services"].items():
        if _is_ours(service):
            writes = name in {"init", "worker-embeddings"}
            assert service["volumes"][0] == ("models:/models" if writes else "models:/models:ro"), name


def test_what_guests_save_waits_on_a_disk_that_the_web_process_may_write() -> None:
    """A video from S3 passes through DATA_DIR, and /tmp is 256 MB of memory."""
    services = _compose()["services"]
    folder = services["web"]["environment"]["DATA_DIR"]
    assert services["web"]["volumes"][1:] == [f"waiting:{folder}"]
    assert all(len(service["volumes"]) == 1 for name, service in services.items() if _is_worker(name))
    # A new volume takes the owner from the image.
    made = re.findall(r"install --directory --owner photoalbum (.*)", (REPOSITORY / "Dockerfile").read_text("utf-8"))
    assert folder in made[0].split()


def test_the_image_copies_only_files_that_exist() -> None:
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


# What each process of `web` imports, sooner or later.
WEB = "web.wsgi", "web.urls", "kombu.transport.redis", "psycopg", "web.server", "albums.storage.s3"


def test_the_requirements_of_the_web_process_are_complete() -> None:
    """Its image has only these packages. Here, other packages bring more, and would hide what is missing."""
    text = (REPOSITORY / "requirements" / "base.txt").read_text(encoding="utf-8")
    listed = set(re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE))
    found = packages_distributions().items()
    hidden = {name for name, owners in found if not listed & {re.sub(r"[_.]", "-", owner.lower()) for owner in owners}}
    assert {"numpy", "cv2", "pytest"} <= hidden
    code = f"""
import importlib, sys
sys.modules.update(dict.fromkeys({sorted(hidden)!r}))
import django
django.setup()
for name in {WEB!r}:
    importlib.import_module(name)
"""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]


def test_the_systemd_unit_is_valid_and_leaves_the_sandbox_its_system_calls(tmp_path: Path) -> None:
    unit = (REPOSITORY / "deploy/systemd/photoalbum.service").read_text(encoding="utf-8")
    # Debian 12's systemd does not know the group @sandbox, and would leave it out.
    [calls] = re.findall(r"^SystemCallFilter=(.*)$", unit, re.MULTILINE)
    assert {"seccomp", "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self"} <= set(calls.split())
    if shutil.which("systemd-analyze") is None:
        pytest.skip("needs systemd-analyze")
    [command] = re.findall(r"^ExecStart=(\S+)", unit, re.MULTILINE)
    checked = tmp_path / "photoalbum.service"
    checked.write_text(unit.replace(command, sys.executable), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", checked], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_an_upgrade_from_a_commit_that_cannot_be_installed_is_refused() -> None:
    with pytest.raises(Unusable, match="UPGRADE_FROM=no-such-commit"):
        check_commit("no-such-commit")
