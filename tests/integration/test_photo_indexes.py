"""Photos are counted by state from indexes alone, on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from uuid import UUID

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connections
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from albums.models import Album, Cluster, Membership, Photo, Share
from albums.state_counts import count_by_state
from tests.services import Stack
from web import env
from web.accounts.models import User

OWN = "photo_indexes"
ALBUM = UUID(int=1)


@pytest.fixture(scope="module")
def own(services: Stack, postgres_url: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The alias of a database with an album that has a photo in each state, and two in one."""
    assert postgres_url  # it runs
    with pytest.MonkeyPatch.context() as monkeypatch, django_db_blocker.unblock():
        monkeypatch.setenv("OWN_URL", services.postgres.create_database(OWN))
        databases = connections.configure_settings({"default": env.database("OWN_URL", "")})
        monkeypatch.setitem(connections.settings, OWN, databases["default"])
        with closing(connections[OWN]) as database:
            with database.schema_editor() as editor:
                for model in (ContentType, Permission, Group, User, Album, Cluster, Share, Membership, Photo):
                    editor.create_model(model)
            owner = User.objects.using(OWN).create(email="ada@example.org")
            album = Album.objects.using(OWN).create(owner=owner, name="Weekend")
            for number, state in enumerate((*Photo.State, Photo.State.ANALYZED)):
                photo = Photo(album=album, name="1.jpg", byte_size=10, sha256=f"{number:064}", state=state)
                photo.save(using=OWN)
            with database.cursor() as cursor:
                # The table is small, and so plans for large ones have to be asked for.
                cursor.execute("SET enable_seqscan = off; SET enable_bitmapscan = off")
            yield OWN
        del connections[OWN]
    services.postgres.drop_database(OWN)


@pytest.mark.parametrize("of", ["an album", "an account"])
def test_photos_are_counted_from_indexes_alone(own: str, of: str) -> None:
    """One statement has a part for each index. Of a photo that is counted, its row of 2 KB is not read."""
    photos = Photo.objects.using(own)
    album = Album.objects.using(own).get()
    photos = photos.filter(album=album) if of == "an album" else photos.filter(album__owner_id=album.owner_id)

    with CaptureQueriesContext(connections[own]) as captured:
        counted = count_by_state(photos)

    assert {count.state: (count.photos, count.bytes) for count in counted} == {
        state: (2, 20) if state == Photo.State.ANALYZED else (1, 10) for state in Photo.State
    }
    [statement] = [query["sql"] for query in captured]
    with connections[own].cursor() as cursor:
        cursor.execute(f"EXPLAIN {statement}")
        plan = "\n".join(line for [line] in cursor.fetchall())
    for part in ("pending", "in_progress", "finished"):
        assert f"Index Only Scan using albums_photo_{part} " in plan, plan


@pytest.mark.parametrize(
    ("condition", "index"),
    [
        (Q(state="uploaded", enqueued_at=None), "not_analyzed"),
        (Q(state__in=("uploaded", "prepared"), enqueued_at=None), "not_analyzed"),
        (~Q(state="analyzed"), "not_analyzed"),
        (Q(album=ALBUM, state__in=Photo.UNFINISHED, enqueued_at=None), "in_progress"),
        (Q(album=ALBUM, state="pending"), "pending"),
    ],
    ids=str,
)
def test_postgresql_sees_which_photos_a_partial_index_has(own: str, condition: Q, index: str) -> None:
    found = Photo.objects.using(own).filter(condition).values("state").explain()
    assert f"using albums_photo_{index} " in found, found
