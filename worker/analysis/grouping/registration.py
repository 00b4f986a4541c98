"""Aligns two photos of one camera, either as the same view or as neighbours that overlap.

The same view is aligned by intensities (enhanced correlation coefficient, Evangelidis and Psarakis 2008), small and
blurred, so that neither focus nor noise matters. Neighbours are aligned by features (SIFT, Lowe 2004) and a homography,
which is how a picture changes when the camera turns.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.analysis.measures import Grey

_VIEW_SIDE = 160
_VIEW_BLUR = 1.7  # pixels at that size
_VIEW_STEPS = 30
_LEAST_CORRELATION = 0.985
_MOST_SCALING = 0.06  # focusing closer also magnifies, by a few percent from shot to shot
_MOST_SHIFT = 0.06  # of the longest side

_OVERLAP_SIDE = 320
_FEATURES = 500
_DISTINCT = 0.8  # Lowe's ratio
_FEWEST_MATCHES = 20
_LEAST_INLIERS = 0.5  # of the matches
_PIXELS_OFF = 2.0  # at that size
_LEAST_LIKENESS = 0.6


@dataclass(frozen=True)
class Overlap:
    """How the second of two photos overlaps the first.

    Attributes:
        share: of the frame that both show, 0 to 1.
        right, down: the offset from the centre of the first to that of the second, in widths and heights of the frame.
    """

    share: float
    right: float
    down: float


def same_view(one: Grey, other: Grey) -> NDArray[np.float64] | None:
    """The affine map, (3, 3), from pixels of the first photo to those of the second, if both show the same view.

    None if the camera or the scene moved by more than focusing moves a picture, or if the sizes differ.
    """
    if one.shape != other.shape or min(one.shape) < 32:
        return None
    scale = _VIEW_SIDE / max(one.shape)
    small, small_other = (_blurred(_resized(image, scale)) for image in (one, other))
    if small.std() < 1 or small_other.std() < 1:
        return None
    criteria = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, _VIEW_STEPS, 1e-4)
    unmoved = np.eye(2, 3, dtype=np.float32)
    try:
        correlation, found = cv2.findTransformECC(small, small_other, unmoved, cv2.MOTION_AFFINE, criteria)
    except cv2.error:  # it did not converge
        return None
    affine = np.vstack([np.asarray(found, np.float64), [0, 0, 1]])
    middle = np.array([small.shape[1] / 2, small.shape[0] / 2, 1])
    shift = np.abs((affine @ middle - middle)[:2]).max() / _VIEW_SIDE
    if correlation < _LEAST_CORRELATION or shift > _MOST_SHIFT:
        return None
    if np.abs(affine[:2, :2] - np.eye(2)).max() > _MOST_SCALING:
        return None
    enlarge = np.diag([1 / scale, 1 / scale, 1.0])
    return np.asarray(enlarge @ affine @ np.linalg.inv(enlarge), np.float64)


@dataclass(frozen=True)
class Features:
    """A reduced photo, (h, w), with its distinctive points, (m, 2), and their descriptors, (m, 128)."""

    image: Grey
    points: NDArray[np.float32]
    descriptors: NDArray[np.float32]


def find_features(image: Grey, side: int = _OVERLAP_SIDE, most: int = _FEATURES) -> Features:
    """The features (SIFT) of a grey photo (h, w), reduced to a longest side: the strongest, up to a number."""
    small = _resized(image, side / max(image.shape))
    keys, descriptors = cv2.SIFT.create(nfeatures=most).detectAndCompute(small, None)
    points = np.array([key.pt for key in keys], np.float32).reshape(-1, 2)
    return Features(small, points, np.asarray(descriptors if len(keys) else [], np.float32))


def overlap(one: Features, other: Features) -> Overlap | None:
    """How two photos overlap; None if they do not, or if they were not taken from the same position."""
    if one.image.shape != other.image.shape:
        return None
    points, points_other = matching_points(one, other)
    if len(points) < _FEWEST_MATCHES:
        return None
    found, agree = cv2.findHomography(points_other, points, cv2.RANSAC, _PIXELS_OFF)
    if found is None or int(agree.sum()) < _FEWEST_MATCHES or agree.mean() < _LEAST_INLIERS:
        return None
    height, width = one.image.shape
    frame = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    corners = cv2.perspectiveTransform(frame[None], found)[0]
    if not cv2.isContourConvex(corners) or not 0.5 < cv2.contourArea(corners) / (width * height) < 2:
        return None
    if not _same_content(one.image, other.image, np.asarray(found, np.float64)):
        return None
    shared = cv2.intersectConvexConvex(frame, corners)[0] / (width * height)
    middle = cv2.perspectiveTransform(np.array([[[width / 2, height / 2]]], np.float32), found)[0, 0]
    return Overlap(float(shared), float(middle[0] / width - 0.5), float(middle[1] / height - 0.5))


def matching_points(one: Features, other: Features) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The points of two photos that look the same, (m, 2) each."""
    if min(len(one.points), len(other.points)) < _FEWEST_MATCHES:
        return one.points[:0], other.points[:0]
    pairs = cv2.BFMatcher(cv2.NORM_L2).knnMatch(one.descriptors, other.descriptors, k=2)
    distinct = [best for best, second in pairs if best.distance < _DISTINCT * second.distance]
    return (
        one.points[[match.queryIdx for match in distinct]],
        other.points[[match.trainIdx for match in distinct]],
    )


def _same_content(one: Grey, other: Grey, found: NDArray[np.float64]) -> bool:
    """Whether the second photo, warped onto the first, shows the same there.

    It does not if something moved, or if the scene has a foreground and the camera changed its position.
    """
    size = one.shape[1], one.shape[0]
    warped = cv2.warpPerspective(other, found, size)
    inside = cv2.warpPerspective(np.ones_like(other), found, size, flags=cv2.INTER_NEAREST) > 0
    if np.count_nonzero(inside) < 0.05 * inside.size:
        return False
    left, right = (cv2.GaussianBlur(image, (0, 0), 2)[inside].astype(np.float64) for image in (one, warped))
    if left.std() < 1 or right.std() < 1:
        return False
    return bool(np.corrcoef(left, right)[0, 1] >= _LEAST_LIKENESS)


def _resized(image: Grey, scale: float) -> Grey:
    if scale >= 1:
        return image
    return np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def _blurred(image: Grey) -> NDArray[np.float32]:
    return np.asarray(cv2.GaussianBlur(image.astype(np.float32), (0, 0), _VIEW_BLUR), np.float32)
