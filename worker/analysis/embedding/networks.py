"""What the networks share: their input, one request at a time, and how OpenVINO computes. Keras: see `keras_backends`.

Importing this module imports no library of networks, because worker processes fork and TensorFlow does not survive a
fork.
"""

from __future__ import annotations

import threading
from abc import ABC
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.analysis.embedding.descriptor import require_rgb
from worker.analysis.interface import EncoderError
from worker.analysis.models import Backend

Network = Callable[[Sequence[NDArray[np.uint8]]], NDArray[np.float32]]
"""From prepared images to features (number of images, dimensions)."""
Scale = Callable[[Any], Any]
"""From pixels (n, SIDE, SIDE, 3), RGB from 0 to 255, to what a network expects, in arrays of any library."""

SIDE: Final = 224
FRAME: Final = 512
"""The longest side of an image that the backends of Keras resize on their device: most thumbnails."""


class NetworkEncoder(ABC):
    """The pooled features of a network's last maps, scaled to length one."""

    name: ClassVar[str]
    dimensions: ClassVar[int]
    input_size = (SIDE, SIDE)
    backend: Backend = "openvino"

    def __init__(self, network: Network, backend: Backend, version: str, weights: Path) -> None:
        """Take a loaded network, and compile its kernels now.

        Raises:
            EncoderError: it gives only zeros or no finite numbers.
        """
        self.backend = backend
        self.version = version
        self._network = network
        self._turn = threading.Lock()  # one request at a time: the device is the bottleneck, and memory stays bounded
        vector = self.encode([np.indices((SIDE, SIDE, 3)).sum(axis=0).astype(np.uint8)])
        if not np.isfinite(vector).all() or not vector.any():
            raise EncoderError(f"The weights at {weights} are unusable: they give vectors of zeros or NaN.")

    def prepare(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Resize an image to the network's input size, unless the device does it. `encode` gives the same vector.

        The whole frame is squashed to a square. A centre crop of the usual 256 pixels would lose half of a 3:2 photo.
        What distinguishes two moments, such as a person entering at the side, is often there.

        Args:
            image: (height, width, 3), uint8, sRGB, upright.

        Returns:
            (224, 224, 3), uint8, sRGB; or the same image if the device resizes it.

        Raises:
            ValueError: the array is not such an image.
        """
        require_rgb(image)
        height, width = image.shape[:2]
        if (height, width) == (SIDE, SIDE):
            return image
        # INTER_AREA avoids aliasing of fine texture, but cannot enlarge.
        shrinks = min(height, width) >= SIDE
        if self.backend != "openvino" and shrinks and max(height, width) <= FRAME:
            return image
        resized = cv2.resize(image, (SIDE, SIDE), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
        return np.asarray(resized, np.uint8)

    def encode(self, images: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """Compute the vectors of a batch.

        Args:
            images: each (height, width, 3), uint8, sRGB, upright; sizes may differ. Memory grows with their number.

        Returns:
            (number of images, dimensions), float32, rows of length one.

        Raises:
            ValueError: one of them is not such an image.
        """
        if not images:
            return np.empty((0, self.dimensions), np.float32)
        prepared = [self.prepare(image) for image in images]
        with self._turn:
            features = self._network(prepared)
        return unit_rows(features)


def unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scale each row to length one. A row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, np.finfo(np.float32).tiny), np.float32)


# --- OpenVINO ---------------------------------------------------------------------------------------------------------


def openvino_network(model: Any, scale: Scale, threads: int | None, *, precision: str = "") -> Network:
    """Compile OpenVINO's model of a network, whose input is channels first, for this machine's CPUs.

    Args:
        scale: makes the network's input.
        threads: processors to use; None for all.
        precision: in which to compute, such as `f32`; empty for the fastest of the machine.
    """
    import openvino
    from openvino.preprocess import PrePostProcessor

    steps = PrePostProcessor(model)
    steps.input().tensor().set_layout(openvino.Layout("NHWC"))
    steps.input().model().set_layout(openvino.Layout("NCHW"))
    # Without this, all worker processes would pin their threads to the same first processors.
    settings: dict[str, Any] = {"PERFORMANCE_HINT": "LATENCY", "ENABLE_CPU_PINNING": False}
    if threads:
        settings["INFERENCE_NUM_THREADS"] = threads
    if precision:
        settings["INFERENCE_PRECISION_HINT"] = precision
    compiled = openvino.Core().compile_model(steps.build(), "CPU", settings)

    def network(prepared: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        batch = np.ascontiguousarray(scale(np.stack(prepared).astype(np.float32)))
        return np.asarray(compiled(batch)[0], np.float32)

    return network
