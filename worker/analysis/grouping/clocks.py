"""Cameras whose clocks disagree, brought together by the scenes they share.

Of two people at one wedding, one has a camera that was never told of summer time, and a phone shows the zone it has
travelled to. What both photographed then lies hours apart. Wherever a photo of one clock is most like a photo of
another, the difference of their times is a vote; votes for the true offset agree, and the others scatter. The densest
window of votes is believed only if chance would hardly make one like it (a scan statistic, Naus 1965), and if no other
window comes near it: that of no offset at all, above all.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from albums.analysis import CaptureInformation
from worker.analysis.grouping.likeness import Likeness

_LEAST_LIKENESS = 2.0  # spreads; two cameras see one scene less alike than one camera does
_SAME_SCENE_SECONDS = 60.0
_MOST_PROBES = 512
_FEWEST_PROBES = 32  # of each clock, however many there are
_COLUMNS = 4096

_FEWEST_SCENES = 3
_FEWEST_SCENES_FORETOLD = 2  # where both clocks name their zones, and the zones differ by as much
_WINDOWS = (60.0, 180.0, 600.0)  # seconds; how far apart two people photograph what both see
_BEYOND_CHANCE = 0.001
_SMALLEST_OFFSET = 300.0  # seconds; less hardly parts a moment, and two people may follow each other about as closely
_RIVAL_SHARE = 0.5
_ROUND = 3600.0  # zones, and forgotten summer time, are whole hours
_ROUND_SHARE = 0.8


@dataclass(frozen=True)
class ClockOffset:
    """One clock that was found to be wrong, or in another zone than the rest of its album.

    Attributes:
        camera_make, camera_model, camera_serial: whose it is, as far as its photos say.
        utc_offset_minutes: the zone it was set to, where its photos say; a camera has a clock for each.
        seconds: what is to be added to its times.
        scenes: how many scenes it shares with others at that offset.
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
        """Whether a shot has its time from this clock."""
        return _name(shot) == (self.camera_make, self.camera_model, self.camera_serial, self.utc_offset_minutes)


_Name = tuple[str | None, str | None, str | None, int | None]


def _name(shot: CaptureInformation) -> _Name:
    return shot.camera_make, shot.camera_model, shot.camera_serial, shot.utc_offset_minutes


@dataclass(frozen=True)
class _Clock:
    name: _Name
    places: NDArray[np.intp]  # in order of time
    scenes: NDArray[np.intp]  # by place: numbers that rise wherever there was a pause

    def probes(self, most: int) -> NDArray[np.intp]:
        """One place of each scene, or of as many scenes as are asked for."""
        first = self.places[np.unique(self.scenes, return_index=True)[1]]
        return first[np.unique(np.linspace(0, len(first) - 1, most).round().astype(np.intp))]


@dataclass(frozen=True)
class _Votes:
    """What one clock is ahead of another by, once for each pair of like photos; all (m,), in order of seconds."""

    seconds: NDArray[np.float64]
    one: NDArray[np.intp]  # the scenes that vote
    other: NDArray[np.intp]

    def scenes(self, low: float, high: float) -> int:
        """How many scenes of both clocks vote for a difference from `low` to `high` seconds.

        The fewer count: a place to which one of the two came back again and again is one scene.
        """
        inside = slice(np.searchsorted(self.seconds, low, "left"), np.searchsorted(self.seconds, high, "right"))
        return min(len(np.unique(self.one[inside])), len(np.unique(self.other[inside])))

    def middle(self, low: float, high: float) -> float:
        inside = (self.seconds >= low) & (self.seconds <= high)
        return float(np.median(self.seconds[inside]))


@dataclass(frozen=True)
class _Agreement:
    """That clock `other` is `seconds` ahead of clock `one`, by so many scenes."""

    one: int
    other: int
    seconds: float
    scenes: int


def find_clock_offsets(
    likeness: Likeness, captures: Sequence[CaptureInformation]
) -> tuple[list[ClockOffset], NDArray[np.float64]]:
    """The clocks that are wrong, and the capture times put right.

    A clock is a camera by make, model and serial number, in one zone where it tells its zone. Photos of which no camera
    is known are left as they are. Among clocks that were compared, the one that tells its zone is taken for right
    (phones get the time from their network), then the one with most photos; only differences matter to the grouping.

    Args:
        likeness: of the album as its times stand.
        captures: what the cameras say, by place.

    Returns:
        The offsets, in order of the first photo of each clock, and seconds to add to each place's time, (n,).
    """
    corrections = np.zeros(len(likeness.capture_order))
    clocks = _clocks(likeness, captures)
    if len(clocks) < 2:
        return [], corrections
    found = [
        agreement
        for (one, other), votes in sorted(_votes(likeness, clocks).items())
        if (agreement := _agreement(clocks, one, other, votes)) is not None
    ]
    offsets: list[ClockOffset] = []
    for number, (seconds, scenes) in sorted(_corrections(clocks, found).items()):
        clock = clocks[number]
        corrections[clock.places] = seconds
        offsets.append(ClockOffset(*clock.name, seconds=seconds, scenes=scenes, photos=len(clock.places)))
    return offsets, corrections


