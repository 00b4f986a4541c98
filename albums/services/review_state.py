"""What people decide, mark and arrange in an album, as values that can be stored, applied and undone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from uuid import UUID

from albums.clocks import Camera, shifts_from_json, shifts_to_json
from albums.models import Cluster
from albums.picks import Wanted

Value = TypeVar("Value")


@dataclass(frozen=True)
class Place:
    """Photos that belong in one group, the best first. A single photo is in no group.

    Fields that are None follow from the groups the photos come from.
    """

    photo_ids: Sequence[UUID]
    kind: str = Cluster.Kind.MOMENT
    clear_winner: bool | None = None
    margin: float | None = None
    position: int | None = None


@dataclass(frozen=True)
class ManualGroup:
    """The value of `Photo.manual_group` and the kind of that group. None leaves the photo to the analysis."""

    group: UUID | None = None
    kind: str = Cluster.Kind.MOMENT


@dataclass(frozen=True)
class ReviewState:
    """Decisions, stars, labels, groups and settings, as they are, were or should be.

    What the state does not name stays as it is.
    """

    decisions: dict[UUID, str] = field(default_factory=dict)
    manual_groups: dict[UUID, ManualGroup] = field(default_factory=dict)
    places: Sequence[Place] = ()
    similarity: float | None = None
    wanted: Wanted | None = None
    camera_shifts: dict[Camera, int | None] = field(default_factory=dict)
    """Seconds to add to the clocks of these cameras; None leaves a camera to the grouping."""
    stars: dict[UUID, int] = field(default_factory=dict)
    labels: dict[UUID, str] = field(default_factory=dict)
    deciders: dict[UUID, UUID] = field(default_factory=dict)
    """The memberships whose decisions these were."""

    @property
    def photo_ids(self) -> set[UUID]:
        """Every photo that the state names."""
        placed = {photo_id for place in self.places for photo_id in place.photo_ids}
        return placed.union(self.manual_groups, *self.values.values())

    @property
    def values(self) -> dict[str, Mapping[UUID, Any]]:
        """What it gives to photos, by the column that has it."""
        return {"decision": self.decisions, "stars": self.stars, "label": self.labels}

    @property
    def is_only_marks(self) -> bool:
        """True when it names stars and labels, and nothing else. They change no pick."""
        # A step that was read from its JSON has a list of places, which no tuple equals.
        others = replace(self, stars={}, labels={}, places=tuple(self.places))
        return bool(self.stars or self.labels) and others == ReviewState()

    @property
    def is_about_groups(self) -> bool:
        """True when the album must be grouped and ranked again afterwards."""
        return bool(self.manual_groups or self.places or self.similarity is not None or self.camera_shifts)

    def about_others(self, others: Mapping[UUID, UUID]) -> ReviewState:
        """The same about other photos, for those that have one here. What is said of a photo itself comes first."""
        return replace(
            self,
            decisions=_by_other(self.decisions, others),
            manual_groups=_by_other(self.manual_groups, others),
            stars=_by_other(self.stars, others),
            labels=_by_other(self.labels, others),
            deciders=_by_other(self.deciders, others),
            places=[
                replace(place, photo_ids=list(dict.fromkeys(others.get(each, each) for each in place.photo_ids)))
                for place in self.places
            ],
        )

    def to_json(self) -> dict[str, Any]:
        """For a JSON column. Photo ids are listed by value, since many photos usually share one."""
        return {
            "decisions": {decision: _texts(ids) for decision, ids in _by_value(self.decisions).items()},
            "manual_groups": [
                [str(manual.group) if manual.group else None, manual.kind, _texts(ids)]
                for manual, ids in _by_value(self.manual_groups).items()
            ],
            "places": [
                [_texts(place.photo_ids), place.kind, place.clear_winner, place.margin, place.position]
                for place in self.places
            ],
            "similarity": self.similarity,
            "wanted": [self.wanted.count, self.wanted.share] if self.wanted else None,
            "camera_shifts": shifts_to_json(self.camera_shifts),
            "stars": {str(stars): _texts(ids) for stars, ids in _by_value(self.stars).items()},
            "labels": {label: _texts(ids) for label, ids in _by_value(self.labels).items()},
            "deciders": {str(member): _texts(ids) for member, ids in _by_value(self.deciders).items()},
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> ReviewState:
        """Read the result of `to_json`."""
        return cls(
            decisions={UUID(text): decision for decision, ids in kept["decisions"].items() for text in ids},
            manual_groups={
                UUID(text): ManualGroup(UUID(group) if group else None, kind)
                for group, kind, ids in kept["manual_groups"]
                for text in ids
            },
            places=[Place([UUID(text) for text in ids], *columns) for ids, *columns in kept["places"]],
            similarity=kept["similarity"],
            # Previous versions wrote none of these.
            wanted=Wanted(*kept["wanted"]) if kept.get("wanted") else None,
            camera_shifts=shifts_from_json(kept.get("camera_shifts", ())),
            stars={UUID(text): int(stars) for stars, ids in kept.get("stars", {}).items() for text in ids},
            labels={UUID(text): label for label, ids in kept.get("labels", {}).items() for text in ids},
            deciders={UUID(text): UUID(member) for member, ids in kept.get("deciders", {}).items() for text in ids},
        )


def _by_value(values: dict[UUID, Any]) -> dict[Any, list[UUID]]:
    by_value: dict[Any, list[UUID]] = defaultdict(list)
    for photo_id, value in values.items():
        by_value[value].append(photo_id)
    return by_value


def _texts(ids: Iterable[UUID]) -> list[str]:
    return [str(photo_id) for photo_id in ids]


def _by_other(values: Mapping[UUID, Value], others: Mapping[UUID, UUID]) -> dict[UUID, Value]:
    of_others = {others[photo_id]: value for photo_id, value in values.items() if photo_id in others}
    return of_others | {photo_id: value for photo_id, value in values.items() if photo_id not in others}
