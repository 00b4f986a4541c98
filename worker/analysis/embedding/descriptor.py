"""A hand-crafted image descriptor, which groups photos when there is no trained network.

It has four parts, each of length one, so that none dominates. A coarse layout in CIE Lab says where light and colours
are. Histograms of oriented gradients (Dalal and Triggs 2005) say where the edges are. Two histograms over hue,
saturation and value say which colours there are: one of the photo as it is, one after equalising its lightness. They
are compared by the Bhattacharyya coefficient, which is the dot product of the square roots.

Shots of one moment differ in exposure, most of all in brackets. So the layout measures lightness relative to the
photo's own mean and spread, and one of the two colour histograms ignores exposure.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.analysis.models import DESCRIPTOR_LENGTH

_LAYOUT_SIDE = 8
_EDGE_SIDE = 128
_EDGE_CELL = 16
_EDGE_BINS = 9
_HUES, _SATURATIONS, _VALUES = 12, 4, 4

# In units of Lab. A photo with less spread of lightness than this is flat, and its noise must not be amplified.
# The second is the usual spread of a and b in a coarse layout; dividing by it matches the standardised lightness.
_LIGHTNESS_FLOOR = 5.0
_CHROMA_SPREAD = 12.5


def describe(images: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
    """Describe upright RGB photos by layout, edges and colours.

    Args:
        images: arrays of shape (height, width, 3), uint8, RGB. Sizes may differ. Thumbnails of a few hundred pixels
            are enough, because each is reduced to 128 by 128 pixels.

    Returns:
        An array of shape (number of images, DESCRIPTOR_LENGTH), float32, each row of length one. The dot
        product of two rows is their cosine similarity.

    Raises:
        ValueError: an image is not a non-empty uint8 array of shape (height, width, 3).
    """
    vectors = np.empty((len(images), DESCRIPTOR_LENGTH), dtype=np.float32)
    edges = cv2.HOGDescriptor(
        (_EDGE_SIDE, _EDGE_SIDE),
        (2 * _EDGE_CELL, 2 * _EDGE_CELL),
        (_EDGE_CELL, _EDGE_CELL),
        (_EDGE_CELL, _EDGE_CELL),
        _EDGE_BINS,
    )
    for row, image in zip(vectors, images, strict=True):
        require_rgb(image)
        resized = cv2.resize(image, (_EDGE_SIDE, _EDGE_SIDE), interpolation=cv2.INTER_AREA)
        small = np.asarray(resized, dtype=np.uint8)
        parts = (
            _colour_layout(small),
            _edge_histograms(small, edges),
            _colour_histogram(small),
            _colour_histogram(_equalised(small)),
        )
        row[:] = _unit(np.concatenate([_unit(part) for part in parts]))
    return vectors


def require_rgb(image: NDArray[np.uint8]) -> None:
    """Raise ValueError unless the image is a non-empty uint8 array of shape (height, width, 3)."""
    if image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3 or image.size == 0:
        found = f"{image.dtype} of shape {image.shape}"
        raise ValueError(f"an RGB image is a uint8 array of shape (height, width, 3), not {found}")


def _colour_layout(small: NDArray[np.uint8]) -> NDArray[np.float32]:
    coarse = cv2.resize(small, (_LAYOUT_SIDE, _LAYOUT_SIDE), interpolation=cv2.INTER_AREA)
    # OpenCV gives true Lab (0..100, signed a and b) for floats in 0..1; for bytes it adds an offset.
    lab = np.asarray(cv2.cvtColor(coarse.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), dtype=np.float32)
    lightness = lab[..., 0]
    lab[..., 0] = (lightness - lightness.mean()) / (lightness.std() + _LIGHTNESS_FLOOR)
    lab[..., 1:] /= _CHROMA_SPREAD
    return lab.ravel()


def _edge_histograms(small: NDArray[np.uint8], edges: cv2.HOGDescriptor) -> NDArray[np.float32]:
    histograms = np.asarray(edges.compute(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)), dtype=np.float32)
    by_direction = histograms.reshape(-1, _EDGE_BINS)
    # Every photo has some edges in all directions. Without subtracting half of them, all photos look alike.
    return np.asarray(by_direction - by_direction.mean(axis=1, keepdims=True) / 2).ravel()


def _colour_histogram(small: NDArray[np.uint8]) -> NDArray[np.float32]:
    hsv = cv2.cvtColor(small, cv2.COLOR_RGB2HSV)
    bins = [_HUES, _SATURATIONS, _VALUES]
    counts = cv2.calcHist([hsv], [0, 1, 2], None, bins, [0, 180, 0, 256, 0, 256])
    return np.asarray(np.sqrt(counts), dtype=np.float32).ravel()


def _equalised(small: NDArray[np.uint8]) -> NDArray[np.uint8]:
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB)
    lab[..., 0] = cv2.equalizeHist(np.ascontiguousarray(lab[..., 0]))
    return np.asarray(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB), dtype=np.uint8)


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scale to length one. An empty part, such as the edges of a blank photo, stays zero."""
    length = float(np.linalg.norm(vector))
    return vector / np.float32(length) if length > 0 else vector