def _clocks(likeness: Likeness, captures: Sequence[CaptureInformation]) -> list[_Clock]:
    """The clocks of the album that dated scenes enough, in order of their first photos."""
    capture_order = likeness.capture_order
    by_name: dict[_Name, list[int]] = defaultdict(list)
    for place in range(capture_order.timed):
        if captures[place].camera_model is not None:
            by_name[_name(captures[place])].append(place)
    clocks = []
    for name, listed in by_name.items():
        places = np.asarray(listed, np.intp)
        pauses = np.diff(capture_order.times[places], prepend=-np.inf)
        scenes = np.cumsum(pauses > _SAME_SCENE_SECONDS, dtype=np.intp)
        if scenes[-1] >= _FEWEST_SCENES_FORETOLD:
            clocks.append(_Clock(name, places, scenes))
    return clocks


# --- Votes ----------------------------------------------------------------------------------------------------


def _votes(likeness: Likeness, clocks: Sequence[_Clock]) -> dict[tuple[int, int], _Votes]:
    """The votes for each two clocks, the first below the second, that have any.

    Each clock's probes are compared with all photos of all clocks, and vote with the one most like them in each; so
    the cost grows with the photos, whatever their number.
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
    """Each probe with the place most like it of every other clock, where that is like enough."""
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


def _as_votes(times: NDArray[np.float64], scene_of: NDArray[np.intp], matched: Sequence[tuple[int, int]]) -> _Votes:
    one, other = np.asarray(matched, np.intp).T
    seconds = times[other] - times[one]
    order = np.argsort(seconds, kind="stable")
    return _Votes(seconds[order], scene_of[one[order]], scene_of[other[order]])


# --- What they agree on ---------------------------------------------------------------------------------------


def _agreement(clocks: Sequence[_Clock], one: int, other: int, votes: _Votes) -> _Agreement | None:
    """By how much two clocks differ, 0 where they need no correction; None where nothing is certain.

    The narrowest window that convinces is taken. An offset must be greater than the window that shows it, too.
    """
    foretold = _foretold(clocks[one], clocks[other])
    for width in _WINDOWS:
        start, scenes = _densest(votes, width)
        low, high = start, start + width
        if _rival(votes, low, high) > _RIVAL_SHARE * scenes:
            continue
        middle = votes.middle(low, high)
        said = foretold is not None and abs(middle - foretold) <= width
        if scenes < (_FEWEST_SCENES_FORETOLD if said else _FEWEST_SCENES):
            continue
        if _chance(votes, width, scenes, anywhere=not said) > _BEYOND_CHANCE:
            continue
        seconds = _rounded(votes, middle, width, scenes)
        return _Agreement(one, other, seconds if abs(seconds) > max(width, _SMALLEST_OFFSET) else 0.0, scenes)
    return None


def _foretold(one: _Clock, other: _Clock) -> float | None:
    """By how many seconds the second is ahead if both zones are as the cameras say and differ."""
    here, there = one.name[3], other.name[3]
    return 60.0 * (there - here) if here is not None and there is not None and here != there else None


def _densest(votes: _Votes, width: float) -> tuple[float, int]:
    """Where the window of some width begins that has votes of most scenes, and how many."""
    counts = [(votes.scenes(start, start + width), start) for start in np.unique(votes.seconds).tolist()]
    scenes, start = max(counts, key=lambda counted: (counted[0], -abs(counted[1])))
    return start, scenes


def _rival(votes: _Votes, low: float, high: float) -> int:
    """Scenes in the best window of the same width that has no vote in common with this one, or in that about zero."""
    width = high - low
    rest = [
        _Votes(votes.seconds[part], votes.one[part], votes.other[part])
        for part in (votes.seconds < low, votes.seconds > high)
        if part.any()
    ]
    rivals = [_densest(part, width)[1] for part in rest]
    if not low <= 0 <= high:
        rivals.append(votes.scenes(-width / 2, width / 2))
    return max(rivals, default=0)


def _chance(votes: _Votes, width: float, scenes: int, *, anywhere: bool) -> float:
    """How many windows with so many scenes are to be expected if votes were scattered evenly over their range."""
    cast = votes.scenes(-math.inf, math.inf)
    reach = max(float(np.abs(votes.seconds).max()), width)
    share = min(width / (2 * reach), 1.0)
    return math.comb(max(cast, scenes), scenes) * share ** (scenes - 1 if anywhere else scenes)


def _rounded(votes: _Votes, middle: float, width: float, scenes: int) -> float:
    """The whole hour near the middle of a window, where it is as good an answer."""
    hour = round(middle / _ROUND) * _ROUND
    if abs(middle - hour) <= width and votes.scenes(hour - width / 2, hour + width / 2) >= _ROUND_SHARE * scenes:
        return hour
    return middle


# --- What follows for each clock ------------------------------------------------------------------------------


def _corrections(clocks: Sequence[_Clock], found: Sequence[_Agreement]) -> dict[int, tuple[float, int]]:
    """Seconds to add to the times of each clock that needs it, and the scenes that say so.

    Clocks are joined by their surest agreements (a maximum spanning tree); the others are not asked.
    """
    ahead = {number: (number, 0.0) for number in range(len(clocks))}  # of which clock, and by how much
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
        right = max(members, key=lambda number: (clocks[number].name[3] is not None, len(clocks[number].places)))
        for number in members:
            seconds = ahead[right][1] - ahead[number][1]
            if seconds:
                corrections[number] = seconds, scenes[number]
    return corrections
