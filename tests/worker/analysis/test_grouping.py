"""Which photos are one moment: on drawn albums, on made-up vectors, and on real photos where they are at hand."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.drawing import add_noise, blur, draw_scene, expose, jpeg_bytes, write_album
from worker.analysis.agreement import bcubed
from worker.analysis.calibration import ModelReference, calibrate, reference_for
from worker.analysis.capture import CaptureInformation
from worker.analysis.decoding import decode_photo, resize_to_fit
from worker.analysis.descriptor import describe
from worker.analysis.grouping import GroupingSettings, PhotoGroup, group_photos
from worker.analysis.timeline import lay_out

SHARED = Path(__file__).resolve().parents[4] / "shared" / "photos" / "album"
DESCRIPTOR = reference_for("descriptor")
# Distances like those of a trained network: unrelated photos far apart, shots of a moment close together.
NETWORK = ModelReference(median=0.55, mad=0.06)


def _labels(groups: Sequence[PhotoGroup], photos: int) -> list[int | None]:
    labels: list[int | None] = [None] * photos
    for number, group in enumerate(groups):
        for member in group.members:
            labels[member] = number
    return labels


def _sets(groups: Sequence[PhotoGroup]) -> set[frozenset[int]]:
    return {frozenset(group.members) for group in groups}


def _described(contents: Sequence[bytes]) -> NDArray[np.float16]:
    return describe([resize_to_fit(decode_photo(content).image, 512) for content in contents]).astype(np.float16)


def _made_up(
    moments: Sequence[int], *, seed: int = 0, dimensions: int = 256, common: float = 1.0, within: float = 0.35
) -> tuple[NDArray[np.float16], NDArray[np.float64], list[int | None]]:
    """Vectors of an album: a part that all share, one for each moment, and one for each shot; half an hour between."""
    random = np.random.default_rng(seed)
    everywhere = random.standard_normal(dimensions) * common
    vectors, times, truth = [], [], []
    for moment, shots in enumerate(moments):
        scene = everywhere + random.standard_normal(dimensions)
        for shot in range(shots):
            vectors.append(scene + within * random.standard_normal(dimensions))
            times.append(1800.0 * moment + 3 * shot)
            truth.append(moment if shots > 1 else None)
    rows = np.asarray(vectors)
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16), np.asarray(times), truth


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("shots", [[4, 3, 1], [4, 4, 4, 4, 4], [1, 2, 3, 4, 1, 5, 1, 1, 2, 6, 1, 1]])
def test_it_finds_the_moments_of_a_drawn_album(tmp_path: Path, shots: list[int], seed: int) -> None:
    drawn = write_album(tmp_path, moments=len(shots), shots=shots, seed=seed + 20)
    vectors = _described([shot.path.read_bytes() for shot in drawn])
    times = np.array([shot.taken_at.replace(tzinfo=UTC).timestamp() for shot in drawn])
    groups = group_photos(vectors, times, reference=DESCRIPTOR)
    truth = [shot.moment if shots[shot.moment] > 1 else None for shot in drawn]
    assert bcubed(_labels(groups, len(drawn)), truth).f1 >= 0.85


@pytest.mark.parametrize("common", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("reference", [DESCRIPTOR, NETWORK])
def test_one_setting_serves_albums_whose_photos_are_more_or_less_alike(
    common: float, reference: ModelReference
) -> None:
    moments = [1, 4, 1, 2, 6, 1, 1, 3, 1, 12, 1, 1, 2, 1, 1, 5, 1, 1, 1, 3]
    vectors, times, truth = _made_up(moments, common=common)
    groups = group_photos(vectors, times, reference=reference)
    assert bcubed(_labels(groups, len(times)), truth).f1 >= 0.97


def test_no_photos_and_one_photo_are_no_group() -> None:
    for photos in (0, 1):
        vectors = np.ones((photos, 4), np.float16)
        assert group_photos(vectors, np.zeros(photos), reference=DESCRIPTOR) == []


@pytest.mark.parametrize("times", ["together", "apart", "unknown"])
def test_identical_photos_are_one_group_whatever_their_times(times: str) -> None:
    vectors = np.tile(np.random.default_rng(1).standard_normal(64), (5, 1)).astype(np.float32)
    seconds = {"together": np.zeros(5), "apart": 86400.0 * np.arange(5), "unknown": np.full(5, np.nan)}[times]
    [group] = group_photos(vectors, seconds, reference=DESCRIPTOR)
    assert sorted(group.members) == list(range(5))


def test_an_album_that_is_one_long_burst_is_one_group() -> None:
    vectors, _, _ = _made_up([200])
    [group] = group_photos(vectors, np.arange(200.0) / 2, reference=NETWORK)
    assert len(group.members) == 200


def test_likeness_counts_for_less_the_more_time_lies_between() -> None:
    vectors, _, _ = _made_up([2, 1, 1, 1, 1, 1], within=1.1)
    others = 7200.0 * np.arange(1, 6)
    near = group_photos(vectors, np.concatenate([[0.0, 2.0], others]), reference=NETWORK)
    far = group_photos(vectors, np.concatenate([[0.0, 3000.0], others]), reference=NETWORK)
    assert (_sets(near), _sets(far)) == ({frozenset({0, 1})}, set())


@given(st.integers(0, 1000), st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_the_order_of_the_photos_does_not_matter(seed: int, random: object) -> None:
    vectors, times, _ = _made_up([3, 1, 2, 1, 4], seed=seed, dimensions=32)
    times[::4] = np.nan
    order = np.random.default_rng(seed).permutation(len(times))
    groups = group_photos(vectors, times, reference=NETWORK)
    shuffled = group_photos(vectors[order], times[order], reference=NETWORK)
    assert {frozenset(order[list(group)].tolist()) for group in _sets(shuffled)} == _sets(groups)


@given(st.integers(0, 1000))
@settings(max_examples=20, deadline=None)
def test_stricter_only_ever_splits(seed: int) -> None:
    vectors, times, _ = _made_up([3, 1, 2, 1, 4, 1], seed=seed, dimensions=24, within=0.8)
    looser: set[frozenset[int]] = {frozenset(range(len(times)))}
    for similarity in np.linspace(0, 1, 9):
        chosen = GroupingSettings(similarity=float(similarity))
        stricter = _sets(group_photos(vectors, times, reference=NETWORK, settings=chosen))
        assert all(any(group <= whole for whole in looser) for group in stricter)
        looser = stricter


def test_a_chain_of_moments_is_cut() -> None:
    """A camera that pans: each shot is like the next, and the ends share nothing."""
    random = np.random.default_rng(3)
    corners = np.linalg.qr(random.standard_normal((64, 9)))[0].T
    steps = np.concatenate([np.linspace(corners[i], corners[i + 1], 6, endpoint=False) for i in range(8)])
    strangers = random.standard_normal((20, 64))
    vectors = np.concatenate([steps, strangers]).astype(np.float32)
    times = np.concatenate([2.0 * np.arange(len(steps)), 1e5 + 7200.0 * np.arange(20)])
    groups = group_photos(vectors, times, reference=NETWORK)
    assert max(len(group.members) for group in groups) < len(steps) / 2


def test_a_bracket_is_told_from_a_moment() -> None:
    scene = draw_scene(4, (640, 480))
    contents = [jpeg_bytes(add_noise(expose(scene, stops), 2.0, seed=shot)) for shot, stops in enumerate((0, -1, 1))]
    vectors, times = _described(contents), np.array([0.0, 1.0, 2.0])
    shot = CaptureInformation(camera_model="C", focal_length=28.0, f_number=4.0, iso=100.0)
    stops = (0.0, -1.0, 1.0)
    bracket = [replace(shot, exposure_bias=bias, exposure_time=2.0**bias / 100) for bias in stops]
    [group] = group_photos(vectors, times, reference=DESCRIPTOR, captures=bracket)
    assert (sorted(group.members), group.kind) == ([0, 1, 2], "bracket")
    # Light that changes by itself makes no bracket.
    plain = [replace(shot, exposure_bias=0.0, exposure_time=2.0**bias / 100) for bias in stops]
    [group] = group_photos(vectors, times, reference=DESCRIPTOR, captures=plain)
    assert group.kind == "moment"


def test_a_copy_saved_again_is_told_from_another_shot() -> None:
    scene = draw_scene(5, (1280, 960))
    copies = [jpeg_bytes(scene, quality=92), jpeg_bytes(scene[::2, ::2], quality=75)]
    [group] = group_photos(_described(copies), np.array([60.0, 60.0]), reference=DESCRIPTOR)
    assert group.kind == "near_duplicate"
    shots = [jpeg_bytes(blur(draw_scene(5, (1280, 960), shift=(0.01 * shot, 0), shot=shot))) for shot in range(2)]
    [group] = group_photos(_described(shots), np.array([60.0, 62.0]), reference=DESCRIPTOR)
    assert group.kind == "moment"


def test_few_pairs_do_not_make_the_spread_collapse() -> None:
    """Two pairs of strangers can by chance be exactly as far apart."""
    vectors = np.eye(3, dtype=np.float32)
    scale = calibrate(lay_out(vectors, np.array([0.0, 7200.0, 14400.0])), DESCRIPTOR)
    assert scale.spread > 0.8 * DESCRIPTOR.mad


@pytest.mark.parametrize(
    ("vectors", "times"),
    [
        (np.zeros((2, 4), np.float32), np.zeros(2)),
        (np.full((2, 4), np.nan, np.float32), np.zeros(2)),
        (np.ones((2, 4), np.float32), np.zeros(3)),
    ],
)
def test_it_refuses_what_is_no_album(vectors: NDArray[np.float32], times: NDArray[np.float64]) -> None:
    with pytest.raises(ValueError, match="vector"):
        group_photos(vectors, times, reference=DESCRIPTOR)


@pytest.mark.skipif(not SHARED.exists(), reason="the real album is not on this machine")
@pytest.mark.parametrize("known", ["all times", "no times", "one time"])
def test_real_photos_are_grouped_as_people_did(known: str) -> None:
    with (SHARED / "manifest.csv").open(encoding="utf-8", newline="") as manifest:
        rows = list(csv.DictReader(manifest))
    photos = [decode_photo((SHARED / row["file"]).read_bytes()) for row in rows]
    vectors = describe([resize_to_fit(photo.image, 512) for photo in photos]).astype(np.float16)
    taken = [photo.capture.taken_at for photo in photos]
    times = np.array([time.replace(tzinfo=UTC).timestamp() if time else np.nan for time in taken])
    times = {"all times": times, "no times": np.full(len(times), np.nan), "one time": np.zeros(len(times))}[known]
    groups = group_photos(vectors, times, reference=DESCRIPTOR, captures=[photo.capture for photo in photos])
    assert bcubed(_labels(groups, len(rows)), [row["group_id"] or None for row in rows]).f1 >= 0.95
