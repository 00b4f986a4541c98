"""Drawn landscapes and people, made to be looked at; those of `tests.drawn_scenes` are made to be measured.

All are painted as light: arrays of float32 (height, width, 3) from 0 to 1, and only rounded in the end.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.drawn_faces import add_face
from tests.drawn_scenes import Pixels

Light = NDArray[np.float32]
Colour = tuple[float, float, float]
Point = tuple[float, float]

SIZE = (1800, 1200)


@dataclass(frozen=True)
class Shot:
    """What differs from shot to shot: the hand (a share of the width), how far things moved, and open eyes."""

    shift: Point = (0.0, 0.0)
    moved: float = 0.0
    eyes_open: bool = True


def _rgb(code: str) -> Colour:
    return tuple(int(code[place : place + 2], 16) / 255 for place in (0, 2, 4))  # type: ignore[return-value]


def _gradient(size: tuple[int, int], *stops: tuple[float, str]) -> Light:
    """Colours from top to bottom; each stop has its height as a share."""
    width, height = size
    rows = np.linspace(0, 1, height)
    places = [place for place, _ in stops]
    colours = np.array([_rgb(code) for _, code in stops])
    column = np.stack([np.interp(rows, places, colours[:, channel]) for channel in range(3)], axis=1)
    return np.repeat(column[:, None, :], width, axis=1).astype(np.float32)


def _ridge(width: int, seed: int, rough: float = 0.55, first: int = 3) -> NDArray[np.float64]:
    """A skyline around 0, its height mostly within 1: random heights of ever finer spacing."""
    random = np.random.default_rng((seed, 7))
    x = np.linspace(0, 1, width)
    total = np.zeros(width)
    for octave in range(7):
        count = first * 2**octave + 2
        total += np.interp(x, np.linspace(0, 1, count), random.uniform(-1, 1, count)) * rough**octave
    return total


def _noise(size: tuple[int, int], seed: int, first: int = 3, octaves: int = 6, stretch: int = 2) -> Light:
    """Soft noise around 0; `stretch` makes it that much wider than high."""
    random = np.random.default_rng((seed, 8))
    total = np.zeros((size[1], size[0]), np.float32)
    for octave in range(octaves):
        cells = first * 2**octave
        grid = random.standard_normal((cells * stretch, cells), np.float32)
        total += cv2.resize(grid, size, interpolation=cv2.INTER_CUBIC) * 0.55**octave
    return total / 1.6


def _lay(canvas: Light, mask: Light, colour: Light | Colour) -> None:
    """Paint over the canvas where the mask (height, width) is 1."""
    canvas += mask[..., None] * (np.asarray(colour, np.float32) - canvas)


def _hills(canvas: Light, seed: int, top: float, height: float, colours: tuple[str, str], rough: float = 0.55) -> None:
    """A range whose skyline lies around the share `top`, hazier towards its foot."""
    rows, width = canvas.shape[:2]
    line = (top - _ridge(width, seed, rough) * height) * rows
    depth = np.arange(rows)[:, None] - line[None, :]
    mask = np.clip(depth + 0.5, 0, 1).astype(np.float32)
    share = np.clip(depth / (rows * 0.22), 0, 1)[..., None]
    near, far = np.array(_rgb(colours[0])), np.array(_rgb(colours[1]))
    texture = 1 + 0.06 * _noise((width, rows), seed, first=12, octaves=5)[..., None]
    _lay(canvas, mask, ((near + (far - near) * share) * texture).astype(np.float32))


def _glow(canvas: Light, middle: Point, radius: float, colour: str, strength: float = 1.0) -> None:
    """Add light around a point; the radius is a share of the width."""
    rows, width = canvas.shape[:2]
    y, x = np.mgrid[0:rows, 0:width].astype(np.float32)
    distance = ((x - middle[0] * width) ** 2 + (y - middle[1] * rows) ** 2) / (radius * width) ** 2
    canvas += np.exp(-distance)[..., None] * np.array(_rgb(colour), np.float32) * strength


def _shape(canvas: Light, points: list[Point], colour: str, soft: float = 0.0) -> None:
    """Fill a polygon, its points in shares of the picture; only the part of the canvas around it is touched."""
    rows, width = canvas.shape[:2]
    pixels = np.array(points) * (width, rows)
    edge = math.ceil(3 * soft * width) + 2
    left, top = np.maximum(np.floor(pixels.min(axis=0)).astype(int) - edge, 0)
    right, bottom = np.minimum(np.ceil(pixels.max(axis=0)).astype(int) + edge, (width, rows))
    if right <= left or bottom <= top:
        return
    mask = np.zeros((bottom - top, right - left), np.float32)
    cv2.fillPoly(mask, [np.round((pixels - (left, top)) * 16).astype(np.int32)], 1.0, cv2.LINE_AA, shift=4)
    if soft:
        mask = np.asarray(cv2.GaussianBlur(mask, (0, 0), soft * width), np.float32)
    _lay(canvas[top:bottom, left:right], mask, _rgb(colour))


def _round(middle: Point, radii: Point, start: float = 0.0, end: float = 2 * math.pi) -> list[Point]:
    angles = np.linspace(start, end, 60)
    return [(middle[0] + radii[0] * math.cos(a), middle[1] + radii[1] * math.sin(a)) for a in angles]


def _trapezium(middle: float, rows: Point, halves: Point) -> list[Point]:
    """From an upper to a lower row, as far to both sides of the middle as its halves say there."""
    (up, down), (wide, narrow) = rows, halves
    return [(middle - wide, up), (middle + wide, up), (middle + narrow, down), (middle - narrow, down)]


def _water(canvas: Light, top: float, seed: int, tint: str, calm: float = 1.0) -> None:
    """Mirror what is above `top` in what is below it, stretched by ripples that grow towards us."""
    rows, width = canvas.shape[:2]
    line = round(top * rows)
    y, x = np.mgrid[line:rows, 0:width].astype(np.float32)
    near = (y - line) / (rows - line)
    waves = _noise((width, rows - line), seed, first=6, octaves=6, stretch=1)
    waves = np.asarray(cv2.resize(waves[:, : width // 5], (width, rows - line)), np.float32)
    source = np.clip(line - (y - line) * 0.9 + waves * (4 + 60 * near) / calm, 0, line - 1).astype(np.float32)
    mirrored = np.asarray(cv2.remap(canvas, x, source, cv2.INTER_LINEAR), np.float32)
    share = (0.25 + 0.4 * near)[..., None]
    canvas[line:] = mirrored * (1 - share) + np.array(_rgb(tint), np.float32) * share
    canvas[line:] *= 1 + 0.05 * waves[..., None] * near[..., None]


def _clouds(canvas: Light, seed: int, colour: str, cover: float, below: float) -> None:
    rows, width = canvas.shape[:2]
    noise = _noise((width, rows), seed, first=3, octaves=7, stretch=1)
    fade = np.clip(1 - np.arange(rows) / (rows * below), 0, 1)[:, None]
    _lay(
        canvas, np.clip((noise - 0.35 + cover) * 1.3, 0, 0.9).astype(np.float32) * fade.astype(np.float32), _rgb(colour)
    )


def _lake(shot: Shot) -> Light:
    canvas = _gradient(SIZE, (0, "31406b"), (0.3, "9a6f8f"), (0.5, "f2a77b"), (0.62, "fbd9a0"), (1, "2a3850"))
    _clouds(canvas, 11, "ffc9a8", 0.25, 0.55)
    _glow(canvas, (0.68, 0.53), 0.05, "fff3d0", 1.0)
    _glow(canvas, (0.68, 0.53), 0.3, "ff9a55", 0.35)
    _hills(canvas, 1, 0.47, 0.10, ("8f6f92", "e0a390"))
    _hills(canvas, 2, 0.53, 0.07, ("5c5479", "a97c85"))
    _hills(canvas, 3, 0.585, 0.03, ("2b3350", "4b4a63"), rough=0.7)
    _water(canvas, 0.62, 4, "2d3c5c")
    x = 0.3 + shot.moved
    _shape(canvas, [(x - 0.05, 0.74), (x + 0.055, 0.74), (x + 0.035, 0.765), (x - 0.035, 0.765)], "1a1d2b")
    _shape(canvas, _round((x - 0.005, 0.713), (0.007, 0.011)), "1a1d2b")
    _shape(canvas, [(x - 0.016, 0.742), (x - 0.006, 0.72), (x + 0.006, 0.725), (x + 0.01, 0.742)], "1a1d2b")
    _shape(canvas, [(x - 0.04, 0.77), (x + 0.05, 0.77), (x + 0.03, 0.80), (x - 0.02, 0.80)], "222a41", 0.004)
    return canvas


def _alps(shot: Shot) -> Light:
    canvas = _gradient(SIZE, (0, "3f7fc4"), (0.5, "b9dcf2"), (0.7, "e9f3f4"), (1, "e9f3f4"))
    _clouds(canvas, 21 + round(shot.moved * 100), "ffffff", 0.15, 0.6)
    _hills(canvas, 22, 0.42, 0.16, ("f2f6fa", "7f97b5"), rough=0.62)
    _hills(canvas, 23, 0.56, 0.10, ("5d7a8c", "a4bdc4"), rough=0.6)
    _hills(canvas, 24, 0.66, 0.05, ("3f6b4f", "7fa06a"))
    _hills(canvas, 25, 0.78, 0.03, ("5f9a45", "a9c95c"))
    random = np.random.default_rng(26)
    for x in np.sort(random.uniform(0, 1, 34)):
        foot, tall = 0.80 + random.uniform(-0.02, 0.1), random.uniform(0.10, 0.20)
        for tier in range(5):
            up, half = foot - tall * tier / 5.5, 0.024 * (1 - tier / 6)
            _shape(canvas, [(x - half, up), (x + half, up), (x, up - tall * 0.36)], "1f4a35" if tier % 2 else "24543b")
    _meadow(canvas, 0.9, 27, ("f6d743", "ffffff", "e8586a"))
    return canvas


def _meadow(canvas: Light, top: float, seed: int, colours: tuple[str, ...]) -> None:
    random = np.random.default_rng(seed)
    for _ in range(260):
        y = top + random.uniform(0, 0.12)
        size = 0.0012 + 0.03 * (y - top)
        _dot(canvas, (float(random.uniform(0, 1)), y), size, colours[int(random.integers(len(colours)))])


def _dot(canvas: Light, middle: Point, radius: float, colour: str) -> None:
    rows, width = canvas.shape[:2]
    place = round(middle[0] * width * 16), round(middle[1] * rows * 16)
    cv2.circle(canvas, place, round(radius * width * 16), _rgb(colour), -1, cv2.LINE_AA, shift=4)


def _balloons(shot: Shot) -> Light:
    canvas = _gradient(SIZE, (0, "6fa8dc"), (0.45, "f7d9c4"), (0.7, "fbe8c8"), (1, "d9b98c"))
    _glow(canvas, (0.12, 0.62), 0.25, "ffd9a0", 0.5)
    _clouds(canvas, 31, "fff4e6", 0.1, 0.6)
    _hills(canvas, 32, 0.70, 0.05, ("b99a8a", "e6cdb0"))
    _hills(canvas, 33, 0.80, 0.05, ("8f7a55", "c9b27a"))
    _hills(canvas, 34, 0.92, 0.04, ("5d6b3a", "8f9a4f"))
    fleet = [(0.27, 0.34, 0.105, "d1495b", "f4d35e"), (0.55, 0.22, 0.06, "30638e", "f1faee"),
             (0.73, 0.46, 0.08, "edae49", "7b2d26"), (0.9, 0.3, 0.035, "5b8e7d", "f4e285"),
             (0.44, 0.55, 0.03, "8d6b94", "f6bd60")]  # fmt: skip
    for number, (x, y, size, first, second) in enumerate(fleet):
        _balloon(canvas, (x + shot.moved * (0.6 + number % 3), y - shot.moved * 0.6), size, (first, second))
    return canvas


def _balloon(canvas: Light, middle: Point, size: float, colours: tuple[str, str]) -> None:
    x, y = middle
    tall = size * SIZE[0] / SIZE[1]
    for number in range(4):
        _shape(canvas, _round((x, y), (max(0.15 * size, size * (1 - number / 3.5)), tall)), colours[number % 2])
    _shape(canvas, _trapezium(x, (y + tall * 0.72, y + tall * 1.35), (size * 0.62, size * 0.16)), colours[0])
    _shape(canvas, _trapezium(x, (y + tall * 1.48, y + tall * 1.7), (size * 0.15, size * 0.12)), "5a3e2b")
    rows, width = canvas.shape[:2]
    shade = np.zeros((rows, width), np.float32)
    pixels = [[round(px * width), round(py * rows)] for px, py in _round((x, y), (size, tall))]
    cv2.fillPoly(shade, [np.array(pixels)], 1.0, cv2.LINE_AA)
    side = np.clip((np.arange(width) / width - x) / size, -1, 1).astype(np.float32)
    canvas *= 1 - shade[..., None] * np.clip(side, 0, 1)[None, :, None] * 0.35


def _town(shot: Shot) -> Light:
    canvas = _gradient(SIZE, (0, "0d1533"), (0.4, "2d2f63"), (0.62, "b0567a"), (1, "120f26"))
    _glow(canvas, (0.78, 0.16), 0.028, "fdf6e3", 1.2)
    _glow(canvas, (0.78, 0.16), 0.12, "8f8fd0", 0.25)
    random = np.random.default_rng(41)
    for layer, (colour, low) in enumerate((("3a2f5f", 0.5), ("221f45", 0.56), ("12132d", 0.6))):
        x = -0.02
        while x < 1.0:
            wide, up = random.uniform(0.035, 0.085), low - random.uniform(0.02, 0.26 - 0.05 * layer)
            _shape(canvas, [(x, up), (x + wide, up), (x + wide, 0.7), (x, 0.7)], colour)
            _windows(canvas, random, (x, up, wide), lit=0.25 + 0.15 * layer)
            x += wide + random.uniform(0, 0.008)
    _water(canvas, 0.68, 42, "10122c", calm=0.7)
    for number in range(9):
        _glow(canvas, (0.06 + number * 0.11 + shot.moved * 0.2, 0.675), 0.012, "ffcf87", 0.8)
    return canvas


def _windows(canvas: Light, random: np.random.Generator, house: tuple[float, float, float], lit: float) -> None:
    left, up, wide = house
    for column in np.arange(left + 0.006, left + wide - 0.006, 0.009):
        for row in np.arange(up + 0.012, 0.67, 0.018):
            if random.random() < lit:
                pane = [(column, row), (column + 0.0045, row), (column + 0.0045, row + 0.009), (column, row + 0.009)]
                _shape(canvas, pane, "ffd58a" if random.random() < 0.8 else "a8d8ff")


def _sea(shot: Shot) -> Light:
    canvas = _gradient(SIZE, (0, "4f9bd6"), (0.5, "cfe8f5"), (0.56, "e8f2ee"), (1, "2f8fa8"))
    _clouds(canvas, 51, "ffffff", 0.2, 0.55)
    _hills(canvas, 52, 0.545, 0.02, ("7d9bb0", "a9c2cf"))
    _water(canvas, 0.57, 53, "1f8aa6", calm=0.8)
    for number, (x, size) in enumerate(((0.35, 0.12), (0.62, 0.06), (0.8, 0.035))):
        left, foot, tall = x + shot.moved * (1 + number), 0.60 + size * 0.9, size * 2.6
        hull = _trapezium(left + size * 0.05, (foot, foot + size * 0.22), (size * 0.55, size * 0.38))
        _shape(canvas, hull, "f4efe6" if number else "b23a48")
        boom = foot - size * 0.1
        _shape(canvas, [(left, foot - tall), (left + size * 0.62, boom), (left, boom)], "fdfbf5")
        mast, deck = left - 0.03 * size, foot - size * 0.12
        jib = [(mast, foot - tall * 0.9), (left - size * 0.45, deck), (mast, deck)]
        _shape(canvas, jib, "e7eef0" if number else "f6c667")
    _hills(canvas, 54, 0.97, 0.015, ("e8d3a3", "f3e4c0"))
    return canvas


def _friends(shot: Shot) -> Light:
    canvas = _gradient(SIZE, (0, "274b3f"), (0.6, "4e7a4a"), (1, "2c4632"))
    random = np.random.default_rng(61)
    for _ in range(60):
        middle = float(random.uniform(0, 1)), float(random.uniform(0, 0.75))
        radius = float(random.uniform(0.012, 0.035))
        spot = canvas.copy()
        _dot(spot, middle, radius, ("ffe2a0", "fff3cf", "b9e08c")[int(random.integers(3))])
        canvas += (spot - canvas) * float(random.uniform(0.15, 0.5))
    canvas = np.asarray(cv2.GaussianBlur(canvas, (0, 0), 7), np.float32)
    people = [(0.27, 0.47, 0.2, "b23a48"), (0.52, 0.40, 0.215, "2f5d8a"), (0.77, 0.49, 0.195, "e0a03c")]
    for number, (x, y, _wide, colour) in enumerate(people):
        left, neck = x + shot.moved * (number - 1) * 0.5, y + 0.19
        right_side = [(0.05, neck + 0.05), (0.145, neck + 0.16), (0.16, 1.05)]
        left_side = [(left - half, row) for half, row in reversed(right_side)]
        _shape(canvas, left_side + [(left + half, row) for half, row in right_side], colour, 0.002)
        _shape(canvas, _trapezium(left, (neck - 0.03, neck + 0.075), (0.035, 0.045)), "c7957c", 0.002)
    pixels = _finished(canvas)
    for number, (x, y, wide, _colour) in enumerate(people):
        open_eyes = shot.eyes_open or number != 1
        add_face(pixels, eyes_open=open_eyes, middle=(x + shot.moved * (number - 1) * 0.5, y), width=wide)
    return (pixels / np.float32(255)).astype(np.float32)


SCENES: dict[str, Callable[[Shot], Light]] = {
    "lake": _lake,
    "alps": _alps,
    "balloons": _balloons,
    "town": _town,
    "sea": _sea,
    "friends": _friends,
}


def _finished(light: Light) -> Pixels:
    return np.round(np.clip(light, 0, 1) * 255).astype(np.uint8)


def paint(scene: str, shot: Shot) -> Pixels:
    """One shot of a scene, (1200, 1800, 3) sRGB, as a hand-held camera with a little vignetting sees it."""
    light = SCENES[scene](shot)
    rows, width = light.shape[:2]
    moved = np.array([[1.02, 0, shot.shift[0] * width - 0.01 * width], [0, 1.02, shot.shift[1] * width - 0.01 * rows]])
    light = np.asarray(cv2.warpAffine(light, moved, (width, rows), borderMode=cv2.BORDER_REFLECT_101), np.float32)
    y, x = np.mgrid[-1 : 1 : rows * 1j, -1 : 1 : width * 1j]
    return _finished(light * (1 - 0.16 * (x**2 + y**2) / 2)[..., None].astype(np.float32))
