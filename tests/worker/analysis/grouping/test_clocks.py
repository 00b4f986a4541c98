from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from msgspec.structs import replace
from numpy.typing import NDArray

from albums.analysis import CaptureInformation
from tests.synthetic_embeddings import Album, Features
from worker.analysis.grouping.album import Grouping, group_album
from worker.analysis.grouping.clocks import ClockOffset
from worker.evaluation.agreement import bcubed

FEATURES = [Features(2048, 0.55, 0.09), Features(512, 0.39, 0.08), Features(128, 0.9, 0.16)]
TRAINED = FEATURES[0]
HOUR = 3600.0

CAMERA = CaptureInformation(camera_make="Maker", camera_model="Camera", camera_serial="1")
PHONE = CaptureInformation(camera_make="Other", camera_model="Phone", utc_offset_minutes=120)


def occasion(
    features: Features, moments: int, *, seed: int = 0, shared: float = 0.4, cameras: int = 2, pause: float = 300.0
) -> tuple[Album, NDArray[np.intp]]:
    """Moments photographed by one of several cameras or by all, within a minute; and which camera took each photo.

    Each camera shows a scene in its own way, so that its own shots are more alike than those of two.
    """
    dice = np.random.default_rng((seed, 9))
    vectors, times, names, takers = [], [], [], []
    clock = 0.0
    for moment, scene in enumerate(features.scenes(moments, seed)):
        present = range(cameras) if dice.random() < shared else [int(dice.integers(cameras))]
        for camera in present:
            number = seed * 10_007 + moment * 11 + camera
            shots = int(dice.choice([1, 1, 2, 3, 5]))
            view = features.shots(scene, 1, 0.25, number)[0]
            vectors.append(features.shots(view, shots, 0.12, number + 5_000_000))
            times += [clock + dice.uniform(0, 20) + 3.0 * shot for shot in range(shots)]
            names += [moment] * shots
            takers += [camera] * shots
        clock += 30 + pause * dice.lognormal(0, 0.7)
    return Album(np.concatenate(vectors), np.asarray(times), names), np.asarray(takers, np.intp)


def grouped(album: Album, times: NDArray[np.float64], captures: Sequence[CaptureInformation] | None) -> Grouping:
    return group_album(album.vectors, times, reference=TRAINED.reference, captures=captures)


def score(grouping: Grouping, album: Album) -> float:
    labels: list[int | None] = [None] * len(album.times)
    for number, group in enumerate(grouping.groups):
        for member in group.members:
            labels[member] = number
    return bcubed(labels, album.moments).f1


def shown_by(takers: NDArray[np.intp], *cameras: CaptureInformation) -> list[CaptureInformation]:
    return [cameras[taker] for taker in takers.tolist()]


def difference(grouping: Grouping) -> float:
    """By how much the grouping found the second camera to be ahead of the first."""
    corrections = {offset.camera_model: offset.seconds for offset in grouping.clock_offsets}
    return corrections.get("Camera", 0.0) - corrections.get("Phone", 0.0)


@pytest.mark.parametrize("features", FEATURES, ids=lambda features: f"{features.dimensions}d")
@pytest.mark.parametrize("seconds", [HOUR, -2 * HOUR, 1000.0, -3 * 24 * HOUR, 20 * 365 * 24 * HOUR])
def test_it_groups_cameras_with_wrong_clocks_like_those_with_right_ones(features: Features, seconds: float) -> None:
    album, takers = occasion(features, 40)
    wrong = album.times + np.where(takers == 1, seconds, 0.0)
    captures = shown_by(takers, CAMERA, PHONE)
    grouping = group_album(album.vectors, wrong, reference=features.reference, captures=captures)
    assert difference(grouping) == pytest.approx(seconds, abs=30)
    assert score(grouping, album) > 0.98
    without = score(group_album(album.vectors, wrong, reference=features.reference), album)
    assert without <= (0.97 if abs(seconds) >= HOUR else score(grouping, album))


def test_it_finds_an_hour_by_three_shared_scenes() -> None:
    album, takers = occasion(TRAINED, 8, seed=1)
    grouping = grouped(album, album.times + np.where(takers == 1, HOUR, 0.0), shown_by(takers, CAMERA, PHONE))
    assert [offset.scenes for offset in grouping.clock_offsets] == [3]
    assert difference(grouping) == HOUR


@pytest.mark.parametrize("seconds", [HOUR, -5 * HOUR])
def test_it_rounds_to_the_whole_hour_if_it_is_close(seconds: float) -> None:
    album, takers = occasion(TRAINED, 40, seed=3)
    grouping = grouped(album, album.times + np.where(takers == 1, seconds + 9, 0.0), shown_by(takers, CAMERA, PHONE))
    assert difference(grouping) == seconds


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("pause", [60.0, 300.0, 20_000.0])
def test_it_leaves_clocks_that_agree_as_they_are(seed: int, pause: float) -> None:
    album, takers = occasion(TRAINED, 30, seed=seed, pause=pause)
    with_cameras = grouped(album, album.times, shown_by(takers, CAMERA, PHONE))
    assert with_cameras.clock_offsets == []
    assert with_cameras.groups == grouped(album, album.times, None).groups
    np.testing.assert_array_equal(with_cameras.times, album.times)


@pytest.mark.parametrize("seed", range(4))
def test_it_finds_no_offset_without_shared_scenes(seed: int) -> None:
    album, takers = occasion(TRAINED, 40, seed=seed, shared=0.0)
    wrong = album.times + np.where(takers == 1, HOUR, 0.0)
    assert grouped(album, wrong, shown_by(takers, CAMERA, PHONE)).clock_offsets == []


