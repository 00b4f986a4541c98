"""Collects votes on how far the clocks of two cameras are apart.

Wherever a photo of one clock is most like a photo of another, the difference of their times is one vote.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from albums.analysis import CaptureInformation
from worker.analysis.grouping.likeness import Likeness

SAME_SCENE_SECONDS = 60.0

_LEAST_LIKENESS = 2.0  # spreads; two cameras see one scene less alike than one camera does
_MOST_PROBES = 512
_FEWEST_PROBES = 32  # of each clock, however many clocks there are
_COLUMNS = 4096


class ClockName(NamedTuple):
    """What tells one clock from another. A camera has one clock for each time zone it was set to."""

    camera_make: str | None
    camera_model: str | None
    camera_serial: str | None
    utc_offset_minutes: int | None

    @classmethod
    def of(cls, shot: CaptureInformation) -> ClockName:
        """The clock that dated a shot."""
        return cls(shot.camera_make, shot.camera_model, shot.camera_serial, shot.utc_offset_minutes)


@dataclass(frozen=True)
class Clock:
    """The photos that one clock dated.

    Attributes:
        places: (m,) in order of time.
        scenes: (m,) the scene of each place; the number rises after every pause.
        is_right: a person has set it.
    """

    name: ClockName
    places: NDArray[np.intp]
    scenes: NDArray[np.intp]
    is_right: bool = False

    def probes(self, most: int) -> NDArray[np.intp]:
        """One place of each scene, at most `most`, spread evenly over the scenes."""
        first = self.places[np.unique(self.scenes, return_index=True)[1]]
        return first[np.unique(np.linspace(0, len(first) - 1, most).round().astype(np.intp))]


@dataclass(frozen=True)
class Votes:
    """How far one clock is ahead of another, by each pair of similar photos. All arrays are (m,), ordered by seconds.

    Attributes:
        seconds: the votes.
        one, other: the scenes of the two clocks that cast them.
    """

    seconds: NDArray[np.float64]
    one: NDArray[np.intp]
    other: NDArray[np.intp]

    def scenes(self, low: float, high: float) -> int:
        """How many scenes of both clocks vote for a difference from `low` to `high` seconds.

        The smaller number counts, because one clock may have come back to the same scene many times.
        """
        inside = slice(np.searchsorted(self.seconds, low, "left"), np.searchsorted(self.seconds, high, "right"))
        return min(len(np.unique(self.one[inside])), len(np.unique(self.other[inside])))

    def median(self, low: float, high: float) -> float:
        """The median of the votes from `low` to `high` seconds."""
        inside = (self.seconds >= low) & (self.seconds <= high)
        return float(np.median(self.seconds[inside]))


def collect_votes(likeness: Likeness, clocks: Sequence[Clock]) -> dict[tuple[int, int], Votes]:
    """The votes for each pair of clocks that has any; the first number of a pair is the smaller one.

    Each probe is compared with all photos, and votes with the most similar one of every other clock. The number of
    probes is limited, so the cost grows in proportion to the number of photos.
    """
    capture_order = likeness.capture_order
    clock_of = np.full(len(capture_order), -1, np.intp)
    scene_of = np.zeros(len(capture_order), np.intp)
    for number, clock in enumerate(clocks):
        clock_of[clock.places] = number
        scene_of[clock.places] = clock.scenes
    most = max(_MOST_PROBES // len(clocks), _FEWEST_PROBES)
    probes = np.sort(np.concatenate([clock.probes(most) for clock in clocks]))
    pairs: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for probe, match in _nearest_of_each(likeness, probes, clock_of, len(clocks)):
        (one, left), (other, right) = sorted(((int(clock_of[probe]), probe), (int(clock_of[match]), match)))
        pairs[one, other].append((left, right))
    return {clocks_named: _as_votes(capture_order.times, scene_of, matched) for clocks_named, matched in pairs.items()}


def _nearest_of_each(
    likeness: Likeness, probes: NDArray[np.intp], clock_of: NDArray[np.intp], clocks: int
) -> Iterator[tuple[int, int]]:
    """Each probe with the most similar place of every other clock, where the two are similar enough."""
    capture_order = likeness.capture_order
    rows = capture_order.rows(probes)
    nearest = np.full((len(probes), clocks), np.inf, np.float32)
    matches = np.zeros((len(probes), clocks), np.intp)
    every = np.arange(len(probes))
    for start in range(0, capture_order.timed, _COLUMNS):
        places = np.arange(start, min(start + _COLUMNS, capture_order.timed))
        places = places[clock_of[places] >= 0]
        standardised = likeness.standardised(probes[:, None], places, 1 - rows @ capture_order.rows(places).T)
        for clock in np.unique(clock_of[places]).tolist():
            own = np.flatnonzero(clock_of[places] == clock)
            best = own[standardised[:, own].argmin(axis=1)]
            nearer = standardised[every, best] < nearest[:, clock]
            nearest[nearer, clock] = standardised[every, best][nearer]
            matches[nearer, clock] = places[best[nearer]]
    nearest[every, clock_of[probes]] = np.inf
    for row, clock in zip(*np.nonzero(nearest <= -_LEAST_LIKENESS), strict=True):
        yield int(probes[row]), int(matches[row, clock])


def _as_votes(times: NDArray[np.float64], scene_of: NDArray[np.intp], matched: Sequence[tuple[int, int]]) -> Votes:
    one, other = np.asarray(matched, np.intp).T
    seconds = times[other] - times[one]
    order = np.argsort(seconds, kind="stable")
    return Votes(seconds[order], scene_of[one[order]], scene_of[other[order]])
