"""How the command reports wrong usage and missing services. The integration tests run the job itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from albums import storage
from albums.headless.job import save
from albums.headless.report import write_report
from albums.models import Album
from tests.settings import TEMPORARY_DIR

REPOSITORY = Path(__file__).resolve().parents[2]


def _refusal(folder: Path, **options: Any) -> CommandError:
    with pytest.raises(CommandError) as refusal:
        call_command("makealbum", folder, verbosity=0, **options)
    return refusal.value


def test_a_missing_folder_is_bad_usage(tmp_path: Path) -> None:
    refusal = _refusal(tmp_path / "nowhere", output=tmp_path / "album.zip")
    assert refusal.returncode == 2
    assert str(tmp_path / "nowhere") in str(refusal)


def test_a_file_in_place_of_a_folder_is_bad_usage(photos: Path, tmp_path: Path) -> None:
    assert _refusal(photos / "a.jpg", output=tmp_path / "album.zip").returncode == 2


def test_an_empty_folder_makes_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    refusal = _refusal(tmp_path / "empty", output=tmp_path / "album.zip")
    assert refusal.returncode == 1
    assert "no files" in str(refusal)
    assert not (tmp_path / "album.zip").exists()


@pytest.mark.parametrize("option", ["output", "report"])
def test_a_file_that_cannot_be_written_is_bad_usage(photos: Path, tmp_path: Path, option: str) -> None:
    paths = {"output": tmp_path / "album.zip", option: tmp_path / "nowhere" / "file"}
    refusal = _refusal(photos, **paths)
    assert refusal.returncode == 2
    assert f"--{option}" in str(refusal)
    paths[option] = tmp_path
    assert "is a folder" in str(_refusal(photos, **paths))


@pytest.mark.django_db
def test_a_missing_broker_is_named(photos: Path, tmp_path: Path) -> None:
    refusal = _refusal(photos, output=tmp_path / "album.zip")
    assert refusal.returncode == 1
    assert "REDIS_URL" in str(refusal)
    assert not (tmp_path / "album.zip").exists()
    assert not Album.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "changes", "status", "says"),
    [
        (["--similarity", "2"], {}, 2, "between 0"),
        (["--similarity", "high"], {}, 2, "similarity"),
        (["--picks", "0"], {}, 2, "such as 25%"),
        (["--picks", "101%"], {}, 2, "such as 25%"),
        ([], {"DATABASE_URL": "mysql://here/photos"}, 1, "DATABASE_URL has the scheme 'mysql'"),
        ([], {"DATABASE_URL": "postgres://user:secret@127.0.0.1:1/photos"}, 1, "DATABASE_URL does not answer"),
        ([], {"REDIS_URL": "http://127.0.0.1"}, 1, "REDIS_URL has the scheme"),
        ([], {"STORAGE_URL": "s3://bucket", "REDIS_URL": ""}, 1, "STORAGE_URL"),
    ],
)
def test_it_exits_with_a_clear_message(
    photos: Path, tmp_path: Path, arguments: list[str], changes: dict[str, str], status: int, says: str
) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "makealbum", photos, "--output", tmp_path / "album.zip", *arguments],
        cwd=REPOSITORY,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "web.settings", "DATA_DIR": str(TEMPORARY_DIR / "x"), **changes},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr
    assert not (tmp_path / "album.zip").exists()


def test_it_leaves_nothing_half_written(tmp_path: Path) -> None:
    with pytest.raises(storage.ObjectMissing):
        save("albums/nobody/exports/nothing", tmp_path / "album.zip")
    with pytest.raises(TypeError):
        write_report({"unwritable": object()}, tmp_path / "report.json")
    assert list(tmp_path.iterdir()) == []
    write_report({"name": "å"}, tmp_path / "report.json")
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8")) == {"name": "å"}
