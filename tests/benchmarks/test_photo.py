"""The rows of the photo benchmark, not its figures, which depend on the machine."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

import benchmarks.photo as photo_benchmark
from albums.analysis import PhotoFeatures
from benchmarks._step_timing import Step, judging_ratio, measure_photos, rows_of
from benchmarks.photo import made_up_group, time_ranking, time_sandbox
from tests.drawing import draw_scene, jpeg_bytes
from tests.drawn_faces import draw_portrait
from worker.analysis import examination, features
from worker.analysis.examination import examine_photo
from worker.analysis.faces import cascade_finder, detector, network_finder, yunet_finder
from worker.analysis.interface import DecodeLimits
from worker.analysis.measures import Grey, compression, sharpness

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
SCENE = jpeg_bytes(draw_scene(1, (640, 480)))
PORTRAIT = jpeg_bytes(draw_portrait((640, 480)))


def features_of(photo: bytes) -> PhotoFeatures:
    return examine_photo(
        photo, limits=DecodeLimits(), face_model=None, pictures_ready=lambda _preview, _thumbnail: None
    ).features


def benchmark(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.photo", *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def children() -> set[str]:
    lists = Path("/proc/self/task").glob("*/children")
    return {pid for listed in lists for pid in listed.read_text(encoding="ascii").split()}


def test_it_has_a_row_for_every_step_in_their_order() -> None:
    rows = rows_of(measure_photos([PORTRAIT]))
    names = [row.step.name for row in rows]
    assert len(set(names)) == len(names)
    for name in ("sharpness", "texture", "blockiness", "exposure", "uprightness"):
        assert Step(name, "photo") in [row.step for row in rows]
    in_order = ["decoding", "smaller copies", "their JPEGs", "sharpness", "face search", "placeholder", "histogram"]
    assert [name for name in names if name in in_order] == in_order
    assert all(row.milliseconds > 0 for row in rows)


def test_the_rows_add_up_to_the_whole() -> None:
    [photo] = measured = measure_photos([PORTRAIT])
    rows = rows_of(measured)
    assert sum(row.share for row in rows) == pytest.approx(1)
    assert sum(row.milliseconds for row in rows) == pytest.approx(1000 * sum(photo.seconds.values()))


def test_the_rows_are_medians_over_the_photos() -> None:
    [one] = measure_photos([SCENE])
    decoding, texture = Step("decoding"), Step("texture", "photo")
    measured = [
        one._replace(seconds=seconds)
        for seconds in ({decoding: 0.3, texture: 0.1}, {decoding: 0.1}, {decoding: 0.2, texture: 0.2})
    ]
    rows = rows_of(measured)
    assert [row.step for row in rows] == [decoding, texture]
    assert [row.milliseconds for row in rows] == pytest.approx([200, 100])
    assert [row.share for row in rows] == pytest.approx([0.75, 0.25])
    assert judging_ratio(measured, "photo") == pytest.approx(1 / 3)


def test_it_compares_judging_with_everything_else() -> None:
    [one] = measure_photos([SCENE])
    seconds = {Step("decoding"): 0.3, Step("texture", "photo"): 0.1, Step("eyes and sharpness", "faces"): 0.2}
    measured = [one._replace(seconds=seconds)]
    assert judging_ratio(measured, "photo") == pytest.approx(0.1 / 0.5)
    assert judging_ratio(measured, "photo", "faces") == pytest.approx(0.3 / 0.3)


def test_a_step_has_the_time_spent_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(grey: Grey) -> float:
        ends = time.process_time() + 0.1
        while time.process_time() < ends:
            pass
        return float(grey.mean())

    slow.__module__ = compression.__name__
    monkeypatch.setattr(features, "blockiness", slow)
    [photo] = measure_photos([SCENE])
    assert photo.seconds[Step("blockiness", "photo")] >= 0.1
    assert photo.seconds[Step("grey and scores put together", "photo")] < 0.1


def test_a_new_measurement_gets_its_own_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "measure_gradient_map", sharpness.laplacian_variance, raising=False)

    def blockiness(grey: Grey) -> float:
        return float(vars(features)["measure_gradient_map"](grey))

    monkeypatch.setattr(features, "blockiness", blockiness)
    [photo] = measure_photos([SCENE])
    assert photo.seconds[Step("gradient map", "photo")] > 0


def test_it_measures_the_same_and_restores_every_function() -> None:
    watched: list[ModuleType | type] = [
        examination,
        features,
        detector.FaceDetector,
        network_finder.NetworkFinder,
        cascade_finder.CascadeFinder,
        yunet_finder.YunetFinder,
    ]
    before = [{name: value for name, value in vars(owner).items() if inspect.isfunction(value)} for owner in watched]
    measured = measure_photos([SCENE, PORTRAIT])
    after = [{name: value for name, value in vars(owner).items() if inspect.isfunction(value)} for owner in watched]
    assert after == before
    assert [photo.features for photo in measured] == [features_of(SCENE), features_of(PORTRAIT)]
    assert len(measured[1].features.faces) == 1


def test_it_times_the_sandbox_and_leaves_no_process() -> None:
    before = children()
    times = time_sandbox([SCENE, PORTRAIT])
    assert children() == before
    assert min(times) > 0
    assert times.first > times.sandboxed


def test_a_group_is_made_of_shots_that_differ_a_little() -> None:
    measured = [features_of(SCENE), features_of(PORTRAIT)]
    group = made_up_group(measured, 7)
    assert [len(shot.faces) for shot in group] == [0, 1, 0, 1, 0, 1, 0]
    assert [shot.scores.keys() for shot in group[:2]] == [photo.scores.keys() for photo in measured]
    assert len({shot.scores["entropy"] for shot in group}) == 7
    assert len({shot.faces[0].x for shot in group if shot.faces}) == 3
    assert all(shot.scores["entropy"] == pytest.approx(measured[0].scores["entropy"], rel=0.2) for shot in group[::2])
    assert made_up_group(measured, 7) == group


def test_it_times_the_ranking_of_every_size() -> None:
    times = time_ranking([features_of(SCENE)], [2, 5], shots_timed=10)
    assert list(times) == [2, 5]
    assert min(times.values()) > 0


def test_it_prints_the_tables_the_sandbox_and_the_ranking(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(photo_benchmark, "draw_two_kinds", lambda _count: ([SCENE], [PORTRAIT]))
    monkeypatch.setattr(sys, "argv", ["photo", "--photos", "1", "--shots", "10"])
    photo_benchmark.main()
    printed = capsys.readouterr().out
    assert len(re.findall(r"^  decoding +\d+\.\d +\d+\.\d%$", printed, re.MULTILINE)) == 2
    assert len(re.findall(r"^  quality of photo: sharpness +\d+\.\d +\d+\.\d%$", printed, re.MULTILINE)) == 2
    assert len(re.findall(r"judging the quality of the photo takes \d+% of the time of all else", printed)) == 2
    assert re.search(r"\d ms in this process, \d+\.\d ms in the sandbox, \d\.\d{3} times as long", printed)
    assert re.findall(r"ranking a group of +([\d,]+) shots", printed) == ["2", "10", "100", "1,000"]


def test_it_draws_photos_with_and_without_faces() -> None:
    [scene], [portrait] = photo_benchmark.draw_two_kinds(1, size=(1280, 960))
    assert (len(features_of(scene).faces), len(features_of(portrait).faces)) == (0, 3)


def test_it_refuses_to_measure_no_photo() -> None:
    done = benchmark("--photos", "0")
    assert done.returncode == 2
    assert "--photos must be at least 1." in done.stderr
