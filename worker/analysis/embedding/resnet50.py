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
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from worker.analysis.embedding.networks import (
    SIDE,
    Backend,
    EncoderError,
    Network,
    NetworkEncoder,
    openvino_network,
    prepare_tensorflow,
    tensorflow_network,
)
from worker.analysis.embedding.weights import WeightsError, file_sha256, is_legacy_layout

logger = logging.getLogger(__name__)

ImageFormat = Literal["channels_first", "channels_last"]

RESNET50_NAME: Final = "resnet50"
RESNET50_DIMENSIONS: Final = 2048
# Increase with every change to the network's input: its vectors are not comparable with earlier ones.
PREPROCESSING_VERSION: Final = 1

_IMAGENET_MEANS_BGR: Final = np.array([103.939, 116.779, 123.68], np.float32)
_GRAPH_VERSION: Final = 1
_ROOT: Final = Path(__file__).resolve().parents[3]
_UNUSABLE: Final = 3  # exit status of the process that exports, when the weights are at fault


class ResNet50Encoder(NetworkEncoder):
    """The 2,048 averages of ResNet50's last feature maps, scaled to length one."""

    name = RESNET50_NAME
    dimensions = RESNET50_DIMENSIONS

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
        digest = _verified(weights, sha256)
        if backend == "openvino":
            network = _openvino_network(weights, digest, cache_folder, threads)
        else:
            network = _tensorflow_network(weights, threads)
        super().__init__(network, backend, resnet50_version(digest), weights)

    def network_input(self, prepared: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """Do what `keras.applications.resnet50.preprocess_input` does: BGR order, minus ImageNet's means."""
        batch = np.empty((len(prepared), SIDE, SIDE, 3), np.float32)
        for place, image in zip(batch, prepared, strict=True):
            np.subtract(image[..., ::-1], _IMAGENET_MEANS_BGR, out=place)
        return batch


def resnet50_version(sha256: str) -> str:
    """Vectors of the same version are comparable: they share the weights and the preprocessing."""
    return f"{sha256[:12]}.{PREPROCESSING_VERSION}"


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
        shape = (3, SIDE, SIDE) if image_format == "channels_first" else (SIDE, SIDE, 3)
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
    prepare_tensorflow(threads)
    import keras

    model = _build(keras, weights, "channels_last")
    return tensorflow_network(lambda batch: model(batch, training=False))


# --- OpenVINO ---------------------------------------------------------------------------------------------------------


def _openvino_network(weights: Path, digest: str, cache_folder: Path | None, threads: int | None) -> Network:
    """Compile the graph. On CPUs with bfloat16, OpenVINO computes in it, at twice the speed and half the memory.

    With random weights, the cosine between its vectors and TensorFlow's was 0.999996 then, and 0.9999999 in float32.
    """
    _choose_backend("openvino")
    import openvino

    return openvino_network(_graph(openvino.Core(), weights, digest, cache_folder), threads)


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
        _export_elsewhere(weights, made / "model.xml")
        if kept is None or not _keep(made, kept):
            return core.read_model(made / "model.xml")  # mapped into memory, so its file may be deleted
    return core.read_model(kept / "model.xml")


def _export_elsewhere(weights: Path, path: Path) -> None:
    """Write the graph in a process of its own: ours would keep the 200 MB that Keras and the export take."""
    command = [sys.executable, "-m", __name__, str(weights.resolve()), str(path.resolve())]
    environment = {**os.environ, "KERAS_BACKEND": "openvino"}
    exported = subprocess.run(
        command, cwd=_ROOT, env=environment, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    if exported.returncode == _UNUSABLE:
        raise EncoderError(exported.stdout.strip())
    if exported.returncode:
        raise EncoderError(f"The weights at {weights} could not be converted for OpenVINO: {exported.stderr[-500:]}")


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


if __name__ == "__main__":
    try:
        _export(Path(sys.argv[1]), Path(sys.argv[2]))
    except EncoderError as unusable:
        sys.stdout.write(str(unusable))
        sys.exit(_UNUSABLE)