@pytest.mark.parametrize("seed", range(4))
def test_similar_rooms_are_not_shared_scenes(seed: int) -> None:
    """Two cameras take turns in a few rooms: each photo resembles many of the other camera, at any distance in time."""
    dice = np.random.default_rng(seed)
    rooms = TRAINED.scenes(4, seed)
    vectors = np.concatenate([TRAINED.shots(room, 12, 0.5, seed * 9 + number) for number, room in enumerate(rooms)])
    times = np.cumsum(60 + 120 * dice.lognormal(0, 0.6, len(vectors)))
    album = Album(vectors, times, list(range(len(vectors))))
    takers = np.arange(len(vectors)) % 2
    assert grouped(album, times, shown_by(takers, CAMERA, PHONE)).clock_offsets == []


def test_a_scene_that_one_camera_returns_to_counts_once() -> None:
    scene, *others = TRAINED.scenes(21, 4)
    here = TRAINED.shots(scene, 11, 0.1, 4)
    times = np.concatenate([np.arange(10) * 7 * HOUR, [3 * HOUR], np.arange(20) * 2 * HOUR + 1000])
    album = Album(np.concatenate([here, np.stack(others)]), times, list(range(31)))
    takers = np.asarray([0] * 10 + [1] + [0, 1] * 10)
    assert grouped(album, times, shown_by(takers, CAMERA, PHONE)).clock_offsets == []


def test_it_corrects_three_clocks() -> None:
    third = replace(CAMERA, camera_serial="2")
    album, takers = occasion(TRAINED, 60, seed=5, cameras=3)
    wrong = album.times + np.asarray([0.0, HOUR, -7 * HOUR])[takers]
    grouping = grouped(album, wrong, shown_by(takers, CAMERA, PHONE, third))
    assert score(grouping, album) > 0.97
    # The phone names its zone, so it is assumed to be right.
    assert {offset.camera_serial: offset.seconds for offset in grouping.clock_offsets} == {
        "1": HOUR,
        "2": 8 * HOUR,
    }


def test_a_phone_that_changes_its_time_zone_has_two_clocks() -> None:
    """After a flight the phone adopts the new zone and the camera does not: only one half needs correction."""
    album, takers = occasion(TRAINED, 60, seed=6)
    landed = album.times > np.median(album.times)
    times = album.times + np.where((takers == 1) & landed, -HOUR, 0.0)
    abroad = replace(PHONE, utc_offset_minutes=60)
    captures = [(abroad if late else PHONE) if taker else CAMERA for taker, late in zip(takers, landed, strict=True)]
    grouping = grouped(album, times, captures)
    assert score(grouping, album) > 0.97
    shown = np.ptp(grouping.times - album.times)
    assert shown < 1  # all clocks are now at the same distance from the true time


def test_two_scenes_are_enough_if_the_zones_predict_the_offset() -> None:
    scenes = TRAINED.scenes(12, 8)
    vectors = np.concatenate([scenes, TRAINED.shots(scenes[2], 1, 0.2, 1), TRAINED.shots(scenes[7], 1, 0.2, 2)])
    times = np.concatenate([np.arange(12) * 1500.0, [2 * 1500.0 + 10, 7 * 1500.0 + 15]])
    album = Album(vectors, times, [*range(12), 2, 7])
    takers = np.asarray([0] * 12 + [1] * 2)
    wrong = times - np.where(takers == 1, 2 * HOUR, 0.0)
    home = replace(CAMERA, utc_offset_minutes=0)
    foretold = grouped(album, wrong, shown_by(takers, PHONE, home))
    assert [offset.seconds for offset in foretold.clock_offsets] == [2 * HOUR]
    assert score(foretold, album) == 1
    assert grouped(album, wrong, shown_by(takers, PHONE, CAMERA)).clock_offsets == []


def test_photos_without_a_camera_keep_their_times() -> None:
    album, takers = occasion(TRAINED, 40)
    wrong = album.times + np.where(takers == 1, HOUR, 0.0)
    assert grouped(album, wrong, shown_by(takers, CAMERA, CaptureInformation())).clock_offsets == []


def test_an_offset_names_its_camera() -> None:
    album, takers = occasion(TRAINED, 40)
    grouping = grouped(album, album.times + np.where(takers == 0, HOUR, 0.0), shown_by(takers, CAMERA, PHONE))
    (offset,) = grouping.clock_offsets
    assert offset == ClockOffset("Maker", "Camera", "1", None, -HOUR, offset.scenes, int((takers == 0).sum()))
    assert offset.dated(CAMERA)
    assert not offset.dated(replace(CAMERA, camera_serial="2"))
    assert not offset.dated(PHONE)


def test_the_order_of_the_photos_does_not_matter() -> None:
    album, takers = occasion(TRAINED, 40)
    wrong = album.times + np.where(takers == 1, HOUR, 0.0)
    order = np.random.default_rng(1).permutation(len(wrong))
    straight = grouped(album, wrong, shown_by(takers, CAMERA, PHONE))
    shuffled = group_album(
        album.vectors[order],
        wrong[order],
        reference=TRAINED.reference,
        captures=shown_by(takers[order], CAMERA, PHONE),
    )
    assert straight.clock_offsets == shuffled.clock_offsets
    np.testing.assert_array_equal(straight.times[order], shuffled.times)
