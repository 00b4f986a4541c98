"""What a process of the version before does beside the tables that it does not know.

Django's models of an earlier migration do what such a process does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connections, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from albums.models import Album, FrameSearch, Guest, GuestChoice, Membership, Photo, Share
from tests.integration.deployment import Deployment
from tests.services import Stack
from web import env
from web.accounts.models import User

BEFORE = [("albums", "0001_squashed_0029"), ("accounts", "0004_sessions_and_last_use")]
"""From there on, PostgreSQL itself deletes by every new key."""
REMEDY = (
    "A process of the version before does not know this key, and PostgreSQL would refuse what it deletes. "
    "Add albums.migrations._on_delete.DeleteInDatabase behind the operation that makes the key."
)
ACTION = {models.CASCADE: "c", models.SET_NULL: "n"}


@pytest.fixture
def database(
    deployment: Deployment, stack: Stack, monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """The alias of the deployment's database. What the test writes is taken back."""
    assert deployment.web.is_running
    monkeypatch.setenv("OWN_URL", stack.postgres.url)
    own = env.database("OWN_URL", "")
    connections["deployed"] = ConnectionHandler({"default": own, "deployed": own})["deployed"]
    with django_db_blocker.unblock():
        with transaction.atomic("deployed"):
            yield "deployed"
            transaction.set_rollback(True, "deployed")
        connections["deployed"].close()
    del connections["deployed"]


def test_the_database_deletes_by_each_new_key(database: str) -> None:
    before = MigrationLoader(None).project_state(BEFORE).apps
    old = {(model._meta.db_table, field.column) for model in before.get_models() for field in _keys(model)}
    with connections[database].cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, attname, confdeltype FROM pg_constraint"
            " JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1] WHERE contype = 'f' AND convalidated"
        )
        found = {(table, column): action for table, column, action in cursor.fetchall()}
    ours = [model for label in ("albums", "accounts") for model in apps.get_app_config(label).get_models()]
    expected = {
        (model._meta.db_table, field.column): ACTION[field.remote_field.on_delete]
        for model in ours
        for field in _keys(model)
    }
    new = expected.keys() - old

    assert ("albums_share", "album_id") in new
    assert {key: found[key] for key in new} == {key: expected[key] for key in new}, REMEDY


def _keys(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.local_concrete_fields if getattr(field, "db_constraint", False)]


@pytest.mark.parametrize("deleted", ["photo", "album", "account"])
def test_the_version_before_deletes_what_new_rows_name(database: str, deleted: str) -> None:
    before = MigrationLoader(None).project_state(BEFORE).apps
    old = {name: before.get_model("albums", name).objects.using(database) for name in ("album", "photo", "export")}
    people = before.get_model("accounts", "user").objects.using(database)
    # It inserts without the new columns.
    owner, member = (people.create(email=f"{uuid4()}@example.org") for _ in range(2))
    album = old["album"].create(owner=owner, name="Shared")
    video, frame = (old["photo"].create(album=album, name=name, byte_size=1, sha256=name) for name in "vf")
    old["export"].create(album=album)
    new = {
        "share": Share(album_id=album.id),
        "search": FrameSearch(video_id=video.id),
    }
    new["guest"] = Guest(share_id=new["share"].pk)
    new["choice"] = GuestChoice(guest_id=new["guest"].pk, photo_id=video.id)
    new["membership"] = Membership(album_id=album.id, person_id=member.pk, share_id=new["share"].pk)
    for row in new.values():
        row.save(using=database)
    Photo.objects.using(database).filter(id=frame.id).update(frame_of=video.id)

    {"photo": video, "album": album, "account": member}[deleted].delete(using=database)

    with connections[database].cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as a commit does
    left = {name for name, row in new.items() if type(row)._base_manager.using(database).filter(pk=row.pk).exists()}
    kept = {"photo": {"share", "guest", "membership"}, "album": set(), "account": set(new)}
    assert left == kept[deleted]
    assert User.objects.using(database).filter(pk=member.pk).exists() is (deleted != "account")
    if deleted == "photo":
        assert Photo.objects.using(database).get(id=frame.id).frame_of_id is None
    if deleted == "account":
        assert Membership.objects.using(database).get(album=album.id).person_id is None
        assert Album.objects.using(database).filter(id=album.id).exists()
