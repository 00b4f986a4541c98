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
from msgspec.structs import replace
from numpy.typing import NDArray

from albums.analysis import Face
from worker.analysis.faces.likeness import unlikeness

Person = dict[int, Face]
"""One person's faces, by the index of the photo."""
Losses = NDArray[np.float64]

_FAR = 0.8  # of the face's width, between its centres in two shots; a nearer one may look different
_FARTHER, _PROBABLY_LIKE = 3.0, 0.8  # or less: the same person, who turned and walked
_SURELY_LIKE = 0.6  # or less: the same person also elsewhere in the photo
_LIKER = 0.15  # or more, than anybody else: where all look alike, likeness tells nobody apart
_WEIGHT_OF_POSITION = 0.3  # of what is far; clear unlikeness is 1
_LARGEST_RESIZE = 1.6
_LARGEST_ZOOM = 3.0  # of the camera, or of somebody who comes closer and surely is the same
_MOST_FOR_SHIFT = 5  # of the largest faces, whose distances and sizes are tried as the camera's movement
_LARGEST_SHIFT = 0.3  # of the photo's sides

EYES_OPEN, EYES_SHUT = 0.5, 0.25  # of `Face.eyes_open`
PLAINLY_SHUT = 0.8  # of the way from open to shut
_FACING, _AVERTED = 20.0, 45.0  # degrees of `Face.turn`
_BOTH = 2  # eyes
# If the eyes are open in another shot, but cannot be judged here although the face looks at the camera.
_LOST_WITHOUT_EYES, _LOST_UNSEEN = 0.5, 0.1  # by the cascades, which find open eyes only; by the networks


@dataclass(frozen=True)
class PeopleFound:
    """The people of several shots.

    Attributes:
        faces: of each photo, largest first; none where an older version measured them.
        older: for each photo whether it did.
        people: everybody in these faces.
    """

    faces: list[Sequence[Face]]
    older: list[bool]
    people: list[Person]

    @property
    def widest(self) -> float:
        """The width of the widest face, as a share of the photo's; 1 if there is none."""
        return max((face.width for in_photo in self.faces for face in in_photo), default=1.0)


@dataclass(frozen=True)
class PeopleLost:
    """What each photo lacks compared with the best shot of each person, (n,): 0 is nothing, 1 about one person.

    Attributes:
        eyes: eyes that are shut here.
        facing: heads that are turned away here.
        present: people who are not found here, as far as they are found in most of the others.
        shut: whether somebody's eyes are plainly shut here and open in another shot.
        all_eyes_open: whether everybody of the group is found here, and both eyes of each were judged to be open.
    """

    eyes: Losses
    facing: Losses
    present: Losses
    shut: list[bool]
    all_eyes_open: list[bool]


def people_found(faces: Sequence[Sequence[Face]]) -> PeopleFound:
    """Follow everybody through the shots. Where there are many faces, this takes most of the time of a ranking.

    Args:
        faces: of each photo, largest first.
    """
    older = _measured_otherwise(faces)
    compared = [[] if is_older else in_photo for is_older, in_photo in zip(older, faces, strict=True)]
    return PeopleFound(compared, older, find_people(compared))


def people_lost(found: PeopleFound) -> PeopleLost:
    """Compare the people of several photos. Small faces count less: the square root of the share of the widest.

    Photos that an older version measured lose nothing against photos measured by the networks: it missed more faces and
    judged eyes by another scale.
    """
    count = len(found.faces)
    lost = {name: np.zeros(count) for name in ("eyes", "facing", "present")}
    people = sorted(found.people, key=lambda person: -max(face.width for face in person.values()))
    widest = found.widest
    shut_here, open_here = [False] * count, [bool(people)] * count
    for person in people:
        weight = math.sqrt(max(face.width for face in person.values()) / widest)
        shut = {place: shut_of(face) for place, face in person.items()}
        turned = {place: turned_of(face) for place, face in person.items()}
        least_shut, least_turned = min(shut.values()), min(turned.values())
        for place in range(count):
            if found.older[place]:
                continue
            if place in person:
                lost["eyes"][place] += weight * (shut[place] - least_shut)
                shut_here[place] |= shut[place] - least_shut >= PLAINLY_SHUT
                lost["facing"][place] += weight * (turned[place] - least_turned)
            else:
                # Somebody seen in few shots walked past, or is no person.
                lost["present"][place] += weight * len(person) / count
        for place in range(count):
            open_here[place] &= place in person and _is_open(person[place])
    return PeopleLost(lost["eyes"], lost["facing"], lost["present"], shut_here, open_here)


def _measured_otherwise(faces: Sequence[Sequence[Face]]) -> list[bool]:
    """For each photo whether its faces lack the turn that other faces of the group have."""
    turns = [[face.turn is not None for face in in_photo] for in_photo in faces]
    mixed = any(any(known) for known in turns)
    return [mixed and bool(known) and not any(known) for known in turns]


def _is_open(face: Face) -> bool:
    return face.eyes_open is not None and face.eyes_open >= EYES_OPEN and face.eyes_judged == _BOTH


