"""Tells photos of different pages from several shots of one page.

Pages of text, slides, boards, receipts and screenshots look alike to every embedding, but no page can be laid over
another. Two shots of one page are aligned by features (SIFT) and a homography, which is how a plane changes when the
camera moves. Then nearly all of its strokes coincide. A template that pages share, as a letterhead, is not enough.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.analysis.grouping.registration import Features, find_features, matching_points
from worker.analysis.measures import Grey, tile_means

_SIDE = 512
_FEATURES = 600

_GROUND_TILE = 16
_WIDEST_STROKE = 11  # pixels at that side
_LEAST_STROKES = 8.0  # grey levels, root mean square
_FLAT = 0.35  # of the strokes: how much the ground varies within a tile
_LEAST_WRITTEN = 0.1  # of the tiles
_MOST_ALIGNED = 0.7  # coherence of the gradients; writing has strokes in all directions, lines and branches do not
_BARE, _LEAST_BARE = 0.2, 0.4  # of the strongest stroke; of the pixels of a tile
_MOST_UNEVEN = 0.05  # of the strongest stroke: how far the ground is from a smooth one

_LEAST_PAGES = 0.5  # of a group
_MOST_COMPARED = 400

_FEWEST_MATCHES = 12
_PIXELS_OFF = 3.0
_FINE, _COARSE = 0.7, 4.0  # pixels: the band of strokes
_TILE, _REACH = 24, 2  # pages are curved, so each tile may be a little off
_LEAST_CONTRAST = 4.0  # grey levels; tiles with less have no strokes
_FEWEST_TILES = 6
_LEAST_SHARED = 0.55  # of the tiles with strokes; two screens of one text, scrolled, share less
_TILE_LIKENESS = 0.6
_LEAST_SAME = 0.85  # of the tiles with strokes; a thumb or a glare may hide the others


def number_pages(photos: int, page: Callable[[int], bool], one_page: Callable[[int, int], bool]) -> list[int]:
    """Number the pages that the photos of a group show. Shots of one page have equal numbers.

    All are 0 if most photos are no pages. Otherwise all count as pages, because some may be blurred.

    Args:
        photos: how many there are, in order of capture.
        page: whether one shows a page (`is_page`). Only asked until that is clear for most.
        one_page: whether two show the same page (`show_one_page`).
    """
    if not _are_mostly(photos, page):
        return [0] * photos
    numbers = list(range(photos))
    # Shots of one page mostly follow each other.
    for one, other in sorted(combinations(range(photos), 2), key=lambda pair: pair[1] - pair[0])[:_MOST_COMPARED]:
        if numbers[one] != numbers[other] and one_page(one, other):
            numbers = [numbers[one] if number == numbers[other] else number for number in numbers]
    return numbers


def _are_mostly(photos: int, page: Callable[[int], bool]) -> bool:
    """Whether enough of the photos are pages."""
    pages = 0
    for seen in range(photos):
        if pages >= _LEAST_PAGES * photos or pages + photos - seen < _LEAST_PAGES * photos:
            break
        pages += page(seen)
    return pages >= _LEAST_PAGES * photos


def find_strokes(image: Grey) -> Features:
    """The features by which `show_one_page` lays a photo (h, w) of a page over another."""
    return find_features(image, _SIDE, _FEATURES)


def is_page(image: Grey) -> bool:
    """Whether a grey photo (h, w) shows fine strokes, as of writing, on an even ground that is lighter or darker."""
    scale = min(1.0, _SIDE / max(image.shape))
    small = np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    crossing = _coherence(small) <= _MOST_ALIGNED
    return any(_is_written(small, crossing, without) for without in (cv2.MORPH_CLOSE, cv2.MORPH_OPEN))


def _is_written(image: Grey, crossing: NDArray[np.bool_], without_strokes: int) -> bool:
    """Whether strokes that a morphological operation removes lie on an even ground.

    `crossing` says of each tile whether its gradients have different directions.
    """
    kernel = np.ones((_WIDEST_STROKE, _WIDEST_STROKE), np.uint8)
    ground = np.asarray(cv2.morphologyEx(image, without_strokes, kernel), np.uint8)
    strokes, level = cv2.absdiff(ground, image).astype(np.float32), ground.astype(np.float32)
    depth = np.sqrt(tile_means(strokes * strokes, _GROUND_TILE))
    mean = tile_means(level, _GROUND_TILE)
    spread = np.sqrt(np.maximum(tile_means(level * level, _GROUND_TILE) - mean * mean, 0))
    written = crossing & (depth >= _LEAST_STROKES) & (spread <= _FLAT * depth)
    if written.mean() < _LEAST_WRITTEN:
        return False
    pixels = _tiles(strokes, _GROUND_TILE)[written]
    strongest = np.quantile(pixels, 0.95, axis=1)
    bare = (pixels < _BARE * strongest[:, None]).mean(axis=1)
    down, right = np.nonzero(written)
    terms = np.stack([np.ones(len(down)), right, down, right * down, right**2, down**2], axis=1)
    smooth = terms @ np.linalg.lstsq(terms, mean[written], rcond=None)[0]
    uneven = np.median(np.abs(mean[written] - smooth))
    return bool(np.median(bare) >= _LEAST_BARE and uneven <= _MOST_UNEVEN * np.median(strongest))


def _coherence(image: Grey) -> NDArray[np.float64]:
    """How much the gradients of each tile share one direction, 0 to 1 (structure tensor)."""
    right, down = (cv2.Sobel(image, cv2.CV_32F, across, 1 - across) for across in (1, 0))
    along, across, both = (tile_means(part, _GROUND_TILE) for part in (right * right, down * down, right * down))
    return np.asarray(np.hypot(along - across, 2 * both) / np.maximum(along + across, 1e-6), np.float64)


def _tiles(image: NDArray[np.float32], side: int) -> NDArray[np.float32]:
    """The pixels of whole square tiles, (rows, columns, side²)."""
    rows, columns = image.shape[0] // side, image.shape[1] // side
    whole = image[: rows * side, : columns * side].reshape(rows, side, columns, side)
    return whole.swapaxes(1, 2).reshape(rows, columns, side * side)


def show_one_page(one: Features, other: Features) -> bool:
    """Whether two photos of pages show the same one, by their features (`find_strokes`)."""
    points, points_other = matching_points(one, other)
    if len(points) < _FEWEST_MATCHES:
        return False
    found, agree = cv2.findHomography(points_other, points, cv2.RANSAC, _PIXELS_OFF)
    if found is None or int(agree.sum()) < _FEWEST_MATCHES:
        return False
    size = one.image.shape[1], one.image.shape[0]
    warped = np.asarray(cv2.warpPerspective(other.image, found, size), np.uint8)
    covered = cv2.warpPerspective(np.ones_like(other.image), found, size, flags=cv2.INTER_NEAREST)
    likeness = _likeness_of_tiles(_band(one.image), _band(warped), np.asarray(covered, np.bool_))
    shared = likeness[np.isfinite(likeness)]
    if len(shared) < max(_FEWEST_TILES, _LEAST_SHARED * len(likeness)):
        return False
    return bool((shared >= _TILE_LIKENESS).mean() >= _LEAST_SAME)


def _likeness_of_tiles(
    one: NDArray[np.float32], other: NDArray[np.float32], covered: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """The correlation of each tile with strokes of the first with the second, moved a little; NaN if not covered."""
    height, width = one.shape
    found = []
    for top in range(_REACH, height - _TILE - _REACH + 1, _TILE):
        for left in range(_REACH, width - _TILE - _REACH + 1, _TILE):
            tile = one[top : top + _TILE, left : left + _TILE]
            if tile.std() < _LEAST_CONTRAST:
                continue
            if not covered[top : top + _TILE, left : left + _TILE].all():
                found.append(np.nan)
                continue
            around = other[top - _REACH : top + _TILE + _REACH, left - _REACH : left + _TILE + _REACH]
            found.append(float(cv2.matchTemplate(around, tile, cv2.TM_CCOEFF_NORMED).max()))
    return np.array(found, np.float64)


def _band(image: Grey) -> NDArray[np.float32]:
    fine, coarse = (cv2.GaussianBlur(image.astype(np.float32), (0, 0), sigma) for sigma in (_FINE, _COARSE))
    return np.asarray(fine - coarse, np.float32)
