"""How TensorFlow and JAX compute a network, on a GPU if there is one. Both do it by Keras' operations, so they agree.

Importing this module imports none of the three. A process can use one backend only, because Keras cannot change it.

The device does what costs the processors most beside decoding: it resizes whole thumbnails. The result is that of
OpenCV's INTER_AREA, which `NetworkEncoder.prepare` uses elsewhere.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from worker.analysis.embedding.networks import FRAME, SIDE, Network, Scale
from worker.analysis.interface import EncoderError
from worker.analysis.models import Backend

logger = logging.getLogger(__name__)

_BFLOAT16_SINCE = (8, 0)  # the compute capability of NVIDIA's Ampere


def start_keras(backend: Backend, threads: int | None = None, cache_folder: Path | None = None) -> None:
    """Import Keras on a backend, with modest use of memory, and of `threads` processors if not None.

    Args:
        cache_folder: where JAX keeps what it compiled for the next process; None to keep nothing.

    Raises:
        EncoderError: Keras already runs on another backend in this process.
    """
    loaded = sys.modules.get("keras")
    if loaded is not None and (found := loaded.config.backend()) != backend:
        raise EncoderError(
            f"Keras already runs on {found} in this process and cannot change to {backend}. "
            f"Start the process with KERAS_BACKEND={backend}."
        )
    os.environ["KERAS_BACKEND"] = backend
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    if backend == "tensorflow":
        _start_tensorflow(threads)
    elif backend == "jax":
        _start_jax(cache_folder)


def _start_tensorflow(threads: int | None) -> None:
    import tensorflow as tf

    try:
        for gpu in tf.config.list_physical_devices("GPU"):  # otherwise TensorFlow takes all GPU memory at once
            tf.config.experimental.set_memory_growth(gpu, True)
        if threads:
            tf.config.threading.set_intra_op_parallelism_threads(threads)
            tf.config.threading.set_inter_op_parallelism_threads(1)
    except RuntimeError as error:  # other code in this process has already used TensorFlow
        logger.warning("TensorFlow keeps its default memory and thread settings: %s", error)


def _start_jax(cache_folder: Path | None) -> None:
    os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")  # otherwise a process takes most of the GPU memory
    import jax

    if cache_folder is not None and os.access(cache_folder, os.W_OK):
        jax.config.update("jax_compilation_cache_dir", str(cache_folder / "jax"))


def computes_bfloat16(backend: Backend) -> bool:
    """Whether there is a GPU that computes in bfloat16. Start Keras first."""
    if backend == "jax":
        import jax

        versions = [device.compute_capability for device in jax.devices() if device.platform == "gpu"]
        return bool(versions) and all(
            tuple(int(part) for part in str(version).split(".")) >= _BFLOAT16_SINCE for version in versions
        )
    import tensorflow as tf

    details = [tf.config.experimental.get_device_details(gpu) for gpu in tf.config.list_physical_devices("GPU")]
    return bool(details) and all(found.get("compute_capability", (0, 0)) >= _BFLOAT16_SINCE for found in details)


def keras_network(features: Callable[[Any], Any], scale: Scale, backend: Backend) -> Network:
    """The network of a function on a backend's arrays: from (n, SIDE, SIDE, 3) float32 to (n, dimensions)."""
    compute = _compiled(lambda pixels, sizes: features(scale(_resized(pixels, sizes))), backend)
    frames = np.empty((0, FRAME, FRAME, 3), np.uint8)  # kept, because new memory costs a quarter of a batch's time

    def network(prepared: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """Pad batches to sizes of 1, 2, 4, 8 and so on: each other size would be compiled for seconds."""
        nonlocal frames
        number = 1 << (len(prepared) - 1).bit_length()
        if len(frames) < number:
            frames = np.zeros((number, FRAME, FRAME, 3), np.uint8)
        sizes = np.full((number, 2), SIDE, np.float32)
        for place, image in enumerate(prepared):
            height, width = sizes[place] = image.shape[:2]
            frames[place, :height, :width] = image
        return np.asarray(compute(frames[:number], sizes), np.float32)[: len(prepared)]

    return network


def _compiled(function: Callable[[Any, Any], Any], backend: Backend) -> Callable[[Any, Any], Any]:
    if backend == "jax":
        import jax

        compiled: Callable[[Any, Any], Any] = jax.jit(function)
        return compiled
    import tensorflow as tf

    signature = [tf.TensorSpec((None, FRAME, FRAME, 3), tf.uint8), tf.TensorSpec((None, 2), tf.float32)]
    traced: Callable[[Any, Any], Any] = tf.function(function, input_signature=signature)
    return traced


def _resized(pixels: Any, sizes: Any) -> Any:
    """Shrink the image at the upper left of each frame to the network's input size.

    Args:
        pixels: (n, FRAME, FRAME, 3) uint8; what is beside an image does not matter.
        sizes: (n, 2) float32, height and width of each image, at least SIDE.
    """
    from keras import ops

    rows, columns = (_shares(sizes[:, axis]) for axis in (0, 1))
    shrunk = ops.einsum("nyh,nhwc->nywc", rows, ops.cast(pixels, "float32"))
    return ops.round(ops.einsum("nxw,nywc->nyxc", columns, shrunk))


def _shares(lengths: Any) -> Any:
    """How much of each of SIDE places each of FRAME pixels is, for each length: (n, SIDE, FRAME)."""
    from keras import ops

    step = ops.expand_dims(lengths, (1, 2)) / SIDE
    place = np.arange(SIDE, dtype=np.float32)[None, :, None]
    pixel = np.arange(FRAME, dtype=np.float32)[None, None, :]
    covered = ops.minimum((place + 1) * step, pixel + 1) - ops.maximum(place * step, pixel)
    return ops.maximum(covered, 0.0) / step
