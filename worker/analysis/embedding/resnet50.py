"""ResNet50 (He et al. 2015, https://arxiv.org/abs/1512.03385) without its classification head, on OpenVINO,
TensorFlow or JAX.

Keras builds the network and reads the weights on all of them. Importing this module imports none, because worker
processes fork and TensorFlow does not survive a fork.

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
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Final, Literal

import numpy as np

from worker.analysis.embedding.keras_backends import computes_bfloat16, keras_network, start_keras
from worker.analysis.embedding.networks import SIDE, Network, NetworkEncoder, openvino_network
from worker.analysis.interface import EncoderError
from worker.analysis.models import (
    RESNET50_DIMENSIONS,
    RESNET50_NAME,
    Backend,
    WeightsError,
    file_sha256,
    is_legacy_layout,
    resnet50_version,
)

logger = logging.getLogger(__name__)

ImageFormat = Literal["channels_first", "channels_last"]
Precision = Literal["float32", "mixed_bfloat16"]

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
            cache_folder: where to keep for the next process what OpenVINO or JAX made; None to keep nothing.
            threads: processors to use; None for all.

        Raises:
            EncoderError: the weights are missing, changed or of another network, or Keras already runs on another
                backend.
        """
        digest = _verified(weights, sha256)
        if backend == "openvino":
            network = _openvino_network(weights, digest, cache_folder, threads)
        else:
            start_keras(backend, threads, cache_folder)
            precision: Precision = "mixed_bfloat16" if computes_bfloat16(backend) else "float32"
            network = _keras_network(weights, backend, precision)
        super().__init__(network, backend, resnet50_version(digest), weights)


def _scale(pixels: Any) -> Any:
    """Do what `keras.applications.resnet50.preprocess_input` does: BGR order, minus ImageNet's means."""
    return pixels[..., ::-1] - _IMAGENET_MEANS_BGR


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


def _build(keras: ModuleType, weights: Path, image_format: ImageFormat, precision: Precision = "float32") -> Any:
    """Build ResNet50 channels first or last. The weights are the same for both."""
    earlier, earlier_precision = keras.config.image_data_format(), keras.config.dtype_policy()
    keras.config.set_image_data_format(image_format)
    keras.config.set_dtype_policy(precision)
    try:
        shape = (3, SIDE, SIDE) if image_format == "channels_first" else (SIDE, SIDE, 3)
        model = keras.applications.ResNet50(include_top=False, pooling="avg", weights=None, input_shape=shape)
    finally:
        keras.config.set_image_data_format(earlier)
        keras.config.set_dtype_policy(earlier_precision)
    try:
        with _named_for_its_layout(weights) as path:
            model.load_weights(path)
    except (ValueError, KeyError, TypeError, AttributeError, OSError, WeightsError) as error:
        raise EncoderError(f"The weights at {weights} do not fit ResNet50: {error}") from error
    return model


def _keras_network(weights: Path, backend: Backend, precision: Precision) -> Network:
    """The network on a backend of Keras. In bfloat16, its vectors agree with those in float32 to 0.999 and better."""
    import keras

    model = _build(keras, weights, "channels_last", precision)
    return keras_network(lambda batch: model(batch, training=False), _scale, backend)


@contextlib.contextmanager
def _named_for_its_layout(weights: Path) -> Iterator[str]:
    """Keras tells the two layouts of HDF5 files apart only by file name, and an operator's file may have any name."""
    suffix = ".h5" if is_legacy_layout(weights) else ".weights.h5"
    with tempfile.TemporaryDirectory() as folder:
        link = Path(folder) / f"resnet50{suffix}"
        link.symlink_to(weights.resolve())
        yield str(link)


# --- OpenVINO ---------------------------------------------------------------------------------------------------------


def _openvino_network(weights: Path, digest: str, cache_folder: Path | None, threads: int | None) -> Network:
    """Compile the graph. On CPUs with bfloat16, OpenVINO computes in it, at twice the speed and half the memory.

    With random weights, the cosine between its vectors and TensorFlow's was 0.999996 then, and 0.9999999 in float32.
    """
    start_keras("openvino")
    import openvino

    return openvino_network(_graph(openvino.Core(), weights, digest, cache_folder), _scale, threads)


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
