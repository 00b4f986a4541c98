"""Drawn pages of text, and photos of them taken by hand."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests.drawing import Pixels, add_noise

Layout = Literal["book", "slide", "screen"]

_SIZES: dict[Layout, tuple[int, int]] = {"book": (900, 1200), "slide": (1200, 900), "screen": (700, 1200)}
_LETTERS = "etaoinshrdlucmfwypvbgk"


@lru_cache
def draw_page(layout: Layout, number: int) -> Pixels:
    """A page in grey. Those of one layout have the same lines and the same header, and different words."""
    width, height = _SIZES[layout]
    dice = np.random.default_rng((number, 8))
    picture = Image.new("L", (width, height), 245)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, width, 60), fill=150)
    size, pitch = (44, 110) if layout == "slide" else (22, 34)
    font = ImageFont.load_default(size)
    for top in range(100, height - pitch, pitch):
        left = 60.0
        end = width - dice.uniform(60, 300)
        while left < end:
            word = "".join(dice.choice(list(_LETTERS), int(dice.integers(2, 9)))) + " "
            pen.text((left, top), word, font=font, fill=40)
            left += pen.textlength(word, font=font)
    return np.asarray(picture, np.uint8)


def photograph(page: Pixels, shot: int, *, blur: float = 0.8) -> Pixels:
    """A photo of a page on a dark table, 512 pixels wide: not quite straight, lit from one side, a little blurred."""
    hand = np.random.default_rng((shot, 9))
    height, width = page.shape
    frame = (512, 384) if width > height else (384, 512)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    share = hand.uniform(0.9, 1.05) * min(frame[0] / width, frame[1] / height)
    seen = (corners - (width / 2, height / 2)) * share + (frame[0] / 2, frame[1] / 2) + hand.normal(0, 6, (4, 2))
    view = cv2.getPerspectiveTransform(corners, seen.astype(np.float32))
    sharp = cv2.GaussianBlur(page, (0, 0), 0.4 / share)
    photo = cv2.warpPerspective(sharp, view, frame, borderMode=cv2.BORDER_CONSTANT, borderValue=70)
    light = np.linspace(1 - hand.uniform(0, 0.3), 1, frame[0])
    lit = np.asarray(np.round(cv2.GaussianBlur(photo, (0, 0), blur) * light), np.uint8)
    return add_noise(lit, 2.0, shot)
