from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import UTC
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from msgspec.structs import replace
from numpy.typing import NDArray

from albums.analysis import CaptureInformation
from tests.drawing import add_noise, draw_scene
from tests.drawn_sets import burst, focus_stack, grey, panorama
from worker.analysis.embedding.descriptor import describe
from worker.analysis.files import decode_photo, resize_to_fit
from worker.analysis.grouping.album import GroupingSettings, PhotoGroup, group_album
from worker.analysis.grouping.calibration import reference_for
from worker.analysis.grouping.looks import Looks
from worker.analysis.grouping.photo_sets import AlikeRun, PhotoSet, candidate_runs, find_photo_sets
from worker.analysis.grouping.picture_judge import PictureJudge
from worker.analysis.measures.scales import Grey
from worker.analysis.models import DESCRIPTOR_NAME

REAL_ALBUM = Path(__file__).resolve().parents[5] / "shared" / "photos" / "album"
SHOT = CaptureInformation(
    camera_model="Camera 1", exposure_time=1 / 100, f_number=8.0, iso=100.0, exposure_bias=0.0, focal_length=35.0
)
SETTINGS = [0.0, 0.5, 1.0]


def found(images: Sequence[Grey | None], pause: float = 2.0) -> list[tuple[str, int, int]]:
    run = range(len(images))
    sets = find_photo_sets(Looks(images.__getitem__), run, [pause * number for number in run])
    return [(each.kind, each.shots.start, each.shots.stop) for each in sets]


# --- Focus stacks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shots", [5, 9])
@pytest.mark.parametrize("seed", [2, 3, 8])
def test_it_finds_a_focus_stack(seed: int, shots: int) -> None:
    stack = focus_stack(seed, shots)
    assert found(stack) == [("focus_stack", 0, shots)]
    assert found(stack[::-1]) == [("focus_stack", 0, shots)]


def test_it_finds_most_stacks_of_three() -> None:
    stacks = [focus_stack(seed, 3, depth=4.0) for seed in range(8)]
    assert sum(found(stack) == [("focus_stack", 0, 3)] for stack in stacks) >= 6


def test_it_finds_stacks_made_one_after_the_other() -> None:
    stack = focus_stack(4, 6)
    assert found(stack + stack) == [("focus_stack", 0, 6), ("focus_stack", 6, 12)]


def test_a_test_shot_before_a_focus_stack_is_not_part_of_it() -> None:
    stack = focus_stack(4, 7)
    assert found([stack[3], *stack]) == [("focus_stack", 1, 8)]


@pytest.mark.parametrize("seed", range(10))
def test_a_burst_is_not_a_focus_stack(seed: int) -> None:
    assert found(burst(seed, 3 + seed % 6)) == []


def test_focus_that_changes_everywhere_at_once_is_not_a_stack() -> None:
    """A person turns the focus ring past the sharpest point of something flat, or the autofocus hunts."""
    scene = draw_scene(3, (512, 384))
    sigmas = [4.0, 3.0, 2.0, 1.0, 0.4, 1.0, 2.0]
    series = [add_noise(np.asarray(cv2.GaussianBlur(scene, (0, 0), sigma), np.uint8), 2.0) for sigma in sigmas]
    assert found([grey(image) for image in series]) == []


def test_shots_with_random_focus_are_not_a_stack() -> None:
    stack = focus_stack(4, 7)
    assert found([stack[number] for number in (3, 0, 5, 1, 6, 2, 4)]) == []


# --- Panoramas ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shared", [0.25, 0.5, 0.7])
@pytest.mark.parametrize("shots", [3, 6])
def test_it_finds_a_panorama(shots: int, shared: float) -> None:
    views = panorama(5, shots, shared=shared)
    assert found(views) == [("panorama", 0, shots)]
    assert found(views[::-1]) == [("panorama", 0, shots)]


def test_it_finds_a_panorama_from_bottom_to_top() -> None:
    assert found(panorama(6, 4, upright=True)) == [("panorama", 0, 4)]


