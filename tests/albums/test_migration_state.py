"""Which migrations a database lacks or has too many of."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from albums.migration_state import MigrationState, migration_state

pytestmark = pytest.mark.django_db


def test_a_database_of_this_version_lacks_none() -> None:
    assert migration_state() == MigrationState(waiting=[], newer=[], is_new=False)


def test_migrations_that_wait_and_those_of_a_newer_version_are_named() -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("albums", "0035_storage")
    recorder.record_applied("albums", "9999_of_tomorrow")
    recorder.record_applied("another_program", "0001_initial")
    state = migration_state()
    assert (state.waiting[0], state.newer) == ("albums.0035_storage", ["albums.9999_of_tomorrow"])


def test_a_database_without_any_is_new() -> None:
    MigrationRecorder.Migration.objects.all().delete()
    state = migration_state()
    assert state.is_new
    ours = [step for step in state.waiting if step.startswith("albums.")]
    assert "albums.0035_storage" in ours
    assert ours == sorted(ours)
