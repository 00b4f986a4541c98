"""The database of one machine, upgraded by a version whose migration works, and by one whose migration fails."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]

# A project with one app, whose second migration waits. Code inserted before the upgrade may change that migration.
UPGRADE = """
import sys, django
from pathlib import Path
from django.conf import settings

folder = Path(sys.argv[1])
settings.configure(
    INSTALLED_APPS=["django.contrib.contenttypes"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "photoalbum.sqlite3")}},
    DATA_DIR=folder,
    BASE_DIR=folder,
)
django.setup()
from importlib import import_module
from django.core.management import call_command
from django.db import connection, migrations
from web.embedded import upgrade

second = import_module("django.contrib.contenttypes.migrations.0002_remove_content_type_name").Migration
if not (folder / "photoalbum.sqlite3").exists():
    upgrade.upgrade_database()
    assert not (folder / "backups").exists()
    call_command("migrate", "contenttypes", "0001", verbosity=0)
    connection.cursor().execute("INSERT INTO django_content_type (app_label, name, model) VALUES ('a', 'kept', 'b')")
def broken(apps, editor):
    editor.execute("DELETE FROM django_content_type")
    raise RuntimeError("no such column")
CHANGE
try:
    upgrade.upgrade_database()
except upgrade.UpgradeError as error:
    print(error)
"""
BEFORE = {"app_label": "a", "name": "kept", "model": "b"}
BROKEN = "second.atomic, second.operations = False, [migrations.RunPython(broken)]"
# After `fill()` no file grows beyond its first page.
FULL = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
FULL += "fill = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, -1))"


def upgrade(folder: Path, change: str = "") -> str:
    """What an upgrade in a process of its own says."""
    code = UPGRADE.replace("CHANGE", change)
    command = [sys.executable, "-W", "error", "-c", code, str(folder)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def content_types(database: Path) -> list[dict[str, object]]:
    """The columns and values of the row that the first version wrote."""
    connection = sqlite3.connect(database)
    connection.row_factory = sqlite3.Row
    try:
        found = connection.execute("SELECT * FROM django_content_type WHERE app_label = 'a'").fetchall()
    finally:
        connection.close()
    return [{name: row[name] for name in row.keys() if name != "id"} for row in found]  # noqa: SIM118


def test_a_failed_upgrade_leaves_the_database_as_it_was_and_says_how_to_go_back(tmp_path: Path) -> None:
    (tmp_path / "version").write_text("0123456789ab")
    said = upgrade(tmp_path, BROKEN)
    database = tmp_path / "photoalbum.sqlite3"
    [backup] = (tmp_path / "backups").iterdir()
    assert said == (
        "The database could not be upgraded: no such column\n"
        f"It is again as it was before, and nothing is lost. The backup is {backup}.\n"
        "To go on with the version before: git checkout 0123456789ab, then make run. Please report the error.\n"
    )
    assert content_types(database) == [BEFORE]

    # The version that repairs it upgrades the same database, and the one after has nothing to do.
    assert upgrade(tmp_path) == ""
    assert content_types(database) == [{"app_label": "a", "model": "b"}]
    assert content_types(backup) == [BEFORE]
    assert upgrade(tmp_path) == ""
    assert len(list((tmp_path / "backups").iterdir())) <= 2


def test_an_upgrade_without_a_backup_does_not_begin(tmp_path: Path) -> None:
    said = upgrade(tmp_path, "(folder / 'backups').touch()")  # where a folder should be
    assert said.startswith("The database must be upgraded, but could not be backed up before: ")
    assert said.endswith(f"Nothing was changed. Make room in {tmp_path}, and start again.\n")
    assert content_types(tmp_path / "photoalbum.sqlite3") == [BEFORE]


def test_on_a_full_disk_a_backup_leaves_nothing_and_nothing_is_upgraded(tmp_path: Path) -> None:
    said = upgrade(tmp_path, f"{FULL}; fill()")
    assert said.startswith("The database must be upgraded, but could not be backed up before: ")
    assert list((tmp_path / "backups").iterdir()) == []
    assert content_types(tmp_path / "photoalbum.sqlite3") == [BEFORE]


def test_a_database_that_cannot_be_put_back_is_in_the_backup(tmp_path: Path) -> None:
    then = "second.operations.insert(0, migrations.RunPython(lambda *_: fill()))"
    said = upgrade(tmp_path, f"{FULL}; {BROKEN}; {then}")
    [backup] = (tmp_path / "backups").iterdir()
    assert "It could not be put back either: " in said
    assert f"copy {backup} to {tmp_path / 'photoalbum.sqlite3'}" in said
    assert content_types(backup) == [BEFORE]
