"""Finds where faces may be, with BlazeFace for full range (Bazarevsky et al. 2019), in the photo at several sizes.

Anchors and decoding are those of MediaPipe's face_detection_full_range: one layer of 48 by 48 anchors with a stride of
4 pixels, boxes and points in pixels from the anchor's centre, scores as logits. The network has only convolutions, so
it takes a larger picture as well as tiles of it. That is half the work, because tiles overlap.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.analysis.faces.boxes import Box
from worker.analysis.faces.networks import SEARCH, load_network, load_search_of_any_size
from worker.analysis.files import nominal_side

Pixels = NDArray[np.uint8]
Scores = NDArray[np.float64]
Corner = tuple[float, float]
Points = NDArray[np.float64]
"""Of each face its centre, its size (width, height), and six points, of which the first two are the eyes; (n, 8, 2)."""

_SIDE = 192
_STRIDE = 4
_LARGE_SIDE = 640  # of the large picture of the whole photo
_MULTIPLE = 32  # sides of larger pictures
_LEAST_SCORE = 0.25  # lower than usual, because the face mesh confirms each face
# More tiles find smaller faces and take more time. The network finds faces from about a tenth of its side.
_MOST_TILES = 12
_FINER = 7.5  # tiles of this part of the photo's longest side find the small faces of a group
_OVERLAP = 0.1  # of a tile's side with its neighbours; larger faces are found in the whole photo
_PLAIN = 4.0  # grey levels
_SMALL = 0.05  # of the photo's longest side; beside faces this small may be others that are too small
_BESIDE = 3.0  # times the width of such a face
_SAME_OVERLAP = 0.3  # intersection over union
_MOST_CANDIDATES = 60
_LEAST_LOGIT = math.log(_LEAST_SCORE / (1 - _LEAST_SCORE))


class FaceSearch:
    """Finds candidates. Keeps the network's state, so each thread needs its own."""

    def __init__(self) -> None:
        self._network = load_network(SEARCH, rounded=True)
        self._network_of_any_size = load_search_of_any_size()

    def find(self, image: Pixels) -> list[Box]:
        """Each place that may show a face once, the likeliest first; `confidence` is the network's score.

        Args:
            image: the photo, (h, w, 3).
        """
        height, width = image.shape[:2]
        tiles, side = tiles_of(width, height)
        large = min(1.0, _LARGE_SIDE / nominal_side(width, height))
        picture = _shrunk(image, large)
        found: list[tuple[Points, Scores]] = []
        if self._network_of_any_size and len(tiles) > 1:
            found.append(self._found_in(picture, large))
        elif len(tiles) > 1:
            found += self._found_in_tiles(image, tiles, side)
        coarse = min(1.0, _SIDE / nominal_side(width, height))
        found.append(self._found_in(_shrunk(picture, coarse / large), coarse))
        return _one_per_place(found)

    def find_beside(self, image: Pixels, faces: Sequence[Box]) -> list[Box]:
        """More such places around the small ones of these faces, where others may be too small for `find`."""
        height, width = image.shape[:2]
        tiles = finer_tiles(faces, width, height)
        found = self._found_in_tiles(image, tiles, nominal_side(width, height) / _FINER) if tiles else []
        return _one_per_place(found) if found else []

    def _found_in_tiles(self, image: Pixels, tiles: Sequence[Corner], side: float) -> list[tuple[Points, Scores]]:
        scale = min(1.0, _SIDE / side)
        small = _shrunk(image, scale)
        corners = [(round(left * scale), round(top * scale)) for left, top in tiles]
        parts = ((x, y, small[y : y + _SIDE, x : x + _SIDE]) for x, y in corners)
        return [self._found_in(part, scale, x / scale, y / scale) for x, y, part in parts if _has_structure(part)]

    def _found_in(self, part: Pixels, scale: float, left: float = 0.0, top: float = 0.0) -> tuple[Points, Scores]:
        """The likely faces in a part of the photo at this scale, in pixels of the photo."""
        height, width = part.shape[:2]
        network = self._network
        rows = columns = _SIDE
        if self._network_of_any_size and max(height, width) > _SIDE:
            network = self._network_of_any_size
            rows, columns = (-(-length // _MULTIPLE) * _MULTIPLE for length in (height, width))
        picture = np.full((1, rows, columns, 3), -1, np.float32)
        inside = picture[0, :height, :width]
        np.multiply(part, np.float32(1 / 127.5), out=inside)
        inside -= 1
        regressors, logits = network(picture)
        likely = np.flatnonzero(logits.ravel() > _LEAST_LOGIT)
        scores = 1 / (1 + np.exp(-logits.ravel()[likely].astype(np.float64)))
        points = regressors.reshape(logits.size, -1, 2)[likely].astype(np.float64)
        sizes = np.maximum(points[:, 1], 1.0) / scale
        anchors = np.stack(np.divmod(likely, columns // _STRIDE)[::-1], axis=-1)[:, None] + 0.5
        points = (points + anchors * _STRIDE) / scale + (left, top)
        points[:, 1] = sizes
        return points, scores


def _has_structure(part: Pixels) -> bool:
    """Whether a part is more than a night sky or a plain wall, which would only take time."""
    return bool(cv2.meanStdDev(part)[1].max() > _PLAIN)


def _one_per_place(found: Sequence[tuple[Points, Scores]]) -> list[Box]:
    """Non-maximum suppression: boxes that overlap a likelier one, or hold its centre, or whose centre it holds, go."""
    points, scores = (np.concatenate(arrays) for arrays in zip(*found, strict=True))
    order = np.argsort(-scores, kind="stable")
    points, scores = points[order], scores[order]
    kept: list[Box] = []
    while len(scores) and len(kept) < _MOST_CANDIDATES:
        centres, sizes = points[:, 0], points[:, 1]
        (x, y), (width, height) = centres[0].tolist(), sizes[0].tolist()
        eyes = ((float(points[0, 2, 0]), float(points[0, 2, 1])), (float(points[0, 3, 0]), float(points[0, 3, 1])))
        kept.append(Box(x - width / 2, y - height / 2, width, height, float(scores[0]), eyes=eyes))
        apart = np.abs(centres - centres[0])
        shared = np.clip((sizes + sizes[0]) / 2 - apart, 0, np.minimum(sizes, sizes[0])).prod(axis=1)
        overlap = shared / (sizes.prod(axis=1) + width * height - shared)
        same = (overlap > _SAME_OVERLAP) | (apart < np.maximum(sizes, sizes[0]) / 2).all(axis=1)
        same[0] = True
        points, scores = points[~same], scores[~same]
    return kept


def tiles_of(width: int, height: int) -> tuple[list[Corner], float]:
    """The upper left corners of square tiles that cover a photo, and their side, in pixels.

    Of all grids with at most _MOST_TILES tiles, the one with the smallest. No tile is smaller than the network's
    picture, and no grid has more tiles than it needs for that.
    """
    grids = [
        (max(_SIDE, _side_for(width, across), _side_for(height, down)), across * down, across, down)
        for across in range(1, _MOST_TILES + 1)
        for down in range(1, _MOST_TILES // across + 1)
    ]
    side, _, across, down = min(grids)
    return [(x, y) for y in _starts(height, side, down) for x in _starts(width, side, across)], side


def finer_tiles(faces: Sequence[Box], width: int, height: int) -> list[Corner]:
    """Smaller tiles around the small ones of these faces, the nearest first: people stand beside people."""
    finer = nominal_side(width, height) / _FINER
    small = [face for face in faces if face.width < _SMALL * nominal_side(width, height)]
    if not small or finer < _SIDE:
        return []
    counts = (math.ceil((length - finer) / (finer * (1 - _OVERLAP))) + 1 for length in (width, height))
    across, down = (max(1, count) for count in counts)
    centres = np.array([[box.x + box.width / 2, box.y + box.height / 2, box.width] for box in small])

    def faces_away(corner: Corner) -> float:
        """How many times its width the nearest small face is outside of the tile."""
        outside = np.abs(centres[:, :2] - corner - finer / 2) - finer / 2
        return float((outside.max(axis=1) / centres[:, 2]).min())

    tiles = [(x, y) for y in _starts(height, finer, down) for x in _starts(width, finer, across)]
    near = sorted((away, corner) for corner in tiles if (away := faces_away(corner)) < _BESIDE)
    return [corner for _, corner in near[:_MOST_TILES]]


def _side_for(length: int, count: int) -> float:
    return length / (count - (count - 1) * _OVERLAP)


def _starts(length: int, side: float, count: int) -> Iterator[float]:
    step = max(0.0, length - side) / (count - 1) if count > 1 else 0.0
    return (place * step for place in range(count))


def _shrunk(image: Pixels, scale: float) -> Pixels:
    """Shrink by halves first, because OpenCV averages by whole factors many times as fast as by others."""
    if scale >= 1:
        return image
    width, height = max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale))
    while min(image.shape[0] // height, image.shape[1] // width) >= 2:
        halves = image.shape[1] // 2, image.shape[0] // 2
        image = np.asarray(
            cv2.resize(image[: 2 * halves[1], : 2 * halves[0]], halves, interpolation=cv2.INTER_AREA), np.uint8
        )
    return np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)
