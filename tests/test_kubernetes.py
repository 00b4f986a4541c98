"""What Kustomize makes of deploy/kubernetes: valid, with few rights, and the same processes as docker-compose.yml."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import kubernetes_validate
import pytest
import yaml
from django.conf import settings

from albums.jobs import Queue

REPOSITORY = Path(__file__).resolve().parents[1]
KUBERNETES = REPOSITORY / "deploy" / "kubernetes"
OVERLAYS = ("one-node", "gpu", "keda")
OURS = ("init", "web", "worker-images", "worker-embeddings", "worker-albums", "beat")
# Secrets of the web process. The workers, which open strangers' files, do not get them.
OF_PAGES = {"SECRET_KEY", "EMAIL_URL", "METRICS_TOKEN"}

Objects = list[dict[str, Any]]


@pytest.fixture(scope="module")
def overlays(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Objects]:
    """Each overlay as an operator gets it who only copied the examples."""
    kubectl = shutil.which("kubectl")
    if kubectl is None:
        pytest.skip("kubectl, which renders the overlays, is not installed")
    folder = tmp_path_factory.mktemp("kubernetes")
    shutil.copytree(KUBERNETES, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.env"))
    for example in (folder / "base").glob("*.env.example"):
        example.rename(example.with_suffix(""))
    return {name: _rendered(kubectl, folder / "overlays" / name) for name in OVERLAYS}


def _rendered(kubectl: str, folder: Path) -> Objects:
    done = subprocess.run([kubectl, "kustomize", folder], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return list(yaml.safe_load_all(done.stdout))


def _of_kind(objects: Objects, *kinds: str) -> dict[str, Any]:
    return {each["metadata"]["name"]: each for each in objects if each["kind"] in kinds}


def _pods(objects: Objects) -> dict[str, Any]:
    return {
        name: each["spec"]["template"]["spec"]
        for name, each in _of_kind(objects, "Deployment", "Job", "StatefulSet").items()
    }


def _variables(container: dict[str, Any]) -> dict[str, Any]:
    return {each["name"]: each.get("value") for each in container.get("env", [])}


def _compose(name: str = "docker-compose.yml") -> dict[str, Any]:
    services: dict[str, Any] = yaml.safe_load((REPOSITORY / name).read_text(encoding="utf-8"))["services"]
    return services


def _example(name: str) -> dict[str, str]:
    """The variables of an example, also those that are comments."""
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^(?:# )?([A-Z0-9_]+)=(.*)$", text, re.MULTILINE))


def test_overlays_keep_to_the_schemas_of_kubernetes(overlays: dict[str, Objects]) -> None:
    """Each object once: most are the same in several overlays."""
    every = [each for objects in overlays.values() for each in objects]
    different = {json.dumps(each): each for each in every if not each["apiVersion"].startswith("keda.sh/")}
    assert len(different) > 30
    for each in different.values():
        kubernetes_validate.validate(each, kubernetes_validate.latest_version(), strict=True)


@pytest.mark.parametrize("name", OVERLAYS)
def test_every_container_has_only_the_rights_it_needs(overlays: dict[str, Objects], name: str) -> None:
    for owner, pod in _pods(overlays[name]).items():
        assert pod["automountServiceAccountToken"] is False, owner
        assert pod["securityContext"]["runAsNonRoot"] is True, owner
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}, owner
        # Else every start changes the owner of each file of a volume, such as every photo.
        assert pod["securityContext"]["fsGroupChangePolicy"] == "OnRootMismatch", owner
        if owner in OURS:
            assert pod["securityContext"]["runAsUser"] == 10001, owner
            assert pod["shareProcessNamespace"] is True, owner
        for container in [*pod["containers"], *pod.get("initContainers", [])]:
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }, owner
            assert container["resources"]["limits"]["memory"], owner
            assert container["resources"]["requests"].keys() == {"cpu", "memory"}, owner
    [namespace] = _of_kind(overlays[name], "Namespace").values()
    assert namespace["metadata"]["labels"] == {"pod-security.kubernetes.io/enforce": "restricted"}


def test_every_process_is_that_of_compose() -> None:
    """Read without kubectl, so that no machine misses a change of only one of them."""
    services = _compose()
    assert {
        name for name, service in services.items() if _base_name(service["image"]).startswith("photoalbum-")
    } == set(OURS)
    files = [yaml.safe_load_all(path.read_text(encoding="utf-8")) for path in (KUBERNETES / "base").glob("*.yaml")]
    pods = _pods([each for file in files for each in file if "metadata" in each])
    for name in OURS:
        [container] = pods[name]["containers"]
        expected = list(services[name]["command"])
        if name == "worker-images":  # a container of Compose uses every processor of its host
            expected[6:6] = ["--concurrency", "2"]
        assert container["command"] == expected, name
        assert _base_name(container["image"]) == _base_name(services[name]["image"]), name


def test_every_container_is_that_of_compose(overlays: dict[str, Objects]) -> None:
    pods, services = _pods(overlays["one-node"]), _compose()
    assert pods.keys() == services.keys()
    for name in OURS:
        [container] = pods[name]["containers"]
        volumes = [volume.split(":") for volume in services[name]["volumes"]]
        expected = {"/tmp": True} | {folder: not mode for _, folder, *mode in volumes}
        mounts = {mount["mountPath"]: not mount.get("readOnly", False) for mount in container["volumeMounts"]}
        assert mounts == expected, name
    for name in services.keys() - set(OURS):
        [container] = pods[name]["containers"]
        assert container["image"] == services[name]["image"], name
        assert _variables(container).keys() == services[name]["environment"].keys(), name


def test_one_node_runs_what_compose_runs(overlays: dict[str, Objects]) -> None:
    """Also with a process of `worker-images` for each processor of the node."""
    pods, services = _pods(overlays["one-node"]), _compose()
    for name in OURS:
        assert pods[name]["containers"][0]["command"] == services[name]["command"], name


def test_one_node_with_two_processors_has_room_for_a_rollout(overlays: dict[str, Objects]) -> None:
    """A rollout starts the new pods beside the old ones. Pods that do not fit wait for ever, and so does the job."""
    deployments = _of_kind(overlays["one-node"], "Deployment")
    twice = [name for name, each in deployments.items() if each["spec"].get("strategy") != {"type": "Recreate"}]
    requests = [_requests(pod) for name, pod in _pods(overlays["one-node"]).items() for _ in range(1 + (name in twice))]
    processors, memory = map(sum, zip(*requests, strict=True))
    assert processors <= 1.75  # the cluster's own pods have the rest
    assert memory <= 6 * 1024**3  # of 8 GB
    # The eighth of docker-compose.yml, so that pages come first.
    [web, *workers] = [_requests(_pods(overlays["one-node"])[name])[0] for name in ("web", *OURS[2:-1])]
    assert all(worker <= web / 8 for worker in workers)


def _requests(pod: dict[str, Any]) -> list[float]:
    """Processors and bytes that a node must have free for a pod: one container at a time, init containers first."""
    requests = [
        container["resources"]["requests"] for container in [*pod["containers"], *pod.get("initContainers", [])]
    ]
    return [max(_amount(each[kind]) for each in requests) for kind in ("cpu", "memory")]


def _amount(quantity: str) -> float:
    units = {"": 1, "m": 1e-3, "Mi": 1024**2, "Gi": 1024**3}
    [(number, unit)] = re.findall(r"^(\d+)(\D*)$", quantity)
    return float(number) * units[unit]


def _base_name(image: str) -> str:
    return image.rpartition("/")[2].partition(":")[0]


def test_every_process_gets_the_settings_of_compose(overlays: dict[str, Objects]) -> None:
    pods = _pods(overlays["one-node"])
    for name in OURS:
        [container] = pods[name]["containers"]
        sources = [next(iter(source.values()))["name"].rpartition("-")[0] for source in container["envFrom"]]
        assert sources == ["settings", "services"], name
        # Compose builds these from passwords. Here they are in services.env, as they are.
        from_services = {"DATABASE_URL", "REDIS_URL", "STORAGE_URL"}
        expected = {key: value for key, value in _compose()[name]["environment"].items() if value}
        expected = {key: value for key, value in expected.items() if key not in from_services | OF_PAGES}
        given = _variables(container)
        assert {key: value for key, value in given.items() if key not in OF_PAGES} == expected, name
        assert given.keys() & OF_PAGES == (OF_PAGES if name == "web" else set()), name


def test_the_gpu_overlay_sets_what_that_of_compose_sets(overlays: dict[str, Objects]) -> None:
    overlay = _compose("docker-compose.gpu.yml")["worker-embeddings"]
    [container] = _pods(overlays["gpu"])["worker-embeddings"]["containers"]
    defaults = {name: re.sub(r"\$\{\w+:-(\w+)\}", r"\1", value) for name, value in overlay["environment"].items()}
    sent = {"PHOTOS_PER_TASK": defaults.pop("PHOTOS_PER_TASK")}
    assert {name: value for name, value in _variables(container).items() if name in defaults} == defaults
    [configuration] = _of_kind(overlays["gpu"], "ConfigMap").values()
    assert configuration["data"].items() >= sent.items()
    assert _base_name(container["image"]) == _base_name(overlay["image"])
    assert container["resources"]["limits"]["nvidia.com/gpu"] == 1


def test_the_examples_name_variables_of_ours_each_in_one_file() -> None:
    known = _example(".env.example").keys()
    files = {name: _example(f"deploy/kubernetes/base/{name}.env.example") for name in ("settings", "services", "pages")}
    assert all(variables.keys() <= known for variables in files.values())
    assert files["pages"].keys() == OF_PAGES
    assert {"DATABASE_URL", "REDIS_URL", "STORAGE_URL"} <= files["services"].keys()
    assert not files["settings"].keys() & (files["services"].keys() | OF_PAGES)


@pytest.mark.parametrize("name", OVERLAYS)
def test_what_opens_photos_reaches_only_the_three_services(overlays: dict[str, Objects], name: str) -> None:
    policies = _of_kind(overlays[name], "NetworkPolicy")
    assert policies["nothing"]["spec"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    deployments = _of_kind(overlays[name], "Deployment")
    for worker in OURS[2:]:
        labels = deployments[worker]["spec"]["template"]["metadata"]["labels"]
        ways = {policy for policy, each in policies.items() if "egress" in each["spec"] and _selects(each, labels)}
        assert ways == {"names", "services"}, worker
    assert all(len(rule["to"]) == 1 and len(rule["ports"]) == 1 for rule in policies["services"]["spec"]["egress"])


def _selects(policy: dict[str, Any], labels: dict[str, str]) -> bool:
    selector = policy["spec"]["podSelector"]
    return all(labels.get(key) == value for key, value in selector.get("matchLabels", {}).items()) and all(
        labels.get(rule["key"]) in rule["values"] for rule in selector.get("matchExpressions", [])
    )


@pytest.mark.parametrize("name", OVERLAYS)
def test_processes_wait_for_migrations_are_probed_and_may_be_evicted(overlays: dict[str, Objects], name: str) -> None:
    deployments, budgets = _of_kind(overlays[name], "Deployment"), _of_kind(overlays[name], "PodDisruptionBudget")
    assert deployments.keys() == set(OURS[1:])
    assert budgets.keys() == set(OURS[1:-1])
    for owner, deployment in deployments.items():
        pod = deployment["spec"]["template"]["spec"]
        [waiting] = pod["initContainers"]
        assert "manage.py migrate --check" in waiting["command"][-1]
        [container] = pod["containers"]
        if owner.startswith("worker-"):
            assert container["livenessProbe"]["exec"]["command"] == _compose()[owner]["healthcheck"]["test"][1:]
            assert container["livenessProbe"]["timeoutSeconds"] == 60  # 20 s restarted busy workers
            assert pod["terminationGracePeriodSeconds"] == 120
        elif owner == "web":
            for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
                asked = container[probe]["httpGet"]
                assert asked["httpHeaders"] == [{"name": "Host", "value": "localhost"}]
                assert asked["path"] == ("/health/ready/" if probe == "startupProbe" else "/health/")
        if owner in budgets:
            selected = budgets[owner]["spec"]["selector"]["matchLabels"]
            assert selected == deployment["spec"]["selector"]["matchLabels"]


def test_proxies_let_the_largest_bodies_through(overlays: dict[str, Objects]) -> None:
    ingresses = _of_kind(overlays["one-node"], "Ingress")
    [web, s3] = [ingresses[name] for name in ("web", "s3")]
    for annotation in ("nginx.ingress.kubernetes.io/proxy-body-size", "nginx.org/client-max-body-size"):
        assert int(web["metadata"]["annotations"][annotation].removesuffix("m")) * 1024**2 > settings.MAX_JSON_BYTES
        assert s3["metadata"]["annotations"][annotation] == "0"
    public = _example("deploy/kubernetes/base/settings.env.example")["PUBLIC_URL"]
    assert web["spec"]["rules"][0]["host"] == urlsplit(public).hostname
    kept = _example("deploy/kubernetes/base/services.env.example")["STORAGE_URL"]
    assert s3["spec"]["rules"][0]["host"] == urlsplit(parse_qs(urlsplit(kept).query)["public"][0]).hostname


def test_each_queue_is_served_and_scaled_by_its_figures(overlays: dict[str, Objects]) -> None:
    deployments, scaled = _of_kind(overlays["keda"], "Deployment"), _of_kind(overlays["keda"], "ScaledObject")
    served = {
        name: command[command.index("-Q") + 1]
        for name, command in ((name, pod["containers"][0]["command"]) for name, pod in _pods_of(deployments))
        if "-Q" in command
    }
    assert set(served.values()) == set(Queue)
    assert scaled.keys() == served.keys()
    # Two scalers of one Deployment would work against each other.
    assert _of_kind(overlays["keda"], "HorizontalPodAutoscaler").keys() == {"web"}
    secrets = _of_kind(overlays["keda"], "Secret")
    for name, each in scaled.items():
        assert each["spec"]["scaleTargetRef"] == {"name": name}
        places = [trigger["metadata"]["valueLocation"] for trigger in each["spec"]["triggers"]]
        assert places == [
            f'photoalbum_queue_{figure}{{queue="{served[name]}"}}' for figure in ("waiting", "oldest_seconds")
        ]
    [authentication] = _of_kind(overlays["keda"], "TriggerAuthentication").values()
    [token] = authentication["spec"]["secretTargetRef"]
    assert token["key"] in secrets[token["name"]]["data"]
    [configuration] = _of_kind(overlays["keda"], "ConfigMap").values()
    address = urlsplit(scaled["worker-images"]["spec"]["triggers"][0]["metadata"]["url"])
    assert configuration["data"]["ALLOWED_HOSTS"] == address.hostname


def _pods_of(workloads: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, each in workloads.items():
        yield name, each["spec"]["template"]["spec"]
