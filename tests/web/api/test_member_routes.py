"""Every route of the API for somebody who edits an album of somebody else: decision 0067."""

from __future__ import annotations

import pytest

from tests.conftest import signed_in
from tests.web.api.steps import ALBUM, NOT_FOUND, STEPS, Step, call, rows
from tests.web.api.world import World, make_world
from web.accounts.models import User

OF_AN_ALBUM = ("album_id", "photo_id", "video_id", "export_id")
ONLY_THE_OWNER = {
    f"DELETE {ALBUM}",
    f"POST {ALBUM}photos/delete/",
    "DELETE api/v1/photos/<uuid:photo_id>/",
    f"GET {ALBUM}shares/",
    f"POST {ALBUM}shares/",
}


def _expected(step: Step) -> int:
    """Outside albums, a member is somebody else, with an account of their own."""
    if step.name in ONLY_THE_OWNER:
        return 403
    return step.owner if set(step.names) & {*OF_AN_ALBUM} else step.outsider


@pytest.fixture
def world(alice: User) -> World:
    return make_world(alice)


@pytest.fixture
def member(world: World) -> User:
    person = world.membership.person
    assert person is not None
    return User.objects.get(pk=person.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("step", [step for step in STEPS if step.anonymous == 401], ids=lambda step: step.name)
def test_a_member_does_what_the_owner_does_but_for_what_is_the_owners(step: Step, world: World, member: User) -> None:
    expected = _expected(step)
    before = rows()

    response = call(signed_in(member), step, world)

    assert response.status_code == expected, response.content[:300]
    if step.name in ONLY_THE_OWNER:
        assert response.json()["code"] == "only_the_owner"
    if expected in {403, NOT_FOUND}:
        assert rows() == before
