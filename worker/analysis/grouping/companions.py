"""Finds the files of one shot: a RAW file and the JPEG or HEIC that the camera wrote with it.

Names pair first, because cameras give both files one name. The time of the two may differ by a second. Files of one
folder pair before those of two, because names begin again in another folder.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

from worker.analysis.grouping.shot_names import is_camera_thumbnail, plain_stem

_SHOWN = ("image/jpeg", "image/heic")
"""What may be shown in place of a RAW file, the first before the second."""
_MOST_SECONDS = 1.0


@dataclass(frozen=True)
class ShotFile:
    """What is known of one file.

    Attributes:
        name: with its ending.
        content_type: by its content.
        is_raw: whether it is a RAW file.
        seconds: the capture time that the file says; NaN where it does not.
        camera: that took it; empty where the file does not say.
        pixels: of the photo.
        folder: in which it was uploaded; empty where nobody said.
        length: of a video, in seconds; NaN where it is not known.
        content_id: Apple's identifier of a Live Photo; empty where the file has none.
    """

    name: str
    content_type: str
    is_raw: bool
    seconds: float
    camera: str
    pixels: int
    folder: str = ""
    length: float = math.nan
    content_id: str = ""

    @property
    def is_video(self) -> bool:
        """Whether it is a video; else it is a picture."""
        return self.content_type.startswith("video/")


def companions_of(files: Sequence[ShotFile]) -> Mapping[int, int]:
    """For the index of each companion the index of the file that is shown and judged instead.

    A RAW file goes with the JPEG, or else the HEIC, of the same name (without its ending), time and camera: of several,
    such as smaller copies, with the one that has the most pixels. A HEIC beside the two goes with the JPEG as well.
    Files without a capture time have no companions: names begin again after 9,999 photos. A file that has none in its
    own folder may have one in another, for many people keep RAW files in a folder of their own.
    """
    timed = [
        index for index, file in enumerate(files) if math.isfinite(file.seconds) and not is_camera_thumbnail(file.name)
    ]
    found = _companions_among(files, timed, lambda file: (file.folder, plain_stem(file.name)))
    paired = {*found, *found.values()}
    single = [index for index in timed if index not in paired]
    return {**found, **_companions_among(files, single, lambda file: plain_stem(file.name))}


def _companions_among(
    files: Sequence[ShotFile], indices: Sequence[int], key: Callable[[ShotFile], Hashable]
) -> dict[int, int]:
    """The companions among these files, of which only those with the same key are compared."""
    by_stem: dict[Hashable, list[int]] = defaultdict(list)
    for index in indices:
        by_stem[key(files[index])].append(index)
    found: dict[int, int] = {}
    for alike in by_stem.values():
        ranks = _ranks_of_shown(files, alike)
        by_time = sorted(ranks, key=lambda index: files[index].seconds)
        seconds = [files[index].seconds for index in by_time]
        for raw in (index for index in alike if files[index].is_raw):
            near = by_time[within_a_second(seconds, files[raw].seconds)]
            same = sorted((index for index in near if _is_one_shot(files[raw], files[index])), key=ranks.__getitem__)
            others = [index for index in same if files[index].content_type != files[same[0]].content_type]
            found.update(dict.fromkeys([raw, *others[:1]], same[0]) if same else {})
    # The HEIC of one RAW file may be the companion of a JPEG that is too far from that.
    return {companion: found.get(shown, shown) for companion, shown in found.items()}


def _ranks_of_shown(files: Sequence[ShotFile], indices: Sequence[int]) -> dict[int, int]:
    """For each file that may be shown its rank. Of the same format, camera and time only the first may be."""
    shown = [index for index in indices if not files[index].is_raw and files[index].content_type in _SHOWN]
    shown.sort(key=lambda index: (_SHOWN.index(files[index].content_type), -files[index].pixels))
    firsts: dict[tuple[str, str, float], int] = {}
    for index in shown:
        firsts.setdefault((files[index].content_type, files[index].camera, files[index].seconds), index)
    return {index: rank for rank, index in enumerate(firsts.values())}


def within_a_second(seconds: Sequence[float], middle: float) -> slice:
    """Which of the sorted times are at most a second away from this one."""

    def away(each: float) -> float:
        return each - middle

    start = bisect_left(seconds, -_MOST_SECONDS, key=away)
    return slice(start, bisect_right(seconds, _MOST_SECONDS, lo=start, key=away))


def is_one_camera(first: ShotFile, second: ShotFile) -> bool:
    """Whether the two name no different cameras."""
    return not (first.camera and second.camera) or first.camera == second.camera


def _is_one_shot(first: ShotFile, second: ShotFile) -> bool:
    return is_one_camera(first, second) and abs(first.seconds - second.seconds) <= _MOST_SECONDS
