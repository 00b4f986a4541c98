"""The frames that a sandbox answers, which a video may have taken over."""

from __future__ import annotations

import math
from typing import Any

import pytest

from worker.analysis.interface import FoundFrame, FoundFrames
from worker.sandbox.answers import frames_of, printed_of
from worker.sandbox.wire import WireError

JPEG = b"\xff\xd8\xff"
ANSWER = {"kind": "frames", "at": [1, 2.5], "seconds": 4.0}


def test_frames_have_their_times() -> None:
    found = FoundFrames([FoundFrame(1.0, JPEG), FoundFrame(2.5, JPEG)], 4.0)
    assert frames_of(ANSWER, [JPEG, JPEG]) == found


@pytest.mark.parametrize(
    "wrong",
    [{"at": value} for value in (None, 1, [1], [1, 2, 3], {"1": 2, "2": 3}, [1, "2"], [1, None], [1, [2]])]
    + [{"at": [1, value]} for value in (-1, math.nan, math.inf, 1e6, 10**400)]
    + [{"seconds": value} for value in (None, "4", -1, math.nan, 10**400)],
)
def test_other_times_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(WireError):
        frames_of({**ANSWER, **wrong}, [JPEG, JPEG])


@pytest.mark.parametrize("blobs", [[], [JPEG], [JPEG, b"GIF89a"], [JPEG] * 7])
def test_other_pictures_are_refused(blobs: list[bytes]) -> None:
    with pytest.raises(WireError):
        frames_of({**ANSWER, "at": [1.0] * max(2, len(blobs))}, blobs)


def test_a_picture_to_print_has_at_most_the_size_that_was_asked_for() -> None:
    assert printed_of({"width": 30, "height": 20}, [JPEG], (30, 20)) == (JPEG, 30, 20)


@pytest.mark.parametrize(
    ("header", "blobs"),
    [
        ({"width": 31, "height": 20}, [JPEG]),
        ({"width": 30, "height": 0}, [JPEG]),
        ({"width": "30", "height": 20}, [JPEG]),
        ({"width": 30}, [JPEG]),
        ({"width": 30, "height": 20}, [b"%PDF"]),
        ({"width": 30, "height": 20}, []),
    ],
)
def test_other_pictures_to_print_are_refused(header: dict[str, Any], blobs: list[bytes]) -> None:
    with pytest.raises(WireError):
        printed_of(header, blobs, (30, 20))
