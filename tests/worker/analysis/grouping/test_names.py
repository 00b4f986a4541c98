from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.analysis.grouping import group_album, reference_for
from worker.analysis.grouping.capture_order import sort_by_time
from worker.analysis.grouping.likeness import Likeness
from worker.analysis.grouping.names import NameTimes
from worker.analysis.metadata import NameEvidence, read_name

MOMENT = datetime(2024, 6, 8, 11, 53, 28, tzinfo=UTC).timestamp()
ANY = np.arange(2)


@pytest.mark.parametrize(
    ("name", "milliseconds"),
    [
        ("IMG_20240608_115328.jpg", 0),
        ("PXL_20240608_115328123.jpg", 123),
        ("PXL_20240608_115328123.MP.jpg", 123),
        ("20240608_115328.jpg", 0),
        ("20240608_115328(0).jpg", 0),
        ("Screenshot_2024-06-08-11-53-28-12_ab12.png", 0),
        ("Screenshot_20240608-115328.png", 0),
        ("photo_2024-06-08_11-53-28 (2).jpg", 0),
        ("signal-2024-06-08-115328.jpeg", 0),
        ("WhatsApp Image 2024-06-08 at 11.53.28.jpeg", 0),
        ("2024-06-08 11.53.28.jpg", 0),
        ("00000IMG_00000_BURST20240608115328123_COVER.jpg", 123),
    ],
)
def test_it_reads_a_time(name: str, milliseconds: int) -> None:
    assert read_name(name) == NameEvidence(seconds=MOMENT + milliseconds / 1000)


@pytest.mark.parametrize(
    ("name", "series", "number"),
    [
        ("DSC_0999.jpg", "dsc_4", 999),
        ("dsc_1000.JPG", "dsc_4", 1000),
        ("IMG_1234 (1).jpg", "img_4", 1234),
        ("_MG_0042-edited.jpg", "_mg_4", 42),
        ("P1010003.JPG", "p7", 1010003),
        ("IMG-20240608-WA0003.jpg", "img-20240608-wa4", 3),
    ],
)
def test_it_reads_a_number(name: str, series: str, number: int) -> None:
    assert read_name(name) == NameEvidence(series=series, number=number)


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".jpg",
        "beach.jpg",
        "beach 2.jpg",
        "IMG_20241308_115328.jpg",
        "FB_IMG_1717840408123.jpg",
        "20240231_115328.jpg",
    ],
)
def test_some_names_tell_nothing(name: str) -> None:
    assert read_name(name) == NameEvidence()


@given(st.text(max_size=60))
def test_any_name_is_read(name: str) -> None:
    evidence = read_name(name)
    assert evidence.seconds is None or evidence.series is None


@given(st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31)))  # noqa: DTZ001 - hypothesis wants none
def test_every_time_of_a_phone_is_read(moment: datetime) -> None:
    told = read_name(moment.strftime("IMG_%Y%m%d_%H%M%S.jpg")).seconds
    assert told == moment.replace(microsecond=0, tzinfo=UTC).timestamp()


def minutes(*names: str, times: tuple[float, float] = (np.nan, np.nan)) -> float:
    return float(NameTimes(names, np.asarray(times)).minutes(ANY[:1], ANY[1:])[0])


def test_neighbours_in_numbering_are_minutes_apart() -> None:
    near, far = minutes("DSC_0999.jpg", "DSC_1000.jpg"), minutes("DSC_0999.jpg", "DSC_1400.jpg")
    assert 0 < near < 5 < far
    assert minutes("DSC_9999.jpg", "DSC_0001.jpg") == near
    assert np.isnan(minutes("DSC_0999.jpg", "IMG_1000.jpg"))


def test_times_count_before_numbers_and_files_before_names() -> None:
    assert minutes("IMG_20240608_115328.jpg", "20240608_115428.jpg") == 1
    assert minutes("IMG_20240608_115328.jpg", "beach.jpg", times=(np.nan, MOMENT + 120)) == 2
    assert minutes("IMG_20240608_115328.jpg", "beach.jpg", times=(MOMENT + 60, MOMENT + 120)) == 1
    assert np.isnan(minutes("IMG_20240608_115328.jpg", "beach.jpg"))


def test_one_time_for_all_counts_as_none() -> None:
    assert np.isnan(minutes("IMG_20240608_115328.jpg", "20240608_115328.jpg"))


def _album(seed: int, scenes: int = 40) -> tuple[np.ndarray[tuple[int, int], np.dtype[np.float32]], list[int]]:
    """Vectors of scenes with one to four shots, alike by so much that the time matters."""
    dice = np.random.default_rng(seed)
    scene = [number for number in range(scenes) for _ in range(1 + number % 4)]
    centres = dice.standard_normal((scenes, 64))
    vectors = centres[scene] + 0.73 * dice.standard_normal((len(scene), 64))
    return vectors.astype(np.float32), scene


def _right_pairs(names: list[str] | None, seed: int = 1) -> int:
    """How many pairs of one scene are in one group, less the pairs of different scenes that are."""
    vectors, scene = _album(seed)
    grouping = group_album(vectors, np.full(len(scene), np.nan), reference=reference_for("unknown"), names=names)
    return sum(
        1 if scene[one] == scene[other] else -1
        for group in grouping.groups
        for one in group.members
        for other in group.members
        if one < other
    )


def test_names_help_and_wrong_names_hardly_harm() -> None:
    _, scene = _album(1)
    numbers = np.random.default_rng(2).permutation(len(scene))
    without = _right_pairs(None)
    assert (
        _right_pairs([f"DSC_{9990 + place if place < 10 else place - 9:04d}.jpg" for place in range(len(scene))])
        > without
    )
    assert _right_pairs([f"DSC_{number:04d}.jpg" for number in numbers]) >= 0.75 * without


@given(st.lists(st.text("IMGDSC_-0123456789", max_size=24), min_size=5, max_size=5))
def test_no_name_speaks_much_against_a_link(names: list[str]) -> None:
    capture_order = sort_by_time(np.eye(5, dtype=np.float32), np.full(5, np.nan))
    scale, places = np.ones(5, np.float32), np.arange(5)
    by_names, by_none = (
        Likeness(capture_order, scale, 0.01, 0.5, told).penalties(places[:, None], places)
        for told in (NameTimes(names, np.full(5, np.nan)), None)
    )
    assert (by_names >= 0).all()
    assert (by_names <= by_none + 0.26).all()


def test_it_refuses_too_few_names() -> None:
    with pytest.raises(ValueError, match="3 photos need 3 names, not 1"):
        group_album(np.eye(3, dtype=np.float32), np.arange(3.0), reference=reference_for("unknown"), names=["a"])
