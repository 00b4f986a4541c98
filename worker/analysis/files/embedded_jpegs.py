"""Finds the JPEG pictures inside a camera raw file by their bytes.

Cameras put a JPEG of the finished picture into nearly every raw file, and each maker lists it elsewhere: in a directory
of TIFF, a maker note, a box or a heap. As bytes they all look alike. So this finds them in formats that nobody knows
yet, and in files whose tables or raw data are damaged.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import cast

from worker.analysis.files.damage import END_OF_JPEG, START_OF_SCAN, jpeg_segments

_START = b"\xff\xd8\xff"
_FRAMES = (0xC0, 0xC1, 0xC2)
"""Baseline, extended and progressive. Raw data may be lossless JPEG (0xC3), which is not for eyes."""
_MOST_STARTS = 10_000  # raw data in tiles has thousands
_MOST_SEGMENTS = 200  # before the frame
_MOST_TRIED = 8
_MOST_WALKED = 10_000  # segments, in all tries together; real pictures have dozens
_MOST_SEARCHED = 2  # times the file, in all tries together, for ends that are not there


@dataclass(frozen=True)
class _Found:
    start: int
    width: int
    height: int


def largest_jpeg(data: bytes, *, ignored: Collection[int] = ()) -> bytes | None:
    """The JPEG in colour with the most pixels that has an end, the first of several; None if there is none.

    `ignored` are offsets of JPEG streams that are not pictures, such as tiles of raw data.
    """
    found = [each for each in _pictures(data) if each.start not in ignored]
    found.sort(key=lambda each: each.width * each.height, reverse=True)
    left = iter(range(_MOST_WALKED))
    searched = 0
    for each in found[:_MOST_TRIED]:
        if searched > _MOST_SEARCHED * len(data):
            break
        if whole := _whole(data, each.start, left):
            return whole
        searched += len(data) - each.start
    return None


def _pictures(data: bytes) -> Iterator[_Found]:
    position = -1
    for _ in range(_MOST_STARTS):
        position = data.find(_START, position + 1)
        if position < 0:
            return
        size = _size(data, position)
        if size is not None:
            yield _Found(position, *size)


def _size(data: bytes, start: int) -> tuple[int, int] | None:
    """Width and height of the JPEG of three colours that starts here; None if no such JPEG does."""
    position = start + 2
    for _ in range(_MOST_SEGMENTS):
        if data[position : position + 1] != b"\xff" or position + 10 > len(data):
            return None
        marker = data[position + 1]
        if marker in _FRAMES:
            bits, height, width = data[position + 4], *_numbers(data, position + 5)
            is_picture = bits == 8 and data[position + 9] == 3 and width > 0 and height > 0
            return (width, height) if is_picture else None
        if marker == START_OF_SCAN or marker < 0xC0:
            return None
        position += 2 + int.from_bytes(data[position + 2 : position + 4], "big")
    return None


def _numbers(data: bytes, position: int) -> tuple[int, int]:
    return (
        int.from_bytes(data[position : position + 2], "big"),
        int.from_bytes(data[position + 2 : position + 4], "big"),
    )


def _whole(data: bytes, start: int, left: Iterator[int]) -> bytes | None:
    """The JPEG up to its end; None if it is cut off, or has more segments than there are numbers left."""
    rest = cast("bytes", memoryview(data)[start:])  # no copy; `jpeg_segments` only searches it and takes slices
    last = deque(zip(left, jpeg_segments(rest), strict=False), maxlen=1)
    if not last or last[0][1].marker != END_OF_JPEG[1]:
        return None
    return data[start : start + last[0][1].end]
