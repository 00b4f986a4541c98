"""How the command reports wrong usage, and what it reports of an import without workers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from albums.headless import importing, stack
from albums.headless.job import HeadlessJob
from albums.models import Album, Photo
from albums.services.albums import album_create
from tests.source_files import make_zip
from web.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"a")
    (tmp_path / "photos" / "b.jpg").write_bytes(b"b")
    (tmp_path / "photos" / "none.jpg").symlink_to("nowhere")
    return tmp_path / "photos"


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that is there, whose analysis accepts all files but b.jpg."""

    def analyze(job: HeadlessJob) -> None:
        uploaded = Photo.objects.filter(album=job.album, state=Photo.State.UPLOADED)
        uploaded.filter(name="b.jpg").update(
            state=Photo.State.FAILED, error_code="not_an_image", error_message="This is no photo."
        )
        uploaded.update(state=Photo.State.ANALYZED)

    monkeypatch.setattr(stack, "_check_services", lambda: None)
    monkeypatch.setattr(HeadlessJob, "_wait_for_analysis", analyze)


def run(*sources: Path, **options: Any) -> None:
    call_command("importalbum", *map(str, sources), **{"verbosity": 0, "email": "ALICE@example.org", **options})


def refusal(*sources: Path, **options: Any) -> CommandError:
    with pytest.raises(CommandError) as refused:
        run(*sources, **{"album": "Trip", **options})
    return refused.value


def test_wrong_usage_is_told_from_failure(photos: Path, tmp_path: Path, alice: User, settings: Any) -> None:
    assert refusal(tmp_path / "nowhere").returncode == 2
    assert refusal(photos, album="  ").returncode == 2
    assert refusal(photos, report=tmp_path / "nowhere" / "report.json").returncode == 2
    assert refusal(photos, tmp_path, watch=True).returncode == 2
    assert "REDIS_URL" in str(refusal(photos))
    settings.REDIS_URL, settings.DATA_DIR = "", tmp_path
    missing = refusal(photos)
    assert (missing.returncode, str(missing)) == (
        1,
        "The service does not run here. Start it with `make run`, or set REDIS_URL.",
    )
    assert not Album.objects.exists()


@pytest.mark.usefixtures("service")
def test_it_adds_once_and_reports_what_could_not_be_used(photos: Path, tmp_path: Path, alice: User) -> None:
    report = tmp_path / "report.json"
    for added, there in ((1, 0), (0, 1)):
        run(photos, album="Trip", report=report)
        said = json.loads(report.read_text(encoding="utf-8"))
        album = Album.objects.get()
        assert said["album"] == {"id": str(album.id), "name": "Trip"}
        assert (said["added"], said["already_there"]) == (added, there)
        assert [(failed["file"], failed["code"]) for failed in said["failed"]] == [
            ("b.jpg", "not_an_image"),
            ("none.jpg", "unreadable"),
        ]
        assert album.photos.count() == 2


@pytest.mark.usefixtures("service")
def test_it_fails_if_no_file_can_be_used(tmp_path: Path, alice: User) -> None:
    archive = make_zip(tmp_path / "a.zip", {"b.jpg": b"b"})
    assert str(refusal(archive)) == "No file could be used."
    assert "no account" in str(refusal(archive, email="nobody@example.org"))


def test_it_uses_the_newest_album_of_that_name(alice: User, bob: User) -> None:
    album_create(owner=alice, name="Trip")
    newest = album_create(owner=alice, name="Trip")
    album_create(owner=bob, name="Trip")
    assert importing.album_named(" Trip ", alice) == newest
    assert importing.album_named("Other", alice).name == "Other"
