"""Follows people through the shots of one moment, and finds out what each shot lacks of whom.

Each person is compared with themselves in the other shots: some have narrow eyes, and some never look at the camera.
One blink ruins a portrait of eight people as much as one of two, so losses add up over people; a mean over faces would
hide them. People are matched by the position, size and likeness of their faces within one group, never recognised.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from albums.analysis import Face
from worker.analysis.faces.likeness import unlikeness

Person = dict[int, Face]
"""One person's faces, by the index of the photo."""
Shift = tuple[float, float]
Losses = NDArray[np.float64]

_FARTHEST = 0.8  # of the face's width, between its centres in two shots
_WEIGHT_OF_POSITION = 0.3  # of the farthest; clear unlikeness is 1
_SURELY_LIKE = 0.6  # or less: the same person also elsewhere in the photo
_LARGEST_RESIZE = 1.6
_MOST_FOR_SHIFT = 5  # of the largest faces, whose distances are tried as the camera's movement
_LARGEST_SHIFT = 0.3  # of the photo's sides

EYES_OPEN, EYES_SHUT = 0.5, 0.25  # of `Face.eyes_open`
_PLAINLY_SHUT = 0.8  # of the way from open to shut
_FACING, _AVERTED = 20.0, 45.0  # degrees of `Face.turn`
_BOTH = 2  # eyes
# If the eyes are open in another shot, but cannot be judged here although the face looks at the camera.
_LOST_WITHOUT_EYES, _LOST_UNSEEN = 0.5, 0.1  # by the cascades, which find open eyes only; by the networks


@dataclass(frozen=True)
class PeopleLost:
    """What each photo lacks compared with the best shot of each person, (n,): 0 is nothing, 1 about one person.

    Attributes:
        eyes: eyes that are shut here.
        facing: heads that are turned away here.
        present: people who are not found here, as far as they are found in most of the others.
        shut: whether somebody's eyes are plainly shut here and open in another shot.
        all_eyes_open: whether everybody of the group is found here, and both eyes of each were judged to be open.
        numbers: of the person of each face here, 0 for the largest; empty where an older version measured the faces.
    """

    eyes: Losses
    facing: Losses
    present: Losses
    shut: list[bool]
    all_eyes_open: list[bool]
    numbers: list[list[int]]


def people_lost(faces: Sequence[Sequence[Face]]) -> PeopleLost:
    """Compare the people of several photos. Small faces count less: the square root of the share of the widest.

    Photos that an older version measured lose nothing against photos measured by the networks: it missed more faces and
    judged eyes by another scale.

    Args:
        faces: of each photo, largest first.
    """
    older = _measured_otherwise(faces)
    faces = [[] if is_older else in_photo for is_older, in_photo in zip(older, faces, strict=True)]
    count = len(faces)
    lost = {name: np.zeros(count) for name in ("eyes", "facing", "present")}
    people = sorted(find_people(faces), key=lambda person: -max(face.width for face in person.values()))
    shut_here, open_here = [False] * count, [bool(people)] * count
    widest = max((face.width for in_photo in faces for face in in_photo), default=1.0)
    for person in people:
        weight = math.sqrt(max(face.width for face in person.values()) / widest)
        shut = {place: _shut(face) for place, face in person.items()}
        turned = {place: _turned(face) for place, face in person.items()}
        least_shut, least_turned = min(shut.values()), min(turned.values())
        for place in range(count):
            if older[place]:
                continue
            if place in person:
                lost["eyes"][place] += weight * (shut[place] - least_shut)
                shut_here[place] |= shut[place] - least_shut >= _PLAINLY_SHUT
                lost["facing"][place] += weight * (turned[place] - least_turned)
            else:
                # Somebody seen in few shots walked past, or is no person.
                lost["present"][place] += weight * len(person) / count
        for place in range(count):
            open_here[place] &= place in person and _is_open(person[place])
    numbers = _numbers(faces, people)
    return PeopleLost(lost["eyes"], lost["facing"], lost["present"], shut_here, open_here, numbers)


def _numbers(faces: Sequence[Sequence[Face]], people: Sequence[Person]) -> list[list[int]]:
    """The place in `people` of the person of each face, by photo."""
    number_of = {(place, id(face)): number for number, person in enumerate(people) for place, face in person.items()}
    return [[number_of[place, id(face)] for face in in_photo] for place, in_photo in enumerate(faces)]


def _measured_otherwise(faces: Sequence[Sequence[Face]]) -> list[bool]:
    """For each photo whether its faces lack the turn that other faces of the group have."""
    turns = [[face.turn is not None for face in in_photo] for in_photo in faces]
    mixed = any(any(known) for known in turns)
    return [mixed and bool(known) and not any(known) for known in turns]


def _is_open(face: Face) -> bool:
    return face.eyes_open is not None and face.eyes_open >= EYES_OPEN and face.eyes_judged == _BOTH


