"""During an upgrade, processes of the previous version still write to the tables of the new one."""

from __future__ import annotations

import pytest
from django.db import migrations, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from albums.migrations._fill import FillColumns
from albums.migrations._on_delete import DeleteInDatabase

OURS = ("albums", "accounts")
# The last migrations from before this rule.
BEFORE_THE_RULE = {"albums": "0005_export_options", "accounts": "0003_cache_table"}

REMEDY = (
    "Processes of the previous version still run during this migration, and would fail. Expand first: add columns that"
    " may be NULL or have a db_default, add tables and indexes, and stop using what will go. Contract one version"
    ' later, in a migration whose class says so: contract = "NAME is not used since VERSION". See Upgrades in'
    " operations.md."
)

HARMLESS = (
    migrations.CreateModel,
    migrations.AddIndex,
    migrations.RemoveIndex,
    migrations.RenameIndex,
    migrations.RemoveConstraint,
    migrations.AlterModelOptions,
    migrations.AlterModelManagers,
    migrations.AlterModelTableComment,
    FillColumns,
    DeleteInDatabase,
)


def offences(migration: Migration, before: ProjectState) -> list[str]:
    """What in the migration the previous version would not survive. `before` is the state it starts from."""
    if getattr(migration, "contract", ""):
        return []
    state = before.clone()
    created: set[str] = set()
    found = []
    for operation in migration.operations:
        if isinstance(operation, migrations.CreateModel):
            created.add(operation.name_lower)
        if isinstance(operation, migrations.AddField):
            created.add(f"{operation.model_name_lower}.{operation.name_lower}")
        if not _is_survived(operation, migration.app_label, state, created):
            found.append(operation.describe())
        operation.state_forwards(migration.app_label, state)
    return found


def _is_survived(operation: Operation, app_label: str, state: ProjectState, created: set[str]) -> bool:
    if isinstance(operation, HARMLESS):
        return True
    if getattr(operation, "model_name_lower", None) in created:
        return True  # no process uses that table yet
    if isinstance(operation, migrations.AddField):
        return _fills_itself(operation.field)
    if isinstance(operation, migrations.AddConstraint) and isinstance(operation.constraint, models.CheckConstraint):
        # No process that knows a new column runs yet, so it has its default.
        return all(f"{operation.model_name_lower}.{name}" in created for name in _columns_of(operation.constraint))
    if isinstance(operation, migrations.AlterField):
        former = state.models[app_label, operation.model_name_lower].fields[operation.name]
        return _takes_what_it_took(former, operation.field)
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        return all(_is_survived(inner, app_label, state, created) for inner in operation.database_operations)
    return False


def _columns_of(check: models.CheckConstraint) -> set[str]:
    """The columns in a simple condition; an empty name for what is none."""
    condition = check.condition
    parts = condition.children if isinstance(condition, models.Q) else [condition]
    return {part[0].partition("__")[0] if isinstance(part, tuple) else "" for part in parts}


def _fills_itself(field: models.Field[object, object]) -> bool:
    """True if a row can be inserted without the column. The database does not know Django's own default."""
    return bool(field.null or field.has_db_default() or field.many_to_many or field.generated)


def _takes_what_it_took(former: models.Field[object, object], field: models.Field[object, object]) -> bool:
    """True if the column still accepts every value, and every row without it."""
    if type(former) is not type(field):
        return False
    narrower = (former.null and not field.null) or (field.unique and not former.unique)
    shorter = field.max_length is not None and (former.max_length or 0) > field.max_length
    no_more_default = _fills_itself(former) and not _fills_itself(field)
    elsewhere = former.db_column != field.db_column
    return not (narrower or shorter or no_more_default or elsewhere)


def made_of(*operations: Operation, contract: str = "") -> Migration:
    """A migration as the next version could have it."""
    kind: type[Migration] = type("Next", (Migration,), {"operations": list(operations), "contract": contract})
    return kind("9999_next", "albums")


def our_migrations() -> list[Migration]:
    """The migrations made under the rule, in order."""
    loader = MigrationLoader(None, replace_migrations=False)
    return [
        migration
        for (app_label, name), migration in sorted(loader.disk_migrations.items())
        if app_label in OURS and name > BEFORE_THE_RULE[app_label] and not migration.replaces
    ]


