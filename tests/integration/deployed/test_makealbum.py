"""A folder in, a zip and a report out: with the embedded default and with the full stack, with the same picks."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.drawing import draw_scene, jpeg_bytes, write_album
from tests.integration.deployment import REPOSITORY, Deployment
from tests.services import Stack

SHARED = REPOSITORY.parent / "shared" / "photos"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Moments, a single, a copy of one photo, one with the lens cap on, and files that are not photos."""
    folder = tmp_path_factory.mktemp("weekend")
    shots = write_album(folder, moments=4, shots=[4, 3, 2, 1], seed=11)
    (folder / "day 2").mkdir()
    (folder / "day 2" / "copy of a photo.jpg").write_bytes(shots[0].path.read_bytes())
    (folder / "day 2" / "ritad på stranden.jpg").write_bytes(jpeg_bytes(draw_scene(99, (640, 480))))
    (folder / "cap.jpg").write_bytes(jpeg_bytes(np.zeros((480, 640, 3), np.uint8)))
    (folder / "empty.jpg").write_bytes(b"")
    (folder / "cut.jpg").write_bytes(shots[1].path.read_bytes()[:4000])
    (folder / "letter.txt").write_text("Dear Ada,", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def embedded_environment(tmp_path_factory: pytest.TempPathFactory, watched: dict[str, str]) -> dict[str, str]:
    """Only the data folder is configured. The use of the network is noted."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {**kept, **watched, "DATA_DIR": str(tmp_path_factory.mktemp("data")), "EMBEDDING_MODEL": "descriptor"}


def _make_album(
    folder: Path, output: Path, environment: dict[str, str], *arguments: str
) -> tuple[subprocess.CompletedProcess[str], dict[str, Any]]:
    report = output.with_suffix(".json")
    done = subprocess.run(
        [sys.executable, "manage.py", "makealbum", folder, "--output", output, "--report", report, *arguments],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    return done, json.loads(report.read_text(encoding="utf-8")) if report.exists() else {}


def _full_stack_environment(stack: Stack, deployment: Deployment) -> dict[str, str]:
    return {**stack.environment, **deployment.environment}


def _decisions(report: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (photo["file"], photo["state"], photo["cluster"], photo["picked"], photo["duplicate_of"])
        for photo in report["photos"]
    ]


def test_the_embedded_default_and_the_full_stack_agree(
    stack: Stack,
    deployment: Deployment,
    folder: Path,
    embedded_environment: dict[str, str],
    tmp_path: Path,
) -> None:
    small, report = _make_album(folder, tmp_path / "embedded.zip", embedded_environment)
    assert small.returncode == 0, small.stderr
    large, other = _make_album(folder, tmp_path / "stack.zip", _full_stack_environment(stack, deployment))
    assert large.returncode == 0, large.stderr + deployment.logs()
    assert _decisions(report) == _decisions(other)
    assert (tmp_path / "embedded.zip").read_bytes() == (tmp_path / "stack.zip").read_bytes()
    _check_report(report, folder)
    _check_zip(tmp_path / "embedded.zip", report, folder)
    assert "1 black" in small.stdout
    assert "3 failed" in small.stderr
    assert "letter.txt" in small.stderr
    # Nothing is left of the supervisor that the command started.
    assert not (Path(embedded_environment["DATA_DIR"]) / "stack.json").exists()


def _check_report(report: dict[str, Any], folder: Path) -> None:
    photos = {photo["file"]: photo for photo in report["photos"]}
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(photos) == files
    assert report["embedding_model"] == "descriptor"
    assert set(report["seconds"]) == {"upload", "prepare", "embed", "group", "export", "total"}
    failed = {name: photo["error"]["code"] for name, photo in photos.items() if photo["state"] == "failed"}
    assert failed == {"empty.jpg": "empty_file", "cut.jpg": "truncated", "letter.txt": "not_an_image"}
    copy = photos["day 2/copy of a photo.jpg"]
    assert (copy["duplicate_of"], copy["picked"], copy["state"]) == ("IMG_1001.jpg", False, "analyzed")
    assert (photos["cap.jpg"]["shelf"], photos["cap.jpg"]["picked"]) == ("black", False)
    assert report["shelved"] == {"black": 1}
    assert photos["IMG_1001.jpg"]["taken_at"] == "2024-06-15T10:30:00+02:00"
    assert [sorted(cluster["photos"]) for cluster in report["clusters"]] == [
        [f"IMG_{number}.jpg" for number in numbers]
        for numbers in (range(1001, 1005), range(1005, 1008), range(1008, 1010))
    ]
    for cluster in report["clusters"]:
        assert photos[cluster["pick"]]["picked"]
        assert cluster["photos"][0] == cluster["pick"]
        qualities = [photos[name]["quality"] for name in cluster["photos"]]
        assert qualities == sorted(qualities, reverse=True)
        assert len(set(qualities)) == len(qualities)
        assert all(photos[name]["reasons"] for name in cluster["photos"])


def _check_zip(path: Path, report: dict[str, Any], folder: Path) -> None:
    picked = sorted(
        (photo for photo in report["photos"] if photo["picked"]), key=lambda photo: photo["taken_at"] or "9"
    )
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        inside = [archive.read(entry) for entry in archive.infolist()]
        assert inside == [(folder / photo["file"]).read_bytes() for photo in picked]
        assert [name.partition(" ")[0] for name in archive.namelist()] == ["001", "002", "003", "004", "005"]


def test_it_keeps_the_album_for_the_named_account(
    stack: Stack, deployment: Deployment, folder: Path, tmp_path: Path
) -> None:
    environment = _full_stack_environment(stack, deployment)
    arguments = ("--user", "keeper@example.org", "--picks", "40%")
    done, report = _make_album(folder, tmp_path / "kept.zip", environment, *arguments)
    assert done.returncode == 0, done.stderr
    # Of the five picks.
    assert [sum(photo[column] for photo in report["photos"]) for column in ("picked", "left_out")] == [2, 3]
    code = "from albums.models import Album; print(*Album.objects.values_list('owner__email', 'name'))"
    listed = subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", code],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"('keeper@example.org', '{folder.name}')" in listed.stdout
    assert "makealbum@localhost" not in listed.stdout
    _check_that_an_import_adds_nothing(folder, report, environment)


def _check_that_an_import_adds_nothing(folder: Path, report: dict[str, Any], environment: dict[str, str]) -> None:
    there = sum(photo["state"] == "analyzed" and not photo["duplicate_of"] for photo in report["photos"])
    options = ("--email", "keeper@example.org", "--album", folder.name, "--verbosity", "0")
    done = subprocess.run(
        [sys.executable, "manage.py", "importalbum", folder, *options],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, f"{folder.name}: 0 added, {there} already there.\n")
    assert "3 failed" in done.stderr


def test_a_folder_without_a_single_photo_makes_nothing(stack: Stack, deployment: Deployment, tmp_path: Path) -> None:
    words = tmp_path / "words"
    words.mkdir()
    (words / "a.jpg").write_text("no photo", encoding="utf-8")
    done, report = _make_album(words, tmp_path / "album.zip", _full_stack_environment(stack, deployment))
    assert done.returncode == 1
    assert "No photo could be analyzed" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "album.zip").exists()
    assert report["photos"][0]["error"]["code"] == "not_an_image"


def test_a_cull_rates_the_files_where_they_are_and_can_be_undone(
    stack: Stack, deployment: Deployment, tmp_path: Path
) -> None:
    card = tmp_path / "card"
    card.mkdir()
    write_album(card, moments=1, shots=3, seed=5)
    before = {path.name: path.read_bytes() for path in card.iterdir()}

    def cull(*arguments: str) -> str:
        environment = _full_stack_environment(stack, deployment)
        command = [sys.executable, "manage.py", "cull", str(card), *arguments]
        return subprocess.run(
            command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True
        ).stdout

    assert cull("--stars", "4") == "Sidecars written: 3.\n"
    ratings = sorted(path.read_text(encoding="utf-8").count('xmp:Rating="4"') for path in card.glob("*.xmp"))
    assert ratings == [0, 0, 1]
    assert {name: (card / name).read_bytes() for name in before} == before
    assert cull("--undo") == "Sidecars put back: 3.\n"
    assert {path.name for path in card.iterdir()} == before.keys()


@pytest.mark.skipif(not SHARED.exists(), reason="the odd files are not on this machine")
def test_odd_files_have_the_expected_outcome(stack: Stack, deployment: Deployment, tmp_path: Path) -> None:
    done, report = _make_album(SHARED / "odd", tmp_path / "odd.zip", _full_stack_environment(stack, deployment))
    assert done.returncode == 0, done.stderr
    states = {photo["file"]: photo for photo in report["photos"]}
    with (SHARED / "odd" / "manifest.csv").open(encoding="utf-8", newline="") as manifest:
        expected = {row["file"]: row["expected"] for row in csv.DictReader(manifest)}
    wrong = {
        name: (want, states[name]["state"], states[name]["error"])
        for name, want in expected.items()
        if (want == "accept" and states[name]["state"] != "analyzed")
        or (want == "reject" and states[name]["state"] != "failed" and not name.startswith("heic_corrupt"))
        or (states[name]["state"] == "failed" and not states[name]["error"]["message"])
    }
    assert wrong == {}
