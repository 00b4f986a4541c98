"""What each face of a group shows beside the same person's faces in the other shots, to be looked at in close-up."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median

from albums.analysis import CloseUp, Face, Flaw
from worker.analysis.faces.people import PLAINLY_SHUT, PeopleFound, Person, shut_of, turned_of

_PLAINLY_TURNED = 0.5  # of the way from facing to averted
_PLAINLY_SOFT = math.log(2)  # half of the gradients' energy over that of a coarse scale
_BEHIND = 0.4  # of the widest face, or less
_USUALLY_THERE = 0.5  # of the shots, or more; somebody in fewer walked past, and is not missing in the others


@dataclass(frozen=True)
class PeopleOfGroup:
    """The people of a group.

    Attributes:
        close_ups: of each photo, one for each face in its order; none where an older version measured the faces.
        count: how many people are in at least half of the shots. They have the lowest numbers.
        differ: how many people have a flaw, or are missing, in some shots only.
    """

    close_ups: list[list[CloseUp]]
    count: int
    differ: int


def people_of_group(found: PeopleFound, *, are_alternatives: bool = True) -> PeopleOfGroup:
    """Number the people of a group, and tell the flaws of their faces.

    First come those who are usually there and in front, and among them those whose faces differ. Otherwise they are
    numbered as they stand, from left to right.

    Args:
        found: the people of its shots.
        are_alternatives: whether one of the shots is to be chosen. If not, they differ on purpose, and have no flaws.
    """
    shots = sum(not is_older for is_older in found.older)
    widest = found.widest
    people = [_Seen(person, shots, widest, are_alternatives=are_alternatives) for person in found.people]
    people.sort(key=lambda seen: (not seen.is_usual, seen.is_behind, not seen.differs, seen.across))
    close_up_of = {
        (place, id(face)): seen.close_up(number, place)
        for number, seen in enumerate(people)
        for place, face in seen.person.items()
    }
    close_ups = [[close_up_of[place, id(face)] for face in in_photo] for place, in_photo in enumerate(found.faces)]
    return PeopleOfGroup(close_ups, sum(seen.is_usual for seen in people), sum(seen.differs for seen in people))


class _Seen:
    """One person in the shots of a group.

    Attributes:
        is_usual: whether they are in at least half of the shots.
        differs: whether their faces have a flaw, or are missing, in some shots only.
        is_behind: whether their face is much smaller than another one.
        across: where they usually are, from 0 on the left to 1.
    """

    def __init__(self, person: Person, shots: int, widest: float, *, are_alternatives: bool) -> None:
        self.person = person
        self._least_shut = min(map(shut_of, person.values()))
        self._least_turned = min(map(turned_of, person.values()))
        self._sharpest = max(face.sharpness for face in person.values())
        self._flaws = {place: self._flaws_of(face) if are_alternatives else [] for place, face in person.items()}
        self.is_usual = len(person) / shots >= _USUALLY_THERE
        has_flaws = any(self._flaws.values())
        self.differs = has_flaws or (are_alternatives and self.is_usual and len(person) < shots)
        self._best = min(person, key=lambda place: self._loss_of(person[place])) if has_flaws else None
        self.is_behind = max(face.width for face in person.values()) <= _BEHIND * widest
        self.across = median(face.x + face.width / 2 for face in person.values())

    def _flaws_of(self, face: Face) -> list[Flaw]:
        flaws: list[Flaw] = []
        if face.eyes_open is not None and shut_of(face) - self._least_shut >= PLAINLY_SHUT:
            flaws.append("eyes_shut")
        if turned_of(face) - self._least_turned >= _PLAINLY_TURNED:
            flaws.append("turned_away")
        if self._sharpest - face.sharpness >= _PLAINLY_SOFT:
            flaws.append("soft")
        return flaws

    def close_up(self, number: int, place: int) -> CloseUp:
        face = self.person[place]
        x, y, width, height = (round(side, 5) for side in (face.x, face.y, face.width, face.height))
        return CloseUp(
            *(x, y, width, height),
            person=number,
            loss=round(self._loss_of(face), 3),
            flaws=self._flaws[place],
            best=place == self._best,
        )

    def _loss_of(self, face: Face) -> float:
        """What the face lacks; a plain flaw of each kind is about 1."""
        return shut_of(face) + turned_of(face) + (self._sharpest - face.sharpness) / _PLAINLY_SOFT
