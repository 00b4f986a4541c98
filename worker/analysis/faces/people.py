"""Matches people across the shots of one moment, and finds out whose eyes are closed in which shot.

One frame says little: a squint looks like a blink, and the cascades rate some people's eyes lower than others'. So each
person is compared with the same person in the other frames. One blink ruins a portrait of eight people as much as one
of two, so losses add up over people; a mean over faces would hide them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from albums.analysis import Face

Person = dict[int, Face]
"""One person's faces, by the index of the photo."""

_FARTHEST = 0.8  # of the face's width, between its centres in two shots
_LARGEST_RESIZE = 1.6
_USUAL_VARIATION = 0.15  # of the openness of eyes that stay open
_OPEN = 0.6
_LOST_WITHOUT_FACE = 0.15  # if the eyes are open in another shot, but the face is not found: closed eyes hide faces
_LOST_WITHOUT_EYES = 0.35  # if the eyes are open in another shot, but not found although the face looks at the camera


def find_people(faces: Sequence[Sequence[Face]]) -> list[Person]:
    """Group the faces of several photos by person. Assumes that people hardly move within a moment.

    Args:
        faces: of each photo, largest first.
    """
    people: list[Person] = []
    for place, in_photo in enumerate(faces):
        for face in in_photo:
            near = [person for person in people if place not in person and _distance(face, person) <= _FARTHEST]
            if near:
                min(near, key=lambda person: _distance(face, person))[place] = face
            else:
                people.append({place: face})
    return people


def _distance(face: Face, person: Person) -> float:
    """The distance between a face and the person's last one, in widths; infinite if one is far larger."""
    last = next(reversed(person.values()))  # photos come in order
    ratio = face.width / last.width
    if not 1 / _LARGEST_RESIZE <= ratio <= _LARGEST_RESIZE:
        return math.inf
    across = face.x + face.width / 2 - last.x - last.width / 2
    # Vertical positions are shares of the photo's height. The face's own shape converts them to shares of the width.
    down = (face.y + face.height / 2 - last.y - last.height / 2) * last.width / last.height
    return math.hypot(across, down) / last.width


def eyes_lost(faces: Sequence[Sequence[Face]]) -> NDArray[np.float64]:
    """How many people's open eyes each photo lacks, (n,): 0 means none, 1 about one person's.

    People whose eyes are judged in no photo do not count.
    """
    lost = np.zeros(len(faces))
    widest = max((face.width for in_photo in faces for face in in_photo), default=0.0)
    for person in find_people(faces):
        best = max((face.eyes_open or 0.0 for face in person.values()), default=0.0)
        weight = max(face.width for face in person.values()) / widest
        for place in range(len(faces)):
            lost[place] += weight * _lost(person.get(place), best)
    return lost


def _lost(face: Face | None, best: float) -> float:
    if face is None:
        return _LOST_WITHOUT_FACE if best >= _OPEN else 0.0
    if face.eyes_open is None:
        return _LOST_WITHOUT_EYES if face.frontal and best >= _OPEN else 0.0
    return max(0.0, best - face.eyes_open - _USUAL_VARIATION)
