"""Each write of a row adds an entry to each index of its table, so no index may be there twice."""

from __future__ import annotations

from django.apps import apps
from django.db import models


def test_no_column_has_an_index_that_is_the_beginning_of_another() -> None:
    redundant = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("albums").get_models()
        for field in model._meta.local_concrete_fields
        if field.db_index and not field.unique and field.name in _first_columns(model)
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
