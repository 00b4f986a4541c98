"""Arranges a few photos as one block, uncut, with equal gaps: rows of one height, or columns of one width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from albums.prints.pages import Box, PrintPhoto


@dataclass(frozen=True)
class Block:
    """Boxes of photos, in their order, and how good that is: from 0 to 1."""

    photos: Sequence[PrintPhoto]
    boxes: Sequence[Box]
    score: float


def best_block(photos: Sequence[PrintPhoto], area: Box, *, gap: float, caption: float = 0) -> Block:
    """The arrangement that fills the area best with photos of similar size.

    Every photo has `caption` millimetres of room below it. The order stays, unless portraits beside portraits are
    clearly better.
    """
    by_shape = sorted(photos, key=lambda photo: photo.aspect >= 1)
    orders = [photos] if by_shape == list(photos) else [photos, by_shape]
    blocks = [
        Block(order, boxes, _score(boxes, area) * (1 if order is photos else 0.93))
        for order in orders
        for sizes in _compositions(len(photos))
        for boxes in _arrangements(order, sizes, area, gap, caption)
    ]
    if not blocks:  # no room for all of them: what is left is too small for their gaps
        return Block(photos, [area.fitted(photo.aspect) for photo in photos[:1]], 0)
    return max(blocks, key=lambda block: block.score)


def _compositions(count: int) -> Iterator[list[int]]:
    """All ways to divide this number of photos into rows."""
    for cuts in range(1 << (count - 1)):
        sizes, size = [], 1
        for place in range(count - 1):
            if cuts >> place & 1:
                sizes.append(size)
                size = 0
            size += 1
        yield [*sizes, size]


def _arrangements(
    photos: Sequence[PrintPhoto], sizes: Sequence[int], area: Box, gap: float, caption: float
) -> Iterator[list[Box]]:
    aspects = [photo.aspect for photo in photos]
    lines, start = [], 0
    for size in sizes:
        lines.append(aspects[start : start + size])
        start += size
    if rows := _rows(lines, area, gap, caption):
        yield rows
    if columns := _columns(lines, area, gap, caption):
        yield columns


def _rows(lines: Sequence[Sequence[float]], area: Box, gap: float, caption: float) -> list[Box]:
    """Rows of one width. It is the largest with which all rows fit the height."""
    fixed = sum(caption - gap * (len(line) - 1) / sum(line) for line in lines) + gap * (len(lines) - 1)
    width = min(area.width, (area.height - fixed) / sum(1 / sum(line) for line in lines))
    heights = [(width - gap * (len(line) - 1)) / sum(line) for line in lines]
    if min(heights) <= 0:
        return []
    total = sum(heights) + caption * len(lines) + gap * (len(lines) - 1)
    place = area.centred(width, total)
    boxes, y = [], place.y
    for line, height in zip(lines, heights, strict=True):
        x = place.x
        for aspect in line:
            boxes.append(Box(x, y, height * aspect, height))
            x += height * aspect + gap
        y += height + caption + gap
    return boxes


def _columns(lines: Sequence[Sequence[float]], area: Box, gap: float, caption: float) -> list[Box]:
    """Columns of one height. It is the largest with which all columns fit the width."""
    heights_per_width = [sum(1 / aspect for aspect in line) for line in lines]
    taken = [gap * (len(line) - 1) + caption * len(line) for line in lines]
    pairs = list(zip(taken, heights_per_width, strict=True))
    fixed = gap * (len(lines) - 1) - sum(part / per for part, per in pairs)
    height = min(area.height, (area.width - fixed) / sum(1 / per for per in heights_per_width))
    widths = [(height - part) / per for part, per in pairs]
    if min(widths) <= 0:
        return []
    place = area.centred(sum(widths) + gap * (len(lines) - 1), height)
    boxes, x = [], place.x
    for line, width in zip(lines, widths, strict=True):
        y = place.y
        for aspect in line:
            boxes.append(Box(x, y, width, width / aspect))
            y += width / aspect + caption + gap
        x += width + gap
    return boxes


def _score(boxes: Sequence[Box], area: Box) -> float:
    """How much of the area is covered, less where one photo is much smaller than the others."""
    areas = [box.area for box in boxes]
    return sum(areas) / area.area * sqrt(min(areas) * len(areas) / sum(areas))
