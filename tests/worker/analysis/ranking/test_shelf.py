"""What nobody would keep, and what looks a little like it."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from albums.analysis import Shelf
from tests.drawing import Pixels, expose
from tests.real_photos import NAMES, real_photo
from worker.analysis.features import measure_features
from worker.analysis.measures import luminance_histogram
from worker.analysis.ranking import shelf_of

WIDTH, HEIGHT = 1200, 800


def _shelf(pixels: Pixels) -> Shelf | None:
    histogram = luminance_histogram(pixels).tolist()
    return shelf_of(measure_features(pixels), histogram, longest_side=max(pixels.shape))


def _noise(level: float, spread: float) -> Pixels:
    grains = np.random.default_rng(3).normal(level, spread, (HEIGHT, WIDTH, 3))
    return np.clip(grains, 0, 255).astype(np.uint8)


def _enlarged(name: str) -> Pixels:
    return np.asarray(cv2.resize(real_photo(name), (WIDTH, HEIGHT), interpolation=cv2.INTER_LANCZOS4), np.uint8)


def _out_of_focus(pixels: Pixels, radius: int) -> Pixels:
    disc = np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1)), np.float32)
    return np.asarray(cv2.filter2D(pixels, -1, disc / disc.sum()), np.uint8)


def _pocket() -> Pixels:
    """A dim red glow with noise."""
    glow = np.linspace(5, 40, WIDTH)[None, :, None] * np.array([1.0, 0.4, 0.3])
    return np.asarray(np.clip(glow + _noise(8, 4), 0, 255), np.uint8)


def _moon() -> Pixels:
    """Half a degree of forty, in a black sky."""
    return np.asarray(cv2.circle(_noise(3, 2), (800, 200), 8, (230, 225, 210), -1), np.uint8)


def _sky() -> Pixels:
    """Nothing but blue, lighter towards the horizon."""
    rows = np.linspace(0, 1, HEIGHT)[:, None, None]
    sky = np.array([60, 120, 200]) + rows * np.array([90, 70, 30])
    return np.asarray(np.broadcast_to(sky, (HEIGHT, WIDTH, 3)), np.uint8)


def _snow() -> Pixels:
    """High key: white, with a fence in it."""
    snow = _noise(248, 2)
    snow[500:520, ::60] = 90
    return snow


def _blown() -> Pixels:
    """Flash or fog on a scene that is far too bright: what is left is pale."""
    return np.clip(_enlarged("chelsea").astype(np.float64) * 9 + 130, 0, 255).astype(np.uint8)


def _pencil() -> Pixels:
    """A drawing on white paper."""
    return np.asarray(cv2.circle(_noise(254, 1), (600, 400), 200, (110, 110, 110), 2), np.uint8)


def _seven_stops_too_dark() -> Pixels:
    return expose(_enlarged("chelsea"), -7.0)


def _macro() -> Pixels:
    """In focus only in a small part, as with a wide aperture."""
    sharp = _enlarged("chelsea")
    blurred = _out_of_focus(sharp, 24)
    part = (slice(300, 460), slice(500, 700))
    blurred[part] = sharp[part]
    return blurred


@pytest.mark.parametrize(
    ("photo", "shelf"),
    [
        (lambda: _noise(3, 3), "black"),
        (lambda: _noise(252, 1), "white"),
        (_pocket, "empty"),
        (lambda: _out_of_focus(_enlarged("chelsea"), 24), "blurred"),
        (_blown, "white"),
        (_seven_stops_too_dark, "black"),
        (_moon, None),
        (_sky, None),
        (_snow, None),
        (_macro, None),
        (_pencil, None),
    ],
    ids=["lens cap", "white", "pocket", "out of focus", "blown", "dark", "moon", "sky", "snow", "macro", "pencil"],
)
def test_it_shelves_only_what_nobody_would_keep(photo: Callable[[], Pixels], shelf: Shelf | None) -> None:
    assert _shelf(photo()) == shelf


@pytest.mark.parametrize("name", NAMES)
def test_real_photos_are_not_shelved(name: str) -> None:
    assert _shelf(real_photo(name)) is None


def test_a_small_copy_is_not_called_blurred() -> None:
    small = cv2.resize(_enlarged("chelsea"), (160, 107), interpolation=cv2.INTER_AREA)
    assert _shelf(np.asarray(small, np.uint8)) is None


def test_a_photo_of_an_older_version_is_judged_by_what_is_known() -> None:
    features = measure_features(_pocket())
    assert shelf_of(features, None, longest_side=WIDTH) is None
    black = luminance_histogram(_noise(3, 3)).tolist()
    assert shelf_of(type(features)({}), black, longest_side=WIDTH) == "black"
