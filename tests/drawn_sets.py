"""Drawn focus stacks and panoramas, in grey as they are looked at, and series that are neither."""

from __future__ import annotations

import cv2
import numpy as np

from tests.drawing import Pixels, add_noise, draw_scene, expose, shake

SIZE = (512, 384)


def grey(image: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8)


def focused(scene: Pixels, focus: float, *, depth: float = 6.0) -> Pixels:
    """A scene that recedes from the bottom (0) to the top (1), in focus at one distance.

    `depth` is the sigma, in pixels, of what is farthest from the focus.
    """
    height = scene.shape[0]
    distances = np.linspace(1, 0, height)
    sigmas = np.abs(distances - focus) * depth
    levels = np.linspace(0, depth, 9)
    blurred = [scene if sigma == 0 else cv2.GaussianBlur(scene, (0, 0), float(sigma)) for sigma in levels]
    below = np.minimum((sigmas / depth * 8).astype(int), 7)
    share = (sigmas / depth * 8 - below)[:, None, None]
    rows = np.arange(height)
    sharp, soft = np.stack(blurred)[below, rows], np.stack(blurred)[below + 1, rows]
    return np.asarray(np.round(sharp * (1 - share) + soft * share), np.uint8)


def focus_stack(seed: int, shots: int, *, breathing: float = 0.01, depth: float = 6.0) -> list[Pixels]:
    """A scene photographed from near to far; the lens magnifies a little less from shot to shot."""
    width, height = SIZE
    scene = draw_scene(seed, SIZE)
    stack = []
    for shot in range(shots):
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), 0.0, 1.0 + breathing * (shots - shot))
        seen = np.asarray(cv2.warpAffine(scene, matrix, SIZE, borderMode=cv2.BORDER_REFLECT), np.uint8)
        stack.append(grey(add_noise(focused(seen, shot / (shots - 1), depth=depth), 2.0, shot)))
    return stack


def panorama(seed: int, shots: int, *, shared: float = 0.4, upright: bool = False) -> list[Pixels]:
    """Views along a wide scene, by hand: not quite level, not quite even, not quite of one exposure."""
    width, height = SIZE
    step = 1 - shared
    hand = np.random.default_rng((seed, 6))
    reach = round((1 + step * (shots - 1) + 0.1) * width)
    scene = _wide_scene(seed, reach, height + 40)
    views = []
    for shot in range(shots):
        left = round((step * shot + 0.05 + float(hand.normal(0, 0.01))) * width)
        top = 20 + round(float(hand.normal(0, 4)))
        matrix = cv2.getRotationMatrix2D((left + width / 2, top + height / 2), float(hand.normal(0, 0.5)), 1.0)
        matrix[:, 2] -= left, top
        seen = np.asarray(cv2.warpAffine(scene, matrix, SIZE, borderMode=cv2.BORDER_REFLECT), np.uint8)
        seen = add_noise(expose(seen, float(hand.normal(0, 0.1))), 2.0, seed * 10 + shot)
        views.append(grey(np.ascontiguousarray(np.rot90(seen)) if upright else seen))
    return views


def burst(seed: int, shots: int, *, hand: float = 0.003, people: float = 0.02) -> list[Pixels]:
    """Shots of one view in a row: people move, some shots are shaken, one is out of focus as a whole."""
    dice = np.random.default_rng((seed, 7))
    series = []
    for shot in range(shots):
        shift = float(dice.normal(0, hand)), float(dice.normal(0, hand))
        seen = draw_scene(seed, SIZE, shift=shift, jitter=people, shot=shot)
        if dice.random() < 0.4:
            seen = shake(seen, float(dice.uniform(0.004, 0.015)), float(dice.uniform(0, 180)))
        if dice.random() < 0.2:
            seen = np.asarray(cv2.GaussianBlur(seen, (0, 0), float(dice.uniform(0.8, 3))), np.uint8)
        series.append(grey(add_noise(expose(seen, float(dice.normal(0, 0.15))), float(dice.uniform(1, 6)), shot)))
    return series


def _wide_scene(seed: int, width: int, height: int) -> Pixels:
    """Scenes side by side, each faded into the next."""
    side = SIZE[0]
    count = -(-width // (side // 2)) + 1
    total = np.zeros((height, (count + 1) * side // 2, 3), np.float32)
    weights = np.zeros((1, (count + 1) * side // 2, 1), np.float32)
    fade = np.minimum(np.arange(side), np.arange(side)[::-1])[None, :, None].astype(np.float32) + 1
    for number in range(count):
        part = slice(number * side // 2, number * side // 2 + side)
        total[:, part] += draw_scene(seed * 100 + number, (side, height)) * fade
        weights[:, part] += fade
    return np.asarray(np.round(total / weights), np.uint8)[:, side // 4 : side // 4 + width]