def shut_of(face: Face) -> float:
    """From 0 for open eyes to 1 for shut ones. Eyes that nobody can judge count as open in a face turned away."""
    if face.eyes_open is None:
        if not face.frontal:
            return 0.0
        return _LOST_WITHOUT_EYES if face.turn is None else _LOST_UNSEEN
    return min(1.0, max(0.0, (EYES_OPEN - face.eyes_open) / (EYES_OPEN - EYES_SHUT)))


def turned_of(face: Face) -> float:
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
    # The movement of the camera shows in the positions alone.
    unknown, tells_nothing = np.full_like(unlike, math.nan), np.zeros(unlike.shape, np.bool_)
    moved = known
    count, most = len(_nearest(faces, known, unknown, tells_nothing)), min(len(faces), len(known))
    for movement in _movements(faces[:_MOST_FOR_SHIFT], known) if count < most else ():
        after = [movement.of(face) for face in known]
        found = len(_nearest(faces, after, unknown, tells_nothing))
        # Two faces fit one zoom by chance far less often than one, which always does.
        if found > count and (movement.zoom == 1 or found > 1):
            moved, count = after, found
    return _nearest(faces, moved, unlike, _tells(unlike))


@dataclass(frozen=True)
class _Movement:
    """Of the camera between two shots: what was at x is now at `zoom` times x plus `across`."""

    zoom: float
    across: float
    down: float

    def of(self, face: Face) -> Face:
        x, y = self.zoom * face.x + self.across, self.zoom * face.y + self.down
        return replace(face, x=x, y=y, width=self.zoom * face.width, height=self.zoom * face.height)


def _movements(faces: Sequence[Face], known: Sequence[Face]) -> Iterator[_Movement]:
    """Those after which one of the largest known faces is where a face is now."""
    largest = sorted(known, key=lambda face: -face.width)[:_MOST_FOR_SHIFT]
    for face in faces:
        for other in largest:
            resize = face.width / other.width
            zoom = 1.0 if _same_size(face, other) else resize
            across = face.x + face.width / 2 - zoom * (other.x + other.width / 2)
            down = face.y + face.height / 2 - zoom * (other.y + other.height / 2)
            is_shift = zoom == 1 and max(abs(across), abs(down)) <= _LARGEST_SHIFT
            if is_shift or (zoom != 1 and 1 / _LARGEST_ZOOM <= zoom <= _LARGEST_ZOOM):
                yield _Movement(zoom, across, down)


def _nearest(
    faces: Sequence[Face], known: Sequence[Face], unlike: NDArray[np.float64], telling: NDArray[np.bool_]
) -> dict[int, int]:
    """One known face at most for each face, the nearest and likest pairs first.

    Args:
        faces: in one photo.
        known: in others, at the places where the camera's movement would put them.
        unlike: how unlike they are, (faces, known); NaN where unknown.
        telling: whether that tells them from all others (`_tells`).
    """
    pairs = sorted(
        (difference, number, other)
        for number, face in enumerate(faces)
        for other, last in enumerate(known)
        if (
            difference := _difference(face, last, float(unlike[number, other]), is_telling=bool(telling[number, other]))
        )
        < math.inf
    )
    matches: dict[int, int] = {}
    taken: set[int] = set()
    for _, number, other in pairs:
        if number not in matches and other not in taken:
            matches[number] = other
            taken.add(other)
    return matches


def _tells(unlike: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether two faces are much more like each other than either is like anybody else, (faces, known)."""
    others = np.minimum(_least_of_others(unlike), _least_of_others(unlike.T).T)
    return np.asarray(unlike <= others - _LIKER)


def _least_of_others(unlike: NDArray[np.float64]) -> NDArray[np.float64]:
    """The least value of each row but the own one; infinite where there is no other."""
    none = np.full((len(unlike), 2), math.inf)
    least, second = np.sort(np.hstack([unlike, none]), axis=1)[:, :2].T
    return np.asarray(np.where(unlike > least[:, None], least[:, None], second[:, None]))


def _difference(face: Face, last: Face, unlike: float, *, is_telling: bool) -> float:
    """How unsure it is that two faces are of one person; infinite if they are not.

    Args:
        face: in one photo.
        last: in another one, at the place where the camera's movement would put it.
        unlike: how unlike they are; NaN where unknown.
        is_telling: whether nobody else is nearly as like.
    """
    distance = _distance(face, last)
    if _same_size(face, last):
        is_like = unlike <= (_SURELY_LIKE if distance > _FARTHER else _PROBABLY_LIKE)
        is_possible = distance <= _FAR or (is_like and is_telling)
    else:
        is_close = 1 / _LARGEST_ZOOM <= face.width / last.width <= _LARGEST_ZOOM
        is_possible = is_close and is_telling and unlike <= _SURELY_LIKE
    if not is_possible:
        return math.inf
    return _WEIGHT_OF_POSITION * min(distance / _FAR, 1.0) + (0.0 if math.isnan(unlike) else unlike)


def _same_size(face: Face, last: Face) -> bool:
    return 1 / _LARGEST_RESIZE <= face.width / last.width <= _LARGEST_RESIZE


def _distance(face: Face, last: Face) -> float:
    """The distance between the centres of two faces, in widths of the second."""
    across = face.x + face.width / 2 - last.x - last.width / 2
    # Vertical positions are shares of the photo's height. The face's own shape converts them to shares of the width.
    down = (face.y + face.height / 2 - last.y - last.height / 2) * last.width / last.height
    return math.hypot(across, down) / last.width
