"""Drawn scenes: the pictures behind `tests.drawing`, which is where tests import from.

A scene is drawn in coordinates that do not depend on its size: the same seed at 320 and at 4,000 pixels
shows the same picture, with more detail in the larger one. Everything is deterministic.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Colour = tuple[float, float, float]

SUBPIXEL_BITS = 6  # OpenCV draws with this many bits of fraction, so small shifts are not rounded away


@dataclass(frozen=True)
class View:
    """Where the camera looks: scene coordinates have a width of 1, and y grows downwards from 0."""

    width: int
    height: int
    shift: tuple[float, float]

    def points(self, xy: NDArray[np.floating[Any]]) -> NDArray[np.int32]:
        """Scene coordinates (n, 2) to OpenCV's fixed-point pixels (n, 2)."""
        pixels = (np.asarray(xy, np.float64) + self.shift) * self.width - 0.5
        return np.round(pixels * (1 << SUBPIXEL_BITS)).astype(np.int32)

    def warp(self, grid: NDArray[np.float32], span: float) -> NDArray[np.float32]:
        """A coarse grid over `span` times the scene, about its middle, enlarged smoothly to the view."""
        scale = self.width * span / grid.shape[1]
        margin = (span - 1) / 2 * self.width
        offset_x = self.shift[0] * self.width - margin + (scale - 1) / 2
        offset_y = self.shift[1] * self.width - margin + (scale - 1) / 2
        matrix = np.array([[scale, 0, offset_x], [0, scale, offset_y]])
        enlarged = cv2.warpAffine(
            grid, matrix, (self.width, self.height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101
        )
        return np.asarray(enlarged, np.float32)


def draw_scene(
    seed: int,
    size: tuple[int, int] = (640, 480),
    *,
    shift: tuple[float, float] = (0.0, 0.0),
    jitter: float = 0.0,
    shot: int = 0,
) -> Pixels:
    """Draw the photo-like scene number `seed`: sky, hills, houses, trees, people and textures.

    `shift` moves the camera, as a share of the width (0.01 is a steady hand, 0.2 another view). `jitter`
    moves each person on its own by about that share of the width, differently for each `shot` number.
    Different seeds differ in palette, horizon and contents.
    """
    width, height = size
    view = View(width, height, shift)
    scene = np.random.default_rng((seed, 1))
    moves = np.random.default_rng((seed, 2, shot))
    aspect = height / width
    hues = scene.random(6)
    horizon = aspect * scene.uniform(0.25, 0.75)

    canvas = _sky(view, hues, scene, horizon)
    _hills(canvas, view, hues, scene, horizon)
    _houses(canvas, view, hues, scene, horizon)
    canvas = _textured(canvas, _texture(view, seed, range(2, 10), scene.uniform(0.15, 0.45)))
    _trees(canvas, view, scene, horizon, aspect)
    _people(canvas, view, scene, horizon, aspect, moves.normal(0.0, jitter, (16, 2)))
    return _textured(canvas, _texture(view, seed, range(6, 13), 0.5))


def _colour(hue: float, saturation: float, value: float) -> Colour:
    """RGB in 0..255 of a hue, saturation and value in 0..1."""
    pixel = np.array([[[hue % 1.0 * 360.0, saturation, value]]], np.float32)
    red, green, blue = cv2.cvtColor(pixel, cv2.COLOR_HSV2RGB)[0, 0] * 255.0
    return float(red), float(green), float(blue)


def _texture(view: View, seed: int, octaves: range, strength: float) -> NDArray[np.float32]:
    """Noise of many octaves around 1.0, (height, width): as in nature, finer detail is fainter.

    Each octave has random numbers of its own, so that a small drawing may leave out those it cannot show.
    """
    total = np.zeros((view.height, view.width), np.float32)
    for octave in octaves:
        cells = 2**octave
        if cells <= 2 * view.width:
            total += view.warp(_noise(seed, octaves.start, octave), span=2.0) * 0.75**octave
    return 1.0 + total * strength


@lru_cache(maxsize=24)  # tests draw the shots of one scene one after the other
def _noise(seed: int, first_octave: int, octave: int) -> NDArray[np.float32]:
    octave_numbers = np.random.default_rng((seed, 5, first_octave, octave))
    return octave_numbers.standard_normal((2**octave, 2**octave), np.float32)


def _textured(canvas: Pixels, texture: NDArray[np.float32]) -> Pixels:
    product = canvas * texture[..., None]
    pixels: Pixels = np.clip(product, 0, 255, out=product).astype(np.uint8)
    return pixels


def _polygon(canvas: Pixels, view: View, xy: NDArray[Any], colour: Colour) -> None:
    cv2.fillPoly(canvas, [view.points(xy)], colour, lineType=cv2.LINE_AA, shift=SUBPIXEL_BITS)


def _ellipse(
    canvas: Pixels, view: View, centre: tuple[float, float], radii: tuple[float, float], colour: Colour
) -> None:
    angles = np.linspace(0, 2 * math.pi, 48, endpoint=False)
    outline = np.stack([centre[0] + radii[0] * np.cos(angles), centre[1] + radii[1] * np.sin(angles)], axis=1)
    _polygon(canvas, view, outline, colour)


def _rectangle(
    canvas: Pixels, view: View, left: float, top: float, right: float, bottom: float, colour: Colour
) -> None:
    _polygon(canvas, view, np.array([(left, top), (right, top), (right, bottom), (left, bottom)]), colour)


def _sky(view: View, hues: NDArray[np.float64], scene: np.random.Generator, horizon: float) -> Pixels:
    """A vertical gradient above the horizon, another below it, and a sun."""
    top, middle, bottom = (
        np.array(_colour(float(hues[index]), scene.uniform(0.2, 0.8), scene.uniform(low, high)))
        for index, low, high in ((0, 0.35, 0.95), (1, 0.6, 1.0), (2, 0.2, 0.6))
    )
    y = np.arange(view.height, dtype=np.float64) / view.width - view.shift[1]
    stops = [-0.2, horizon, view.height / view.width + 0.2]
    rows = np.stack(
        [np.interp(y, stops, [top[channel], middle[channel], bottom[channel]]) for channel in range(3)],
        axis=1,
    )
    canvas = np.repeat(np.round(rows[:, None, :]).astype(np.uint8), view.width, axis=1)
    sun = scene.uniform(0.1, 0.9), horizon * scene.uniform(0.1, 0.8)
    radius = scene.uniform(0.02, 0.08)
    _ellipse(canvas, view, sun, (radius, radius), _colour(float(hues[3]), 0.25, 1.0))
    return canvas


def _hills(
    canvas: Pixels,
    view: View,
    hues: NDArray[np.float64],
    scene: np.random.Generator,
    horizon: float,
) -> None:
    x = np.linspace(-0.6, 1.6, 120)
    for layer in range(3):
        frequencies = scene.uniform(1.0, 9.0, 4)
        phases = scene.uniform(0, 2 * math.pi, 4)
        heights = scene.uniform(0.0, 0.07, 4)
        crest = horizon + layer * 0.05 - 0.08
        y = crest + sum(
            height * np.sin(frequency * x + phase)
            for frequency, phase, height in zip(frequencies, phases, heights, strict=True)
        )
        outline = np.concatenate([np.stack([x, y], axis=1), [(1.6, 4.0), (-0.6, 4.0)]])
        colour = _colour(float(hues[4] + 0.06 * layer), scene.uniform(0.2, 0.7), scene.uniform(0.25, 0.8))
        _polygon(canvas, view, outline, colour)


def _houses(
    canvas: Pixels,
    view: View,
    hues: NDArray[np.float64],
    scene: np.random.Generator,
    horizon: float,
) -> None:
    for _ in range(int(scene.integers(0, 9))):
        left, width = scene.uniform(-0.1, 0.95), scene.uniform(0.05, 0.2)
        bottom, height = horizon + scene.uniform(0.0, 0.15), scene.uniform(0.1, 0.4)
        wall = _colour(float(hues[5] + scene.uniform(-0.1, 0.1)), scene.uniform(0.05, 0.6), scene.uniform(0.3, 0.95))
        pane = _colour(scene.random(), 0.3, scene.choice([0.12, 0.9]))
        _rectangle(canvas, view, left, bottom - height, left + width, bottom, wall)
        columns, rows = int(scene.integers(2, 6)), int(scene.integers(2, 8))
        for column in range(columns):
            for row in range(rows):
                window_left = left + width * (column + 0.25) / columns
                window_top = bottom - height + height * (row + 0.25) / rows
                _rectangle(
                    canvas,
                    view,
                    window_left,
                    window_top,
                    window_left + width * 0.5 / columns,
                    window_top + height * 0.5 / rows,
                    pane,
                )


def _trees(canvas: Pixels, view: View, scene: np.random.Generator, horizon: float, aspect: float) -> None:
    for _ in range(int(scene.integers(0, 7))):
        x, foot = scene.uniform(0.0, 1.0), scene.uniform(horizon, aspect)
        height = scene.uniform(0.08, 0.3)
        hue = scene.uniform(0.08, 0.4)
        _rectangle(canvas, view, x - 0.006, foot - height, x + 0.006, foot, _colour(0.08, 0.6, 0.3))
        for _ in range(60):
            angle, distance = scene.uniform(0, 2 * math.pi), height * 0.4 * math.sqrt(scene.random())
            centre = x + distance * math.cos(angle), foot - height + distance * math.sin(angle)
            radius = height * scene.uniform(0.03, 0.1)
            _ellipse(canvas, view, centre, (radius, radius), _colour(hue, 0.7, scene.uniform(0.15, 0.8)))


def _people(
    canvas: Pixels,
    view: View,
    scene: np.random.Generator,
    horizon: float,
    aspect: float,
    moves: NDArray[np.float64],
) -> None:
    """Standing figures without faces, each in striped clothes, moved on its own by a row of `moves`."""
    for index in range(int(scene.integers(1, 6))):
        x = scene.uniform(0.08, 0.92) + moves[index, 0]
        foot = scene.uniform((horizon + aspect) / 2, aspect * 1.05) + moves[index, 1] * 0.3
        height = scene.uniform(0.18, 0.5)
        first, second = (_colour(scene.random(), scene.uniform(0.4, 1), scene.uniform(0.2, 1)) for _ in range(2))
        skin = _colour(0.07, scene.uniform(0.25, 0.6), scene.uniform(0.35, 0.95))
        for stripe in range(10):
            top = foot - height * (0.8 - 0.08 * stripe)
            half = height * (0.1 + 0.004 * stripe)
            colour = first if stripe % 2 else second
            _rectangle(canvas, view, x - half, top, x + half, top + height * 0.08, colour)
        arm = x + height * 0.1, foot - height * 0.6 + moves[index + 8, 1]
        _ellipse(canvas, view, arm, (height * 0.16, height * 0.03), skin)
        _ellipse(canvas, view, (x, foot - height * 0.9), (height * 0.075, height * 0.1), skin)
