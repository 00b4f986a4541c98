"""A backup as docs/operations.md describes: first the database, then the bucket. A restore finds every photo."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from albums import storage
from tests.services import Stack
from tests.services.postgres import installed_programs

REPOSITORY = Path(__file__).resolve().parents[2]

# What people and workers do on an installation, without the queue.
ACTING = """
import hashlib, json, sys
from albums import storage
from albums.services.albums import album_create
from albums.services.exports import export_create
from albums.services.photos import photos_delete
from albums.services.review import photos_decide
from albums.services.uploads import uploads_complete, uploads_create
from albums.models import Album, Photo
from albums.services.uploads import UploadRequest
from tests.drawing import draw_scene, jpeg_bytes
from web.accounts.models import User
from worker.stages.embed import embed_photos
from worker.stages.export import build_export
from worker.stages.group import group_album
from worker.stages.prepare import prepare_photos
from worker.stages.upkeep import delete_objects

def upload(album, number):
    content = jpeg_bytes(draw_scene(number, (320, 240)))
    [result] = uploads_create(
        album, [UploadRequest(f"{number}.jpg", len(content), hashlib.sha256(content).hexdigest(), "image/jpeg")]
    )
    storage.get_storage().write_bytes(storage.original_key(album.id, result.photo.id), content, "image/jpeg")
    uploads_complete(album, [result.photo.id])
    return result.photo.id

def analyze(album):
    ids = list(album.photos.values_list("id", flat=True))
    prepare_photos(ids, task_id="prepare")
    embed_photos(ids, task_id="embed")
    group_album(album.id, task_id="group")
"""
BEFORE = """
ada = User.objects.create_user("ada@example.org", "a long enough pass phrase")
album = album_create(owner=ada, name="Midsummer")
ids = [upload(album, number) for number in range(6)]
analyze(album)
photos_decide(album, ids[:2], Photo.Decision.KEEP, by=ada)
export = export_create(album)
build_export(export.id, task_id="export")
upload(album, 6)  # uploaded, but not analyzed yet
"""
BETWEEN = """
album = Album.objects.get()
late = upload(album, 100)
deleted = album.photos.get(name="5.jpg").id
photos_delete(album, [deleted])
delete_objects()
print(json.dumps([str(late), str(deleted)]))
"""
LOOKING = """
album = Album.objects.get()
analyze(album)
found = {}
for photo in album.photos.exclude(state="failed"):
    content = storage.get_storage().read_bytes(storage.original_key(album.id, photo.id))
    found[photo.name] = [hashlib.sha256(content).hexdigest() == photo.sha256, photo.state, photo.decision]
user = User.objects.get()
print(json.dumps({
    "photos": found,
    "failed": dict(album.photos.filter(state="failed").values_list("name", "error_code")),
    "zip": storage.get_storage().exists(storage.export_key(album.id, album.exports.get().id)),
    "password": user.check_password("a long enough pass phrase"),
}))
"""


class Installation:
    """A database, a bucket, and the commands of the service for them."""

    def __init__(self, stack: Stack, name: str) -> None:
        self.database_url = stack.postgres.create_database(name)
        self.storage_url = stack.s3.bucket_url(name.replace("_", "-"))
        self._environment = {
            **stack.environment,
            "DATABASE_URL": self.database_url,
            "STORAGE_URL": self.storage_url,
            "EMBEDDING_MODEL": "descriptor",
            # One call does all, however slow the machine is. The rest of a message would go to a queue.
            "TURN_SECONDS": "600",
            "FACE_DETECTOR": "haar",
        }

    def run(self, *argv: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *argv], cwd=REPOSITORY, env=self._environment, capture_output=True, text=True, check=False
        )

    def manage(self, *argv: str) -> str:
        done = self.run("manage.py", *argv)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def do(self, code: str) -> Any:
        """Run code in the installation. Returns its last line of output, read as JSON."""
        program = f"import django; django.setup()\n{textwrap.dedent(ACTING)}\n{code}"
        done = self.run("-c", program)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1]) if done.stdout.strip() else None


@pytest.fixture
def names(stack: Stack) -> Iterator[tuple[str, str]]:
    """The names of two installations. Their databases are dropped afterwards; the buckets vanish with the server."""
    pair = (f"backup_source_{os.getpid()}", f"backup_target_{os.getpid()}")
    yield pair
    for name in pair:
        stack.postgres.drop_database(name)


def _postgres(program: str, *argv: str) -> None:
    done = subprocess.run([installed_programs() / program, *argv], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _copy_bucket(source: str, target: str) -> None:
    """Copy like `rclone sync` or `aws s3 sync`."""
    with_source, with_target = storage.open_storage(source), storage.open_storage(target)
    try:
        for key in list(with_source.list_keys("albums/")):
            with_target.write_bytes(key, with_source.read_bytes(key), "application/octet-stream")
    finally:
        with_source.close()
        with_target.close()


def test_a_dump_and_a_copy_of_the_bucket_restore_every_photo(
    stack: Stack, names: tuple[str, str], tmp_path: Path
) -> None:
    source = Installation(stack, names[0])
    source.manage("initialize")
    source.do(BEFORE)

    dump = str(tmp_path / "database.dump")
    _postgres("pg_dump", "--format=custom", f"--file={dump}", f"--dbname={source.database_url}")
    # People continue meanwhile: one photo is added, one is deleted.
    late, deleted = source.do(BETWEEN)
    target = Installation(stack, names[1])
    target_storage = storage.open_storage(target.storage_url)
    target_storage.create_if_missing()
    target_storage.close()
    _copy_bucket(source.storage_url, target.storage_url)

    _postgres("pg_restore", "--no-owner", f"--dbname={target.database_url}", dump)
    target.manage("initialize")
    check = target.run("manage.py", "checkstorage")
    assert check.returncode == 1
    said = check.stdout.splitlines()
    assert f"missing photo {deleted}" in said
    assert [line for line in said if line.startswith("unknown")] == [
        line for line in said if line.startswith("unknown") and late in line
    ]
    assert said[-1] == "1 photo and 0 zips are missing; 1 prefix in the storage is unknown."
    target.manage("checkstorage", "--mark-missing", "--delete-unknown")

    assert target.do(LOOKING) == {
        "photos": {
            **{f"{number}.jpg": [True, "analyzed", "keep" if number < 2 else "auto"] for number in range(5)},
            "6.jpg": [True, "analyzed", "auto"],
        },
        "failed": {"5.jpg": "object_missing"},
        "zip": True,
        "password": True,
    }
    assert target.manage("checkstorage").startswith("0 photos and 0 zips are missing")
