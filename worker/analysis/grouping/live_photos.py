"""Finds the video of each Live Photo: a few seconds around the shot, in a file of its own."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from worker.analysis.grouping.companions import ShotFile
from worker.analysis.grouping.shot_names import plain_stem

_STILLS = ("image/heic", "image/jpeg")
_MOST_SECONDS_APART = 3.0
_LONGEST_SECONDS = 10.0
"""Of a video that is known by its name alone. Live Photos have three; other videos of the same name are longer."""


def live_videos(files: Sequence[ShotFile]) -> Mapping[int, int]:
    """For the index of the video of each Live Photo that of its picture, a JPEG or HEIC.

    Apple writes one identifier into both. Where one of the two files has lost it, the same name (without its ending)
    and a time at most three seconds apart decide. Of several pictures that fit, such as copies, the one in
    the video's folder and with its name comes first, then the one with the most pixels.
    """
    stills = [index for index, file in enumerate(files) if file.content_type in _STILLS]
    by_id: dict[str, list[int]] = defaultdict(list)
    by_stem: dict[str, list[int]] = defaultdict(list)
    for index in stills:
        by_stem[plain_stem(files[index].name)].append(index)
        if files[index].content_id:
            by_id[files[index].content_id].append(index)
    found = {}
    for index, video in enumerate(files):
        if video.is_video:
            same_id = by_id.get(video.content_id, []) if video.content_id else []
            fitting = same_id or list(_by_name(files, video, by_stem.get(plain_stem(video.name), [])))
            if fitting:
                found[index] = min(fitting, key=lambda still: _distance(video, files[still]))
    return found


def _distance(video: ShotFile, still: ShotFile) -> tuple[bool, bool, int]:
    is_other_name = plain_stem(still.name) != plain_stem(video.name)
    return still.folder != video.folder, is_other_name, -still.pixels


def _by_name(files: Sequence[ShotFile], video: ShotFile, stills: Sequence[int]) -> Iterator[int]:
    if not video.length <= _LONGEST_SECONDS:
        return
    for still in stills:
        have_other_ids = bool(video.content_id and files[still].content_id)
        apart = abs(files[still].seconds - video.seconds)
        if not have_other_ids and math.isfinite(apart) and apart <= _MOST_SECONDS_APART:
            yield still