def _shut(face: Face) -> float:
    """From 0 for open eyes to 1 for shut ones. Eyes that nobody can judge count as open in a face turned away."""
    if face.eyes_open is None:
        if not face.frontal:
            return 0.0
        return _LOST_WITHOUT_EYES if face.turn is None else _LOST_UNSEEN
    return min(1.0, max(0.0, (EYES_OPEN - face.eyes_open) / (EYES_OPEN - EYES_SHUT)))


def _turned(face: Face) -> float:
    """From 0 for a face that looks at the camera to 1 for one that is averted."""
    if face.turn is None:
        return 0.0 if face.frontal else 1.0
    return min(1.0, max(0.0, (abs(face.turn) - _FACING) / (_AVERTED - _FACING)))


# --- Matching ---------------------------------------------------------------------------------------------------------


def find_people(faces: Sequence[Sequence[Face]]) -> list[Person]:
    """Group the faces of several photos by person. People hardly move within a moment, but the camera may.

    Some change places, so the likeness counts more than the position where it is known.

    Photos with many faces are matched first, so that the result does not depend on the order of the photos.

    Args:
        faces: of each photo, largest first.
    """
    people: list[Person] = []
    for place in sorted(range(len(faces)), key=lambda place: (-len(faces[place]), *map(_values, faces[place]))):
        known = [next(reversed(person.values())) for person in people]
        matches = _matches(faces[place], known)
        for number, face in enumerate(faces[place]):
            if number in matches:
                people[matches[number]][place] = face
            else:
                people.append({place: face})
    return [dict(sorted(person.items())) for person in people]


def _values(face: Face) -> tuple[float, ...]:
    return face.x, face.y, face.width, face.height


def _matches(faces: Sequence[Face], known: Sequence[Face]) -> dict[int, int]:
    """The number of the known face for each face that has one, by the movement of the camera that matches the most."""
    unlike = unlikeness([face.likeness for face in faces], [face.likeness for face in known])
    unknown = np.full_like(unlike, math.nan)  # the movement of the camera shows in the positions alone
    moved = (0.0, 0.0)
    count, most = len(_matches_after(faces, known, moved, unknown)), min(len(faces), len(known))
    for shift in _shifts(faces[:_MOST_FOR_SHIFT], known) if count < most else ():
        found = len(_matches_after(faces, known, shift, unknown))
        if found > count:
            moved, count = shift, found
    return _matches_after(faces, known, moved, unlike)


def _shifts(faces: Sequence[Face], known: Sequence[Face]) -> Iterator[Shift]:
    largest = sorted(known, key=lambda face: -face.width)[:_MOST_FOR_SHIFT]
    for face in faces:
        for other in largest:
            across = face.x + face.width / 2 - other.x - other.width / 2
            down = face.y + face.height / 2 - other.y - other.height / 2
            if _same_size(face, other) and max(abs(across), abs(down)) <= _LARGEST_SHIFT:
                yield across, down


def _matches_after(
    faces: Sequence[Face], known: Sequence[Face], shift: Shift, unlike: NDArray[np.float64]
) -> dict[int, int]:
    """One known face at most for each face, the nearest and likest pairs first, by `unlike` (faces, known)."""
    pairs = sorted(
        (difference, number, other)
        for number, face in enumerate(faces)
        for other, last in enumerate(known)
        if (difference := _difference(face, last, shift, float(unlike[number, other]))) < math.inf
    )
    matches: dict[int, int] = {}
    taken: set[int] = set()
    for _, number, other in pairs:
        if number not in matches and other not in taken:
            matches[number] = other
            taken.add(other)
    return matches


def _difference(face: Face, last: Face, shift: Shift, unlike: float) -> float:
    """How unsure it is that two faces are of one person; infinite if they are not. `unlike` is NaN where unknown."""
    away = _distance(face, last, shift) / _FARTHEST
    if away == math.inf or (away > 1 and not unlike <= _SURELY_LIKE):
        return math.inf
    return _WEIGHT_OF_POSITION * min(away, 1.0) + (0.0 if math.isnan(unlike) else unlike)


def _same_size(face: Face, last: Face) -> bool:
    return 1 / _LARGEST_RESIZE <= face.width / last.width <= _LARGEST_RESIZE


def _distance(face: Face, last: Face, shift: Shift) -> float:
    """The distance between two faces in widths after the camera moved; infinite if one is far larger."""
    if not _same_size(face, last):
        return math.inf
    across = face.x + face.width / 2 - last.x - last.width / 2 - shift[0]
    # Vertical positions are shares of the photo's height. The face's own shape converts them to shares of the width.
    down = (face.y + face.height / 2 - last.y - last.height / 2 - shift[1]) * last.width / last.height
    return math.hypot(across, down) / last.width