@pytest.mark.parametrize("migration", our_migrations(), ids=str)
def test_the_previous_version_survives_it(migration: Migration) -> None:
    loader = MigrationLoader(None, replace_migrations=False)
    before = loader.project_state((migration.app_label, migration.name), at_end=False)

    assert offences(migration, before) == [], REMEDY


@pytest.mark.parametrize(
    ("operation", "is_offence"),
    [
        (migrations.AddField("photo", "note", models.TextField(null=True)), False),
        (migrations.AddField("photo", "note", models.TextField(default="", db_default="")), False),
        (migrations.AddField("photo", "note", models.TextField(default="")), True),
        (migrations.RemoveField("photo", "camera"), True),
        (migrations.RenameField("photo", "camera", "device"), True),
        (migrations.RenameModel("photo", "picture"), True),
        (migrations.AlterModelTable("photo", "pictures"), True),
        (migrations.DeleteModel("embedding"), True),
        (migrations.AlterField("photo", "camera", models.CharField(max_length=300, default="")), False),
        (migrations.AlterField("photo", "camera", models.CharField(max_length=100, default="")), True),
        (migrations.AlterField("photo", "camera", models.CharField(max_length=200, db_column="device")), True),
        (migrations.AlterField("photo", "camera", models.TextField(default="")), True),
        (migrations.AlterField("photo", "width", models.PositiveIntegerField()), True),
        (migrations.AlterField("photo", "byte_size", models.BigIntegerField(null=True)), False),
        (migrations.AlterField("photo", "sha256", models.CharField(max_length=64, unique=True)), True),
        (migrations.AlterField("workerreport", "concurrency", models.PositiveSmallIntegerField(default=1)), True),
        (migrations.AddConstraint("photo", models.UniqueConstraint(fields=["name"], name="once")), True),
        (migrations.AddIndex("photo", models.Index(fields=["name"], name="by_name")), False),
        (migrations.RunPython(migrations.RunPython.noop), True),
        (migrations.RunSQL("UPDATE albums_photo SET rank = 0"), True),
        (migrations.SeparateDatabaseAndState(state_operations=[migrations.RemoveField("photo", "camera")]), False),
        (migrations.SeparateDatabaseAndState([migrations.RemoveField("photo", "camera")]), True),
    ],
    ids=lambda value: value.describe() if isinstance(value, Operation) else None,
)
def test_the_rule_finds_what_the_previous_version_does_not_survive(operation: Operation, *, is_offence: bool) -> None:
    now = MigrationLoader(None).project_state()

    assert bool(offences(made_of(operation), now)) is is_offence


def test_a_contract_says_why_it_may_break() -> None:
    migration = made_of(migrations.RemoveField("photo", "camera"), contract="camera is not used since 1.4")

    assert offences(migration, MigrationLoader(None).project_state()) == []


def test_a_new_table_may_be_filled_at_once() -> None:
    migration = made_of(
        migrations.CreateModel("Note", fields=[("id", models.BigAutoField(primary_key=True))]),
        migrations.AddField("note", "text", models.CharField(max_length=10)),
        migrations.AddConstraint("note", models.UniqueConstraint(fields=["text"], name="once")),
    )

    assert offences(migration, MigrationLoader(None).project_state()) == []


def test_a_new_column_may_have_a_check_at_once_and_an_old_one_not() -> None:
    new = migrations.AddField("photo", "note", models.TextField(default="", db_default=""))
    of_new = migrations.AddConstraint("photo", models.CheckConstraint(condition=models.Q(note__lt="b"), name="one"))
    of_old = models.CheckConstraint(condition=models.Q(note__lt="b", rank__lt=5), name="other")
    now = MigrationLoader(None).project_state()

    assert offences(made_of(new, of_new), now) == []
    assert offences(made_of(new, migrations.AddConstraint("photo", of_old)), now) != []


def test_the_migrations_in_one_make_the_tables_of_the_single_ones() -> None:
    loader = MigrationLoader(None)
    in_one = loader.project_state()
    single = MigrationLoader(None, replace_migrations=False).project_state()

    assert MigrationAutodetector(single, in_one).changes(loader.graph) == {}
    assert MigrationAutodetector(in_one, single).changes(loader.graph) == {}
