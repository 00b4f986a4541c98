"""ResNet50 (He et al. 2015, https://arxiv.org/abs/1512.03385) without its classification head, on TensorFlow or
OpenVINO.

Keras builds the network and reads the weights on both. Importing this module imports neither, because worker processes
fork and TensorFlow does not survive a fork.

For OpenVINO, the network is built channels first and exported once as OpenVINO's own graph, which is stored beside the
weights. Later processes read that graph and never import Keras. Channels last, Keras wraps every convolution in two
transpositions, which OpenVINO keeps and which cost more time than the convolutions.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Final, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.analysis.embedding.descriptor import require_rgb
from worker.analysis.embedding.weights import WeightsError, file_sha256, is_legacy_layout

logger = logging.getLogger(__name__)

Backend = Literal["tensorflow", "openvino"]
ImageFormat = Literal["channels_first", "channels_last"]
Network = Callable[[NDArray[np.float32]], NDArray[np.float32]]

RESNET50_NAME: Final = "resnet50"
RESNET50_DIMENSIONS: Final = 2048
# Increase with every change to the network's input: its vectors are not comparable with earlier ones.
PREPROCESSING_VERSION: Final = 1

_SIDE: Final = 224
_IMAGENET_MEANS_BGR: Final = np.array([103.939, 116.779, 123.68], np.float32)
_GRAPH_VERSION: Final = 1


class EncoderError(Exception):
    """The encoder cannot be used as configured. The message is a sentence for the operator."""


class ResNet50Encoder:
    """The 2,048 averages of ResNet50's last feature maps, scaled to length one."""

    name = RESNET50_NAME
    dimensions = RESNET50_DIMENSIONS
    input_size = (_SIDE, _SIDE)

    def __init__(
        self,
        weights: Path,
        backend: Backend,
        *,
        sha256: str = "",
        cache_folder: Path | None = None,
        threads: int | None = None,
    ) -> None:
        """Load the network; takes seconds.

        Args:
            weights: an HDF5 file in the layout of ImageNet's (Keras 2) or in that of Keras 3.
            backend: the library that computes. Keras allows one backend per process.
            sha256: the SHA-256 the file must have; empty for any.
            cache_folder: where to keep OpenVINO's graph for the next process; None to keep none.
            threads: processors to use; None for all.

        Raises:
            EncoderError: the weights are missing, changed or of another network, or Keras already runs on another
                backend.
        """
        self.backend = backend
        digest = _verified(weights, sha256)
        self.version = resnet50_version(digest)
        self._turn = threading.Lock()  # one request at a time: the device is the bottleneck, and memory stays bounded
        if backend == "openvino":
            self._network = _openvino_network(weights, digest, cache_folder, threads)
        else:
            self._network = _tensorflow_network(weights, threads)
        self._warm_up(weights)

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
        if (height, width) == (_SIDE, _SIDE):
            return image
        # INTER_AREA avoids aliasing of fine texture, but cannot enlarge.
        shrinks = min(height, width) >= _SIDE
        resized = cv2.resize(image, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
        return np.asarray(resized, np.uint8)

    def encode(self, images: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """Compute the vectors of a batch.

        Args:
            images: each (height, width, 3), uint8, sRGB, upright; sizes may differ. Memory grows with their number.

        Returns:
            (number of images, 2048), float32, rows of length one.

        Raises:
            ValueError: one of them is not such an image.
        """
        if not images:
            return np.empty((0, RESNET50_DIMENSIONS), np.float32)
        tensor = network_input([self.prepare(image) for image in images])
        with self._turn:
            features = self._network(tensor)
        return unit_rows(features)

    def _warm_up(self, weights: Path) -> None:
        """Compile the kernels now, and reject weights that give only zeros or no finite numbers."""
        vector = self.encode([np.indices((_SIDE, _SIDE, 3)).sum(axis=0).astype(np.uint8)])
        if not np.isfinite(vector).all() or not vector.any():
            raise EncoderError(f"The weights at {weights} are unusable: they give vectors of zeros or NaN.")


def resnet50_version(sha256: str) -> str:
    """Vectors of the same version are comparable: they share the weights and the preprocessing."""
    return f"{sha256[:12]}.{PREPROCESSING_VERSION}"


def network_input(prepared: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
    """Do what `keras.applications.resnet50.preprocess_input` does: BGR order, minus ImageNet's means.

    Args:
        prepared: n images, each (224, 224, 3), uint8, sRGB.

    Returns:
        (n, 224, 224, 3), float32.
    """
    batch = np.empty((len(prepared), _SIDE, _SIDE, 3), np.float32)
    for place, image in zip(batch, prepared, strict=True):
        np.subtract(image[..., ::-1], _IMAGENET_MEANS_BGR, out=place)
    return batch


def unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scale each row to length one. A row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, np.finfo(np.float32).tiny), np.float32)


def _verified(weights: Path, sha256: str) -> str:
    try:
        digest = file_sha256(weights)
    except WeightsError as error:
        raise EncoderError(str(error)) from error
    if sha256 and digest != sha256:
        raise EncoderError(
            f"The weights at {weights} have changed: their SHA-256 is {digest}, not {sha256}. "
            "Run `python manage.py download_models --force` to download them again."
        )
    return digest


# --- Keras ------------------------------------------------------------------------------------------------------------


def _choose_backend(backend: Backend) -> None:
    """Set the backend of Keras, which reads it once, when it is imported."""
    loaded = sys.modules.get("keras")
    if loaded is not None and (found := loaded.config.backend()) != backend:
        raise EncoderError(
            f"Keras already runs on {found} in this process and cannot change to {backend}. "
            f"Start the process with KERAS_BACKEND={backend}."
        )
    os.environ["KERAS_BACKEND"] = backend
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")


def _build(keras: ModuleType, weights: Path, image_format: ImageFormat) -> Any:
    """Build ResNet50 channels first or last. The weights are the same for both."""
    earlier = keras.config.image_data_format()
    keras.config.set_image_data_format(image_format)
    try:
        shape = (3, _SIDE, _SIDE) if image_format == "channels_first" else (_SIDE, _SIDE, 3)
        model = keras.applications.ResNet50(include_top=False, pooling="avg", weights=None, input_shape=shape)
    finally:
        keras.config.set_image_data_format(earlier)
    try:
        with _named_for_its_layout(weights) as path:
            model.load_weights(path)
    except (ValueError, KeyError, TypeError, AttributeError, OSError, WeightsError) as error:
        raise EncoderError(f"The weights at {weights} do not fit ResNet50: {error}") from error
    return model


@contextlib.contextmanager
def _named_for_its_layout(weights: Path) -> Iterator[str]:
    """Keras tells the two layouts of HDF5 files apart only by file name, and an operator's file may have any name."""
    suffix = ".h5" if is_legacy_layout(weights) else ".weights.h5"
    with tempfile.TemporaryDirectory() as folder:
        link = Path(folder) / f"resnet50{suffix}"
        link.symlink_to(weights.resolve())
        yield str(link)


# --- TensorFlow -------------------------------------------------------------------------------------------------------


def _tensorflow_network(weights: Path, threads: int | None) -> Network:
    _choose_backend("tensorflow")
    import tensorflow as tf

    gpus = tf.config.list_physical_devices("GPU")
    try:
        for gpu in gpus:  # otherwise TensorFlow takes all GPU memory at once
            tf.config.experimental.set_memory_growth(gpu, True)
        if threads:
            tf.config.threading.set_intra_op_parallelism_threads(threads)
            tf.config.threading.set_inter_op_parallelism_threads(1)
    except RuntimeError as error:  # other code in this process has already used TensorFlow
        logger.warning("TensorFlow keeps its default memory and thread settings: %s", error)
    import keras

    model = _build(keras, weights, "channels_last")
    signature = [tf.TensorSpec((None, _SIDE, _SIDE, 3), tf.float32)]  # any batch size, so it is traced once
    compute = tf.function(lambda batch: model(batch, training=False), input_signature=signature)

    def network(batch: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(compute(tf.constant(batch)), np.float32)

    return padded(network) if gpus else network


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


def _openvino_network(weights: Path, digest: str, cache_folder: Path | None, threads: int | None) -> Network:
    """Compile the graph. On CPUs with bfloat16, OpenVINO computes in it, at twice the speed and half the memory.

    With random weights, the cosine between its vectors and TensorFlow's was 0.999996 then, and 0.9999999 in float32.
    """
    _choose_backend("openvino")
    import openvino
    from openvino.preprocess import PrePostProcessor

    core = openvino.Core()
    model = _graph(core, weights, digest, cache_folder)
    steps = PrePostProcessor(model)
    steps.input().tensor().set_layout(openvino.Layout("NHWC"))
    steps.input().model().set_layout(openvino.Layout("NCHW"))
    # Without this, all worker processes would pin their threads to the same first processors.
    settings: dict[str, Any] = {"PERFORMANCE_HINT": "LATENCY", "ENABLE_CPU_PINNING": False}
    if threads:
        settings["INFERENCE_NUM_THREADS"] = threads
    compiled = core.compile_model(steps.build(), "CPU", settings)

    def network(batch: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(compiled(batch)[0], np.float32)

    return network


def _graph(core: Any, weights: Path, digest: str, cache_folder: Path | None) -> Any:
    """OpenVINO's graph of the network: the stored one, or else a new one, which is stored for the next process."""
    kept = cache_folder / f"resnet50-{digest[:16]}-openvino-{_GRAPH_VERSION}" if cache_folder else None
    if kept is not None and kept.is_dir():
        try:
            return core.read_model(kept / "model.xml")
        except RuntimeError as error:  # damaged, or written by a newer OpenVINO
            logger.warning("Cannot read the OpenVINO graph at %s; making it again: %s", kept, error)
            shutil.rmtree(kept, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=_writable(cache_folder), ignore_cleanup_errors=True) as folder:
        made = Path(folder) / "graph"
        made.mkdir()
        _export(weights, made / "model.xml")
        if kept is None or not _keep(made, kept):
            return core.read_model(made / "model.xml")  # mapped into memory, so its file may be deleted
    return core.read_model(kept / "model.xml")


def _export(weights: Path, path: Path) -> None:
    import keras

    model = _build(keras, weights, "channels_first")
    model.export(str(path), format="openvino", verbose=False)


def _writable(cache_folder: Path | None) -> Path | None:
    if cache_folder is None:
        return None
    with contextlib.suppress(OSError):
        cache_folder.mkdir(parents=True, exist_ok=True)
    return cache_folder if os.access(cache_folder, os.W_OK) else None


def _keep(made: Path, kept: Path) -> bool:
    """Move the graph to its place in one step. If another process was faster, its graph is as good."""
    try:
        made.rename(kept)
    except OSError:
        return kept.is_dir()
    return True
