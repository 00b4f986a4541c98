"""Finds the originals of edited copies: what Google Photos, Apple, Lightroom and Pixel phones wrote beside a photo."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from worker.analysis.grouping.companions import ShotFile, is_one_camera, within_a_second
from worker.analysis.grouping.shot_names import names_as_edited, names_as_original, plain, plain_stem

_MOST_ORIGINALS = 8
"""Of one name and time. No shot has more."""


def with_edited_copies(files: Sequence[ShotFile], companions: Mapping[int, int]) -> dict[int, int]:
    """These companions, and the originals of edited copies with their companions: the edited copy is shown.

    The names must say so, in one folder, and neither the times nor the cameras may say otherwise. Without a time there
    must be one original of each format only: names begin again after 9,999 photos. Of two copies the first is shown
    for the original; the second stays a photo.
    """
    found = dict(companions)
    followers: dict[int, list[int]] = defaultdict(list)
    for companion, shown in companions.items():
        followers[shown].append(companion)
    originals = _Originals(files)
    edited: set[int] = set()
    for index, file in enumerate(files):
        if index in found or file.is_video or file.is_raw:
            continue
        for original in originals.of(file):
            shown = found.get(original, original)
            if shown != index and shown not in edited:
                moved = [shown, *followers.pop(shown, [])]
                found.update(dict.fromkeys(moved, index))
                followers[index] += moved
                edited.add(index)
    return found


class _Originals:
    """The files that edited copies may be made from, by folder and name: those with a time in order, and the others."""

    def __init__(self, files: Sequence[ShotFile]) -> None:
        self._files = files
        self._timed: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._untimed: dict[tuple[str, str], list[int]] = defaultdict(list)
        for index, file in enumerate(files):
            places = self._timed if math.isfinite(file.seconds) else self._untimed
            for name in names_as_original(plain_stem(file.name)) if not file.is_video else ():
                places[file.folder, name].append(index)
        for found in self._timed.values():
            found.sort(key=lambda index: files[index].seconds)
        self._seconds = {place: [files[each].seconds for each in found] for place, found in self._timed.items()}

    def of(self, copy: ShotFile) -> list[int]:
        """The originals of this copy; none if there are too many to be sure."""
        for name in names_as_edited(plain_stem(copy.name)):
            place = (copy.folder, name)
            near, untimed = self._timed.get(place, []), self._untimed.get(place, [])
            if near and math.isfinite(copy.seconds):
                near = near[within_a_second(self._seconds[place], copy.seconds)]
            found = [each for each in (*near, *untimed) if is_one_camera(copy, self._files[each])]
            names = {plain(self._files[each].name) for each in found}
            if found and len(found) <= _MOST_ORIGINALS and len(names) == len(found):
                return found
        return []
