"""Upgrades the SQLite database of one machine: a backup first, and back to it if a migration fails.

PostgreSQL has backups of its own, and a migration there is one transaction or may run again.
"""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from albums.migration_state import migration_state

KEPT_BACKUPS: Final = 3
_VERSION_NAME: Final = "version"


class UpgradeError(Exception):
    """The database could not be upgraded, and is as it was; the message says what to do."""


def upgrade_database() -> None:
    """Run the migrations that wait, if any. A new database needs no backup, and is left to `initialize`.

    Raises:
        UpgradeError: there is no room for the backup, or a migration failed.
    """
    if connection.vendor != "sqlite":
        return
    state = migration_state()
    if state.is_new or not state.waiting:
        return
    try:
        backup = _back_up(settings.DATA_DIR / "backups")
    except (OSError, sqlite3.Error) as error:
        message = (
            f"The database must be upgraded, but could not be backed up before: {error}. Nothing was changed. "
            f"Make room in {settings.DATA_DIR}, and start again."
        )
        raise UpgradeError(message) from error
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except Exception as error:
        connection.close()
        try:
            _restore(backup)
        except (OSError, sqlite3.Error) as obstacle:
            raise UpgradeError(_not_restored(error, obstacle, backup)) from error
        raise UpgradeError(_failed(error, backup)) from error


def note_version() -> None:
    """Remember the commit that works with this database, for the day on which the next one does not."""
    if commit := _git("rev-parse", "--short=12", "HEAD"):
        with contextlib.suppress(OSError):
            (settings.DATA_DIR / _VERSION_NAME).write_text(commit, encoding="ascii")


def _back_up(folder: Path) -> Path:
    """Copy the database into the folder, as it is in one moment; only the latest backups are kept."""
    folder.mkdir(mode=0o700, exist_ok=True)
    backup = folder / f"photoalbum-{datetime.now():%Y-%m-%d-%H%M%S}.sqlite3"  # noqa: DTZ005 - for people here
    draft = folder / "unfinished.sqlite3"
    draft.unlink(missing_ok=True)
    connection.ensure_connection()
    try:
        with contextlib.closing(sqlite3.connect(draft)) as copy:
            connection.connection.backup(copy)
        draft.replace(backup)
    finally:
        draft.unlink(missing_ok=True)
    for old in sorted(folder.glob("photoalbum-*.sqlite3"))[:-KEPT_BACKUPS]:
        old.unlink()
    return backup


def _restore(backup: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(backup)) as copy,
        contextlib.closing(sqlite3.connect(connection.settings_dict["NAME"])) as database,
    ):
        copy.backup(database)


def _not_restored(error: Exception, obstacle: Exception, backup: Path) -> str:
    database = connection.settings_dict["NAME"]
    return (
        f"The database could not be upgraded: {error}\n"
        f"It could not be put back either: {obstacle}. Nothing is lost, because the backup has all of it.\n"
        f"Make room in {settings.DATA_DIR}, remove {database}, {database}-wal and {database}-shm, and copy {backup} to "
        f"{database}. Then start again."
    )


def _failed(error: Exception, backup: Path) -> str:
    version = settings.DATA_DIR / _VERSION_NAME
    former = version.read_text(encoding="ascii").strip() if version.exists() else ""
    back = f"git checkout {former}" if former else "git checkout the commit that you had (git reflog lists it)"
    return (
        f"The database could not be upgraded: {error}\n"
        f"It is again as it was before, and nothing is lost. The backup is {backup}.\n"
        f"To go on with the version before: {back}, then make run. Please report the error."
    )


def _git(*arguments: str) -> str:
    """What git says about this checkout; empty without git or a checkout."""
    command: list[Any] = ["git", "-C", settings.BASE_DIR, *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
