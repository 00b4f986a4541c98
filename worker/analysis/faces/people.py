"""The same person in the shots of one moment, and whose eyes are shut in which.

One frame says little: a squint looks like a blink, and the cascades judge some eyes lower than others. The same
person's eyes in the other frames are what to compare with. And one blink ruins a portrait of eight people as much as
one of two, so what is lost adds up over people instead of being averaged over faces.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from albums.analysis import Face

Person = dict[int, Face]
"""Their face by the place of the photo."""

_FARTHEST = 0.8  # of the face's width, between its middles in two shots
_MOST_RESIZED = 1.6
_USUAL_VARIATION = 0.15  # of the openness of eyes that stay open
_OPEN = 0.6
_MISSED = 0.15  # lost where a face whose eyes are open in another shot is not found at all: shut eyes hide faces
_UNSEEN = 0.35  # lost where eyes that are open in another shot are not found in a face that looks at the camera


def find_people(faces: Sequence[Sequence[Face]]) -> list[Person]:
    """Faces of several photos by person, who hardly moves within a moment; `faces` of each photo, largest first."""
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
    """Between the face and the person's last one, in widths; infinite where one is far larger."""
    last = next(reversed(person.values()))  # photos are gone through in their order
    ratio = face.width / last.width
    if not 1 / _MOST_RESIZED <= ratio <= _MOST_RESIZED:
        return math.inf
    across = face.x + face.width / 2 - last.x - last.width / 2
    # Shares of the height are of another length than those of the width; so are those of the face.
    down = (face.y + face.height / 2 - last.y - last.height / 2) * last.width / last.height
    return math.hypot(across, down) / last.width


def eyes_lost(faces: Sequence[Sequence[Face]]) -> NDArray[np.float64]:
    """How much of their open eyes the people of each photo lack, (n,): 0 is none, 1 about one person's.

    Somebody whose eyes are never judged tells nothing.
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
        return _MISSED if best >= _OPEN else 0.0
    if face.eyes_open is None:
        return _UNSEEN if face.frontal and best >= _OPEN else 0.0
    return max(0.0, best - face.eyes_open - _USUAL_VARIATION)
