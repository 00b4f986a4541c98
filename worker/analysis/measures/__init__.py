"""Measures of pixels: sharpness, texture, exposure, noise, JPEG artefacts, a level horizon.

Arrays in, numbers out. A new measure belongs here. May use `files` and `metadata`.
"""

from worker.analysis.measures.compression import blockiness
from worker.analysis.measures.exposure import measure_exposure
from worker.analysis.measures.gradient_directions import DIRECTIONS, gradient_loss
from worker.analysis.measures.gradient_map import (
    ENERGIES,
    ENERGY_OF_ROUNDING,
    LOGARITHMS,
    pack_gradient_map,
    unpack_gradient_map,
)
from worker.analysis.measures.halos import halos
from worker.analysis.measures.histogram import luminance_histogram
from worker.analysis.measures.scales import FINE_SIDE, SCALES, Grey, tile_means
from worker.analysis.measures.sharpness import measure_sharpness, region_detail
from worker.analysis.measures.texture import measure_texture
from worker.analysis.measures.uprightness import uprightness

__all__ = [
    "DIRECTIONS",
    "ENERGIES",
    "ENERGY_OF_ROUNDING",
    "FINE_SIDE",
    "LOGARITHMS",
    "SCALES",
    "Grey",
    "blockiness",
    "gradient_loss",
    "halos",
    "luminance_histogram",
    "measure_exposure",
    "measure_sharpness",
    "measure_texture",
    "pack_gradient_map",
    "region_detail",
    "tile_means",
    "unpack_gradient_map",
    "uprightness",
]