def test_two_panoramas_share_no_shot() -> None:
    views = panorama(5, 4)
    assert found([*views, *views[::-1][1:]]) == [("panorama", 0, 4), ("panorama", 4, 7)]
    assert found([*views, *views]) == [("panorama", 0, 4), ("panorama", 4, 8)]


def test_a_camera_that_follows_something_fast_makes_no_panorama() -> None:
    assert found(panorama(5, 5), pause=0.2) == []


def test_several_shots_of_one_view_are_not_a_panorama() -> None:
    for seed in range(6):
        assert found(burst(seed, 4, hand=0.03)) == []
    there_and_back = panorama(5, 2)
    assert found([*there_and_back, *there_and_back]) == []


def test_views_of_different_scenes_are_not_a_panorama() -> None:
    assert found([grey(draw_scene(seed, (512, 384))) for seed in range(6)]) == []


# --- Missing and blank pictures -------------------------------------------------------------------------------


def test_a_missing_picture_ends_a_set() -> None:
    stack: list[Grey | None] = list(focus_stack(4, 9))
    stack[1] = None
    assert found(stack) == [("focus_stack", 2, 9)]
    views: list[Grey | None] = list(panorama(5, 4))
    views[1] = None
    assert found(views) == []


@pytest.mark.parametrize("shape", [(1, 1), (8, 200), (384, 512)])
def test_blank_pictures_are_not_a_set(shape: tuple[int, int]) -> None:
    assert found([np.full(shape, 128, np.uint8)] * 4) == []


def test_pictures_of_different_sizes_are_not_a_set() -> None:
    stack = focus_stack(4, 3)
    assert found([stack[0], stack[1][:, :300], stack[2]]) == []


# --- In an album --------------------------------------------------------------------------------------------


@lru_cache
def described(kind: str) -> tuple[tuple[Grey, ...], NDArray[np.float32]]:
    images = focus_stack(4, 5) if kind == "focus_stack" else panorama(5, 5)
    return tuple(images), describe([np.asarray(np.repeat(image[..., None], 3, axis=2)) for image in images])


def grouped(
    kind: str, captures: Sequence[CaptureInformation], seconds: Sequence[float], similarity: float = 0.5
) -> tuple[list[PhotoGroup], list[list[int]]]:
    """The groups of five shots, and the runs that the judge compared."""
    images, vectors = described(kind)
    looked_at: list[list[int]] = []

    class Watched(PictureJudge):
        def photo_sets(self, run: Sequence[int]) -> Sequence[PhotoSet]:
            looked_at.append(list(run))
            return super().photo_sets(run)

    grouping = group_album(
        vectors,
        np.asarray(seconds, np.float64),
        reference=reference_for(DESCRIPTOR_NAME),
        settings=GroupingSettings(similarity),
        captures=captures,
        judge=Watched(lambda row: images[row], seconds),
    )
    return grouping.groups, looked_at


@pytest.mark.parametrize("similarity", SETTINGS)
@pytest.mark.parametrize("kind", ["focus_stack", "panorama"])
def test_it_keeps_a_set_whole_at_every_similarity(kind: str, similarity: float) -> None:
    groups, _ = grouped(kind, [SHOT] * 5, [0, 5, 11, 15, 20], similarity)
    assert [(group.kind, group.members) for group in groups] == [(kind, [0, 1, 2, 3, 4])]


def test_a_stack_keeps_the_shots_that_lost_their_time() -> None:
    groups, _ = grouped("focus_stack", [SHOT] * 5, [0, 5, 11, 15, float("nan")])
    assert [(group.kind, group.members) for group in groups] == [("focus_stack", [0, 1, 2, 3, 4])]


def test_a_panorama_takes_no_shot_without_a_time() -> None:
    groups, _ = grouped("panorama", [SHOT] * 5, [0, 5, 11, 15, float("nan")])
    assert [(group.kind, group.members) for group in groups] == [("panorama", [0, 1, 2, 3])]


