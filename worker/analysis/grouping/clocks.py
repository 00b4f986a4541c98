"""Corrects cameras whose clocks disagree, by the scenes that they share.

At a wedding, one guest's camera may still be on winter time, and another's phone on the zone it came from. Photos of
the same scene then lie hours apart. Pairs of similar photos vote for the offset between two clocks (`clock_votes`), and
a clear majority is believed (`clock_agreement`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from albums.analysis import CaptureInformation
from worker.analysis.grouping.clock_agreement import FEWEST_SCENES_IF_ZONES_AGREE, Agreement, find_agreement
from worker.analysis.grouping.clock_votes import SAME_SCENE_SECONDS, Clock, ClockName, collect_votes
from worker.analysis.grouping.likeness import Likeness


@dataclass(frozen=True)
class ClockOffset:
    """One clock that is wrong, or in another zone than the rest of its album.

    Attributes:
        camera_make, camera_model, camera_serial: its camera, as far as its photos say.
        utc_offset_minutes: the zone it was set to, if its photos say; a camera has one clock for each zone.
        seconds: what to add to its times.
        scenes: how many scenes it shares with other clocks at that offset.
        photos: how many photos it dated.
    """

    camera_make: str | None
    camera_model: str | None
    camera_serial: str | None
    utc_offset_minutes: int | None
    seconds: float
    scenes: int
    photos: int

    def dated(self, shot: CaptureInformation) -> bool:
        """Whether this clock dated a shot."""
        return ClockName.of(shot) == (self.camera_make, self.camera_model, self.camera_serial, self.utc_offset_minutes)


def find_clock_offsets(
    likeness: Likeness, captures: Sequence[CaptureInformation], right: Sequence[bool] | None = None
) -> tuple[list[ClockOffset], NDArray[np.float64]]:
    """Find the clocks that are wrong, and by how much.

    A clock is a camera by make, model and serial number, in one zone if its photos name a zone. Photos without a camera
    model stay as they are. A clock that a person has set is right. Else, among clocks that agree on an offset, one that
    names its zone is assumed to be right (phones get the time from their network), then the one with the most photos.
    Grouping needs only the differences.

    Args:
        likeness: of the album with its uncorrected times.
        captures: what the cameras say, by place.
        right: whether a person has set the clock, by place.

    Returns:
        The offsets, in order of the first photo of each clock, and the seconds to add to the time at each place, (n,).
    """
    corrections = np.zeros(len(likeness.capture_order))
    clocks = _clocks(likeness, captures, right)
    if len(clocks) < 2:
        return [], corrections
    found = [
        agreement
        for (one, other), votes in sorted(collect_votes(likeness, clocks).items())
        if (agreement := find_agreement(clocks, one, other, votes)) is not None
    ]
    offsets: list[ClockOffset] = []
    for number, (seconds, scenes) in sorted(_corrections(clocks, found).items()):
        clock = clocks[number]
        corrections[clock.places] = seconds
        offsets.append(ClockOffset(*clock.name, seconds=seconds, scenes=scenes, photos=len(clock.places)))
    return offsets, corrections


def _clocks(likeness: Likeness, captures: Sequence[CaptureInformation], right: Sequence[bool] | None) -> list[Clock]:
    """The clocks of the album that dated enough scenes, in order of their first photos."""
    capture_order = likeness.capture_order
    by_name: dict[ClockName, list[int]] = defaultdict(list)
    for place in range(capture_order.timed):
        if captures[place].camera_model is not None:
            by_name[ClockName.of(captures[place])].append(place)
    clocks = []
    for name, listed in by_name.items():
        places = np.asarray(listed, np.intp)
        pauses = np.diff(capture_order.times[places], prepend=-np.inf)
        scenes = np.cumsum(pauses > SAME_SCENE_SECONDS, dtype=np.intp)
        if scenes[-1] >= FEWEST_SCENES_IF_ZONES_AGREE:
            clocks.append(Clock(name, places, scenes, is_right=bool(right and right[places[0]])))
    return clocks


def _corrections(clocks: Sequence[Clock], found: Sequence[Agreement]) -> dict[int, tuple[float, int]]:
    """Seconds to add to the times of each clock that needs it, and how many scenes say so.

    The agreements with the most scenes join the clocks (a maximum spanning tree); the others are ignored.
    """
    ahead = {number: (number, 0.0) for number in range(len(clocks))}  # of which other clock, and by how many seconds
    scenes = dict.fromkeys(range(len(clocks)), 0)
    for agreement in sorted(found, key=lambda each: (-each.scenes, each.one, each.other)):
        (left, left_ahead), (right, right_ahead) = ahead[agreement.one], ahead[agreement.other]
        if left == right:
            continue
        shift = left_ahead + agreement.seconds - right_ahead
        for number, (root, seconds) in ahead.items():
            if root == right:
                ahead[number] = left, seconds + shift
        for number in (agreement.one, agreement.other):
            scenes[number] = max(scenes[number], agreement.scenes)
    corrections: dict[int, tuple[float, int]] = {}
    for root in {root for root, _ in ahead.values()}:
        members = [number for number in ahead if ahead[number][0] == root]
        right = max(members, key=lambda number: _trust(clocks[number]))
        for number in members:
            seconds = ahead[right][1] - ahead[number][1]
            if seconds and not clocks[number].is_right:
                corrections[number] = seconds, scenes[number]
    return corrections


def _trust(clock: Clock) -> tuple[bool, bool, int]:
    return clock.is_right, clock.name.utc_offset_minutes is not None, len(clock.places)
