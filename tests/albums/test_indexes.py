"""Each write of a row adds an entry to each index of its table, so no index may be there twice or for nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from albums import operations, quotas, selectors
from albums.models import Album
from tests.factories import make_album, make_photo
from web.accounts.models import User


def test_no_column_has_an_index_that_is_the_beginning_of_another() -> None:
    redundant = [
        f"{model.__name__}.{field.name}"
        for app in ("albums", "accounts")
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.local_concrete_fields
        if getattr(field, "db_index", False) and not field.unique and field.name in _first_columns(model)
    ]
    assert redundant == []


def _first_columns(model: type[models.Model]) -> set[str]:
    """The first column of each index and constraint that has all rows."""
    indexes = [index.fields for index in model._meta.indexes if index.condition is None]
    constraints = [
        each.fields
        for each in model._meta.constraints
        if isinstance(each, models.UniqueConstraint) and each.condition is None
    ]
    return {fields[0].removeprefix("-") for fields in (*indexes, *constraints) if fields}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "count",
    [
        lambda _: operations.photos_by_state(),
        selectors.progress_of,
        lambda album: quotas.usage(album.owner_id, quotas.Quota.PHOTOS),
    ],
    ids=["metrics", "progress", "quota"],
)
def test_photos_are_counted_without_reading_them(alice: User, count: Callable[[Album], object]) -> None:
    """A photo's row is 2 KB, its entry in an index a tenth of that."""
    album = make_album(alice)
    make_photo(album)
    with CaptureQueriesContext(connection) as captured:
        count(album)
    counting = [query["sql"] for query in captured if 'FROM "albums_photo"' in query["sql"]]
    assert counting
    for statement in counting:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
            plan = [step for *_, step in cursor.fetchall() if "albums_photo" in step]
        assert plan
        assert all("COVERING INDEX" in step for step in plan), plan
