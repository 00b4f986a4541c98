"""What is said of the photos of a set: its shots differ on purpose, which is no fault."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from albums.analysis import Reason

SetKind = Literal["bracket", "focus_stack", "panorama"]

_OF_FOCUS: Final = {"softer", "blurred", "motion_blur", "out_of_focus", "noisier", "more_compressed"}
_CHANGED_BY_LIGHT: Final = {"sharpest", "sharper", "least_noise", "less_noise", "less_compressed"}
_GENERAL: Final = {"nearly_as_good", "not_as_good_overall"}


def reasons_of_set(reasons: Sequence[Sequence[Reason]], pick: int, kind: SetKind) -> list[list[Reason]]:
    """Change the reasons of the ranking, those of each photo, to what is true of a set.

    A shot of a focus stack is focused elsewhere, whatever that does to its sharpness, noise and compression. The pick
    of a bracket is not praised for what its exposure does to these. Each shot of a panorama shows another part of the
    scene, so none is compared. The pick always has a reason that pages show.
    """
    if kind == "panorama":
        return [[Reason.of("part_of_panorama")] for _ in reasons]
    changed = [_of_other(of_one, kind) for of_one in reasons]
    unsaid = {"no_clear_winner", *(_CHANGED_BY_LIGHT if kind == "bracket" else ())}
    said = [reason for reason in reasons[pick] if reason.code not in unsaid]
    changed[pick] = said or [Reason.of("best_of_set", len(reasons))]
    return changed


def _of_other(reasons: Sequence[Reason], kind: SetKind) -> list[Reason]:
    if kind != "focus_stack":
        return list(reasons)
    return [
        Reason.of("focused_elsewhere"),
        *(reason for reason in reasons if reason.code not in _OF_FOCUS | _GENERAL),
    ]
