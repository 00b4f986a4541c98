"""An upgrade's migration runs while processes of the previous version are working, and they continue."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from django.db.migrations.loader import MigrationLoader

from tests.integration.deployment import REPOSITORY
from tests.integration.faults.harness import Harness, Outcome
from tests.integration.faults.storage_proxy import Fault, UnreliableStorage
from tests.integration.faults.tally import note

# What tests/test_migrations.py allows in an upgrade, applied to the busiest tables at once.
EXPANSION = """
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("albums", "{last}")]
    operations = [
        migrations.CreateModel("Note", fields=[
            ("id", models.BigAutoField(primary_key=True)),
            ("photo", models.ForeignKey("albums.photo", models.CASCADE)),
        ]),
        migrations.AddField("photo", "title", models.TextField(null=True)),
        migrations.AddField("photo", "temperature", models.SmallIntegerField(default=0, db_default=0)),
        migrations.AddField("album", "place", models.TextField(default="", db_default="")),
        migrations.AddField("export", "comment", models.TextField(default="", db_default="")),
        migrations.AddField("workerreport", "version", models.TextField(default="", db_default="")),
        migrations.AlterField("photo", "camera", models.CharField(max_length=300, blank=True, default="")),
        migrations.AddIndex("photo", models.Index(fields=["album", "temperature"], name="albums_photo_warm")),
    ]
"""
SETTINGS = """
from web.settings import *
MIGRATION_MODULES = {**MIGRATION_MODULES, "albums": "migrations_of_the_next_version"}
"""


HESITANT = Fault("hesitant", silent_seconds=2.0)


class NextVersion:
    """The migrations of a later version, beside this version's."""

    def __init__(self, harness: Harness, folder: Path) -> None:
        self._harness = harness
        self._folder = folder
        loader = MigrationLoader(None)
        [(_, self.last)] = loader.graph.leaf_nodes("albums")
        migrations = folder / "migrations_of_the_next_version"
        shutil.copytree(REPOSITORY / "albums" / "migrations", migrations, ignore=shutil.ignore_patterns("__pycache__"))
        (migrations / "9999_expansion.py").write_text(EXPANSION.format(last=self.last), encoding="utf-8")
        (folder / "settings_of_the_next_version.py").write_text(SETTINGS, encoding="utf-8")

    def migrate(self, target: str) -> None:
        """Run the later version's `migrate` up to this migration of the albums."""
        program = self._harness.stack.program(
            f"migrate-to-{target}",
            [sys.executable, str(REPOSITORY / "manage.py"), "migrate", "albums", target],
            environment={
                "DJANGO_SETTINGS_MODULE": "settings_of_the_next_version",
                "PYTHONPATH": f"{self._folder}:{REPOSITORY}",
            },
        )
        program.start()
        assert program.wait(120) == 0, program.log_tail()


@contextmanager
def _upgraded(version: NextVersion) -> Iterator[None]:
    """The later version's tables inside the block, and this version's after it."""
    try:
        version.migrate("9999")
        yield
    finally:
        version.migrate(version.last)


@pytest.fixture
def next_version(harness: Harness, tmp_path: Path) -> NextVersion:
    return NextVersion(harness, tmp_path)


def test_work_continues_during_an_upgrades_migration(
    harness: Harness, undisturbed: Outcome, unreliable: UnreliableStorage, next_version: NextVersion
) -> None:
    run, after = harness.begin("before"), harness.begin("after", harness.drawn.good[:6])
    with ExitStack() as slowly:
        # So that there is still work when the tables have changed.
        slowly.enter_context(unreliable.failing(lambda request: HESITANT if request.is_original else None))
        run.upload()
        harness.wait(lambda: _states(harness, run.album) >= {"prepared", "uploaded"}, what="the beginning")
        note("migration under way")
        with _upgraded(next_version):
            columns = harness.rows("SELECT temperature, title FROM albums_photo LIMIT 1")
            assert columns == [{"temperature": 0, "title": None}]
            assert _states(harness, run.album) & {"uploaded", "preparing"}
            slowly.close()
            # Old processes insert rows into all of the tables, and finish their work.
            run.decide()
            after.upload()
            harness.deployment.workers["worker-albums"].restart()
            harness.settle(after)
            harness.assert_nothing_lost(run, undisturbed)
            assert after.failures() == {}
            assert run.person.problems == {}


def _states(harness: Harness, album: str) -> set[str]:
    rows = harness.rows("SELECT DISTINCT state FROM albums_photo WHERE album_id = %s", album)
    return {"prepared" if row["state"] in {"embedding", "analyzed"} else row["state"] for row in rows}
