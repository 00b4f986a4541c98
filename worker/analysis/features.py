"""All that is measured on a photo to rank it among the shots of its moment."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.analysis.compression import blockiness
from worker.analysis.decoding import resize_to_fit
from worker.analysis.directions import DIRECTIONS
from worker.analysis.exposure import measure_exposure
from worker.analysis.faces import Face, detector_for_this_thread
from worker.analysis.scales import FINE_SIDE, SCALES
from worker.analysis.sharpness import measure_sharpness
from worker.analysis.texture import measure_texture
from worker.analysis.tiles import pack_tiles
from worker.analysis.uprightness import uprightness

# Every score there is, with its unit. Those of faces are absent where no face was found, or no eye could be judged.
SCORES = {
    "laplacian_variance": "variance of the Laplacian, grey levels²",
    "noise": "standard deviation of the noise, grey levels",
    "detail": "ln of the gradient energy at 2,048 pixels over that at 256, without the noise's part",
    "tenengrad_2048": "ln of the mean squared gradient of the sharpest tiles at 2,048 pixels, (grey levels/pixel)²",
    "tenengrad_1024": "the same at 1,024 pixels",
    "tenengrad_512": "the same at 512 pixels",
    "tenengrad_256": "the same at 256 pixels",
    **{
        f"signal_{side}": f"ln of the gradient energy of the strongest tiles above the floor, at {side}"
        for side in SCALES
    },
    **{f"floor_{side}": f"ln of the gradient energy of the quietest tiles, at {side}" for side in SCALES},
    **{
        f"gradient_{angle}": f"ln of the gradient energy along {angle} degrees, at 1,024 pixels" for angle in DIRECTIONS
    },
    "blockiness": "ln of the comb of JPEG blocks over the spectrum; about -2 where there is none",
    "brightness": "mean luma, 0 to 1",
    "contrast": "standard deviation of the luma, 0 to 0.5",
    "highlights_clipped": "share of white pixels, 0 to 1",
    "shadows_clipped": "share of black pixels, 0 to 1",
    "highlight_headroom": "distance of the brightest channel's 99th percentile from white, 0 to 1",
    "entropy": "entropy of the luma in 64 bins, bits",
    "well_exposed": "mean nearness of the pixels to the middle of the scale, 0 to 1",
    "uprightness": "nearness to level and plumb of the lines that are nearly so, 0 to 1",
    "face_count": "number of faces",
    "face_detail": "mean sharpness of the faces by their width, ln as in `detail`",
    "eyes_open": "mean openness of the eyes by the width of the faces, 0 to 1",
    "faces_frontal": "share of the faces that look towards the camera, by their width, 0 to 1",
    "faces_cut_off": "share of the faces that the edge cuts, by their width, 0 to 1",
}


@dataclass(frozen=True)
class PhotoFeatures:
    """What is known of a photo.

    Attributes:
        scores: by the names in SCORES, all finite.
        faces: largest first.
        tiles: the map of its structure, as `tiles.pack_tiles` made it; empty where there is none.
    """

    scores: dict[str, float]
    faces: list[Face] = field(default_factory=list)
    tiles: bytes = b""


def measure_features(image: NDArray[np.uint8], *, face_model: str | Path | None = None) -> PhotoFeatures:
    """Measure an upright sRGB photo.

    Args:
        image: (h, w, 3), of any size from one pixel up; what is longer than 2,048 pixels is reduced to that.
        face_model: the file of the YuNet model; without it the Haar cascades find the faces.

    Raises:
        ValueError: the array is no such image.
        FaceModelError: the file of the model is missing or no YuNet model.
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
        **asdict(measure_exposure(image)),
        "uprightness": uprightness(resize_to_fit(grey, 512)),
        **_face_scores(faces),
    }
    return PhotoFeatures(scores, faces, pack_tiles(texture.tiles))


def _reduced(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    height, width, _ = image.shape
    scale = FINE_SIDE / max(height, width)
    if scale >= 1:
        return image
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def _face_scores(faces: list[Face]) -> dict[str, float]:
    """Means over the faces, by their width: a face in the background says little about the shot."""
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


def _mean(weighted: list[tuple[float, float]]) -> float:
    """Mean of (value, weight) pairs; the weights are above 0."""
    return sum(value * weight for value, weight in weighted) / sum(weight for _, weight in weighted)
