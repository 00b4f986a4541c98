"""The rows of the grouping benchmark, not its figures, which depend on the machine."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.drawing import draw_scene, jpeg_bytes, write_album

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three moments of three shots, a copy of the first shot, a single photo, and a file that is not a photo."""
    folder = tmp_path_factory.mktemp("photos")
    write_album(folder, moments=3, shots=3)
    [first, *_] = sorted(folder.iterdir())
    (folder / "copy.jpg").write_bytes(first.read_bytes())
    (folder / "alone.jpg").write_bytes(jpeg_bytes(draw_scene(99, (640, 480))))
    (folder / "notes.txt").write_text("not a photo", encoding="utf-8")
    return folder


def benchmark(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.grouping", *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_it_prints_a_row_for_photos_beside_those_for_vectors(folder: Path) -> None:
    done = benchmark("--photos", "50", "--folder", str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    row = r" +{} photos: +\d+\.\d\d s, "
    assert re.search("^vectors only" + row.format(50), done.stdout, re.MULTILINE)
    assert re.search(r"^DBSCAN\(metric='cosine'\)" + row.format(50), done.stdout, re.MULTILINE)
    looks = r"3 groups, [1-9]\d* looks at thumbnails; \d+\.\d\d s again, without them$"
    assert re.search("^photos" + row.format(11) + looks, done.stdout, re.MULTILINE)


def test_it_refuses_a_missing_folder() -> None:
    done = benchmark("--folder", "nowhere")
    assert done.returncode == 2
    assert "There is no folder nowhere." in done.stderr
