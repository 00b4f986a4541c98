"""Workers learn from people's decisions once these have settled, with real services."""

from __future__ import annotations

from typing import Any

import pytest
import redis

from tests.drawing import write_album
from tests.integration.deployment import Deployment
from tests.integration.person import Person, wait_until
from tests.services import Stack

LEARNING = "/api/v1/account/personal-ranker/"


@pytest.fixture(scope="module")
def ada(deployment: Deployment, tmp_path_factory: pytest.TempPathFactory) -> tuple[Person, list[Any]]:
    """A person with an album of three groups, and these groups with their photos, the best first."""
    person = Person(deployment.url, "barbara@example.org")
    person.sign_up()
    album = person.make_album("Party")
    shots = write_album(tmp_path_factory.mktemp("shots"), moments=3, shots=3, seed=3)
    person.upload(album, [shot.path for shot in shots])
    person.wait_until_done(album)
    groups: list[Any] = person.get(f"/api/v1/albums/{album}/clusters/")["results"]
    assert len(groups) == 3
    return person, groups


def _keep(person: Person, group: Any, place: int) -> None:
    person.request("PATCH", f"/api/v1/photos/{group['photos'][place]['id']}/", json={"decision": "keep"})


def _learned(person: Person, choices: int, corrections: int) -> bool:
    shown = person.get(LEARNING)
    return bool((shown["choices"], shown["corrections"]) == (choices, corrections))


def test_it_learns_from_decisions_without_being_asked(ada: tuple[Person, list[Any]]) -> None:
    person, groups = ada
    assert person.get(LEARNING)["state"] == "nothing"
    _keep(person, groups[1], 1)
    wait_until(lambda: _learned(person, 2, 1), what="the first learning")
    assert person.get(LEARNING)["state"] == "collecting"


def test_it_learns_from_decisions_made_while_no_worker_ran(
    deployment: Deployment, stack: Stack, ada: tuple[Person, list[Any]]
) -> None:
    person, groups = ada
    deployment.workers["worker-albums"].kill()
    _keep(person, groups[2], 1)
    redis.Redis.from_url(stack.valkey.url).flushall()
    deployment.workers["worker-albums"].start()
    wait_until(lambda: _learned(person, 3, 2), what="the lesson")


def test_a_reset_is_permanent(ada: tuple[Person, list[Any]]) -> None:
    person, groups = ada
    assert person.request("DELETE", LEARNING).status_code == 204
    assert person.get(LEARNING)["state"] == "nothing"
    _keep(person, groups[0], 1)
    wait_until(lambda: _learned(person, 1, 1), what="the learning after the reset")
