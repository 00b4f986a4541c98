"""Measure a photo in order to rank it among the shots of its moment."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from albums.analysis import Face, PhotoFeatures
from worker.analysis.faces import detector_for_this_thread
from worker.analysis.files import nominal_side, resize_to_fit
from worker.analysis.measures import (
    FINE_SIDE,
    blockiness,
    halos,
    measure_exposure,
    measure_sharpness,
    measure_texture,
    pack_gradient_map,
    uprightness,
)


def measure_features(image: NDArray[np.uint8], *, face_model: str | Path | None = None) -> PhotoFeatures:
    """Measure an upright sRGB photo.

    Args:
        image: (h, w, 3), at least one pixel. A longest side above 2,048 pixels is reduced to that;
            a panorama by its height.
        face_model: what finds faces: `faces.NETWORK`, `faces.HAAR` or the file of a YuNet model. By default the
            networks, if this machine has them.

    Raises:
        ValueError: the array is not such an image.
        FaceModelError: the file of a face network is missing or wrong.
    """
    if image.ndim != 3 or image.shape[2] != 3 or image.dtype != np.uint8 or not image.size:
        raise ValueError(f"A photo is a uint8 array (height, width, 3) with pixels, not {image.dtype} {image.shape}.")
    image = _reduced(image)
    grey = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8)
    sharpness = measure_sharpness(grey)
    texture = measure_texture(grey)
    faces = detector_for_this_thread(face_model).detect(image, grey, sharpness.noise)
    scores = {
        "laplacian_variance": sharpness.laplacian_variance,
        "noise": sharpness.noise,
        "detail": sharpness.detail,
        **{f"tenengrad_{side}": energy for side, energy in sharpness.tenengrad.items()},
        **{f"signal_{side}": energy for side, energy in texture.signal.items()},
        **{f"floor_{side}": energy for side, energy in texture.floor.items()},
        **{f"gradient_{angle}": energy for angle, energy in texture.directions.items()},
        "blockiness": blockiness(grey),
        "halos": halos(grey),
        **asdict(measure_exposure(image)),
        "uprightness": uprightness(resize_to_fit(grey, 512, nearly=True)),
        **_face_scores(faces),
        **_face_tone(faces, grey),
    }
    return PhotoFeatures(scores, faces, pack_gradient_map(texture.tiles))


def _reduced(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    height, width, _ = image.shape
    scale = FINE_SIDE / nominal_side(width, height)
    if scale >= 1:
        return image
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def _face_scores(faces: list[Face]) -> dict[str, float]:
    """Means over the faces, weighted by width, because a face in the background says little about the shot."""
    scores = {"face_count": float(len(faces))}
    if not faces:
        return scores
    scores["face_detail"] = _mean([(face.sharpness, face.width) for face in faces])
    scores["faces_frontal"] = _mean([(float(face.frontal), face.width) for face in faces])
    scores["faces_cut_off"] = _mean([(float(face.cut_off), face.width) for face in faces])
    judged = [(face.eyes_open, face.width) for face in faces if face.eyes_open is not None]
    if judged:
        scores["eyes_open"] = _mean(judged)
    return scores


def _face_tone(faces: list[Face], grey: NDArray[np.uint8]) -> dict[str, float]:
    """The mean luma of the faces, 0 to 1, by width; nothing where there is no face."""
    height, width = grey.shape
    tones = []
    for face in faces:
        top, bottom = (min(height, max(0, round(y * height))) for y in (face.y, face.y + face.height))
        left, right = (min(width, max(0, round(x * width))) for x in (face.x, face.x + face.width))
        box = grey[top:bottom, left:right]
        if box.size and face.width > 0:
            tones.append((float(box.mean()) / 255, face.width))
    return {"face_tone": _mean(tones)} if tones else {}


def _mean(weighted: list[tuple[float, float]]) -> float:
    """Mean of (value, weight) pairs; the weights are above 0."""
    return sum(value * weight for value, weight in weighted) / sum(weight for _, weight in weighted)