@pytest.mark.parametrize(
    ("changes", "seconds"),
    [
        ([{"camera_model": f"Camera {number}"} for number in range(5)], [0, 5, 10, 15, 20]),
        ([{"focal_length": 35.0 + 10 * number} for number in range(5)], [0, 5, 10, 15, 20]),
        ([{"burst_id": "one"}] * 5, [0, 5, 10, 15, 20]),
        ([{"is_panorama": True}] * 5, [0, 5, 10, 15, 20]),
        ([{"exposure_time": 2.0 ** (2 * (number % 2))} for number in range(5)], [0, 5, 10, 15, 20]),
        ([{}] * 5, [0, 60, 120, 180, 240]),
        ([{}] * 5, [float("nan")] * 5),
    ],
    ids=["cameras", "zoomed", "phone's burst", "stitched", "exposures", "a minute apart", "no times"],
)
def test_it_judges_no_pictures_if_the_settings_rule_out_a_set(
    changes: list[dict[str, object]], seconds: list[float]
) -> None:
    captures = [replace(SHOT, **change) for change in changes]
    groups, looked_at = grouped("focus_stack", captures, seconds)
    assert looked_at == []
    assert all(group.kind != "focus_stack" for group in groups)


def test_it_judges_the_shortest_runs_if_there_are_too_many() -> None:
    dice = np.random.default_rng(1)
    scenes = [dice.standard_normal(64) for _ in range(3)]
    lengths = [400, 300, 4]
    vectors = np.concatenate(
        [scene + 0.05 * dice.standard_normal((length, 64)) for scene, length in zip(scenes, lengths, strict=True)]
    ).astype(np.float32)
    starts = np.repeat([0.0, 1e5, 2e5], lengths)
    looked_at: list[int] = []

    class Blind(PictureJudge):
        def photo_sets(self, run: Sequence[int]) -> Sequence[PhotoSet]:
            looked_at.append(len(run))
            return super().photo_sets(run)

    group_album(
        vectors,
        starts + np.arange(len(starts)),
        reference=reference_for(DESCRIPTOR_NAME),
        captures=[SHOT] * len(starts),
        judge=Blind(lambda _: None, list(starts)),
    )
    assert 4 in looked_at
    assert max(looked_at) <= 120
    assert sum(looked_at) <= 600


@pytest.mark.skipif(not REAL_ALBUM.is_dir(), reason="needs the album of real photos")
@pytest.mark.parametrize("similarity", SETTINGS)
def test_it_finds_the_stacks_among_real_photos_and_nothing_else(similarity: float) -> None:
    with (REAL_ALBUM / "manifest.csv").open(encoding="utf-8", newline="") as manifest:
        rows = list(csv.DictReader(manifest))
    photos = [decode_photo((REAL_ALBUM / row["file"]).read_bytes(), target_side=1024) for row in rows]
    thumbnails = [resize_to_fit(photo.image, 512) for photo in photos]
    taken = [photo.capture.taken_at for photo in photos]
    times = np.array([time.replace(tzinfo=UTC).timestamp() if time else np.nan for time in taken])
    grouping = group_album(
        describe(thumbnails),
        times,
        reference=reference_for(DESCRIPTOR_NAME),
        settings=GroupingSettings(similarity),
        captures=[photo.capture for photo in photos],
        judge=PictureJudge(lambda row: grey(thumbnails[row]), list(times)),
    )
    sets = [group for group in grouping.groups if group.kind in ("focus_stack", "panorama")]
    wanted = {"pcb_focus", "switch_focus"}
    assert [group.kind for group in sets] == ["focus_stack", "focus_stack"]
    assert [{rows[row]["group_id"] for row in group.members} for group in sets] == [{"pcb_focus"}, {"switch_focus"}]
    assert sum(len(group.members) for group in sets) == sum(row["group_id"] in wanted for row in rows)


def test_single_shots_do_not_use_up_what_may_be_compared() -> None:
    lone = AlikeRun(list(range(700)), np.zeros(699, bool))
    stack = AlikeRun([700, 701, 702], np.ones(2, bool))
    assert candidate_runs([lone, stack], [SHOT] * 703, np.zeros(703, bool)) == [stack.places]
