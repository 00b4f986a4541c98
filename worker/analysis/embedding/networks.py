"""What the networks share: their input, one request at a time, and how TensorFlow and OpenVINO compute.

Importing this module imports neither, because worker processes fork and TensorFlow does not survive a fork.
"""

from __future__ import annotations

import logging
import os
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar, Final, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.analysis.embedding.descriptor import require_rgb

logger = logging.getLogger(__name__)

Backend = Literal["tensorflow", "openvino"]
Network = Callable[[NDArray[np.float32]], NDArray[np.float32]]
"""From a batch (n, SIDE, SIDE, 3) to features (n, dimensions)."""

SIDE: Final = 224


class EncoderError(Exception):
    """The encoder cannot be used as configured. The message is a sentence for the operator."""


class NetworkEncoder(ABC):
    """The pooled features of a network's last maps, scaled to length one."""

    name: ClassVar[str]
    dimensions: ClassVar[int]
    input_size = (SIDE, SIDE)

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

    @abstractmethod
    def network_input(self, prepared: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """The batch (n, SIDE, SIDE, 3) for the network, from n prepared images."""

    def prepare(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Resize an image to the network's input size. `encode` gives the same vector for the result.

        The whole frame is squashed to a square. A centre crop of the usual 256 pixels would lose half of a 3:2 photo.
        What distinguishes two moments, such as a person entering at the side, is often there.

        Args:
            image: (height, width, 3), uint8, sRGB, upright.

        Returns:
            (224, 224, 3), uint8, sRGB.

        Raises:
            ValueError: the array is not such an image.
        """
        require_rgb(image)
        height, width = image.shape[:2]
        if (height, width) == (SIDE, SIDE):
            return image
        # INTER_AREA avoids aliasing of fine texture, but cannot enlarge.
        shrinks = min(height, width) >= SIDE
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
        batch = self.network_input([self.prepare(image) for image in images])
        with self._turn:
            features = self._network(batch)
        return unit_rows(features)


def unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scale each row to length one. A row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, np.finfo(np.float32).tiny), np.float32)


# --- TensorFlow -------------------------------------------------------------------------------------------------------


def prepare_tensorflow(threads: int | None) -> None:
    """Import TensorFlow with modest use of memory, and of `threads` processors if not None."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    import tensorflow as tf

    try:
        for gpu in tf.config.list_physical_devices("GPU"):  # otherwise TensorFlow takes all GPU memory at once
            tf.config.experimental.set_memory_growth(gpu, True)
        if threads:
            tf.config.threading.set_intra_op_parallelism_threads(threads)
            tf.config.threading.set_inter_op_parallelism_threads(1)
    except RuntimeError as error:  # other code in this process has already used TensorFlow
        logger.warning("TensorFlow keeps its default memory and thread settings: %s", error)


def tensorflow_network(features: Callable[[Any], Any]) -> Network:
    """The network of a function on TensorFlow's tensors."""
    import tensorflow as tf

    signature = [tf.TensorSpec((None, SIDE, SIDE, 3), tf.float32)]  # any batch size, so it is traced once
    compute = tf.function(features, input_signature=signature)

    def network(batch: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(compute(tf.constant(batch)), np.float32)

    return padded(network) if tf.config.list_physical_devices("GPU") else network


def padded(network: Network) -> Network:
    """Pad batches to sizes of 1, 2, 4, 8 and so on.

    cuDNN searches for its fastest algorithms again for every batch size, and an album's last batch may have any size.
    """

    def of_padded(batch: NDArray[np.float32]) -> NDArray[np.float32]:
        missing = (1 << (len(batch) - 1).bit_length()) - len(batch)
        if not missing:
            return network(batch)
        filler = np.zeros((missing, *batch.shape[1:]), batch.dtype)
        return network(np.concatenate([batch, filler]))[: len(batch)]

    return of_padded


# --- OpenVINO ---------------------------------------------------------------------------------------------------------


def openvino_network(model: Any, threads: int | None, *, precision: str = "") -> Network:
    """Compile OpenVINO's model of a network, whose input is channels first, for this machine's CPUs.

    Args:
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

    def network(batch: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(compiled(batch)[0], np.float32)

    return network
