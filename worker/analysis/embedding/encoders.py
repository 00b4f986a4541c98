"""Choose the encoder of this machine, load it once, and keep it busy with batches of photos."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib import metadata
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Final, Generic, Literal, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from worker.analysis.embedding.descriptor import (
    DESCRIPTOR_LENGTH,
    DESCRIPTOR_NAME,
    DESCRIPTOR_VERSION,
    describe,
    require_rgb,
)
from worker.analysis.embedding.resnet50 import (
    RESNET50_DIMENSIONS,
    RESNET50_NAME,
    Backend,
    EncoderError,
    ResNet50Encoder,
    resnet50_version,
)
from worker.analysis.embedding.weights import (
    RESNET50_IMAGENET,
    WeightsError,
    WeightsSource,
    check_weights_file,
    downloaded_weights,
    file_sha256,
)

__all__ = [
    "DescriptorEncoder",
    "EncodedBatch",
    "Encoder",
    "EncoderChoice",
    "EncoderError",
    "ResNet50Encoder",
    "encode_stream",
    "load_encoder",
    "nvidia_gpu_present",
    "resolve_encoder",
]

Image = NDArray[np.uint8]
Key = TypeVar("Key")
Model = Literal["auto", "resnet50", "descriptor"]

_HOW_TO_GET_WEIGHTS: Final = (
    "`python manage.py download_models` downloads them; RESNET50_WEIGHTS can name a file you already have"
)


class Encoder(Protocol):
    """Turns images into vectors whose dot product measures their similarity.

    Vectors are comparable only if `name` and `version` are the same. Several threads may call both methods.
    """

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    @property
    def input_size(self) -> tuple[int, int]:
        """Width and height of the network's input; larger images are no better."""
        ...

    def prepare(self, image: Image) -> Image:
        """Do the part of the work that needs no device, in the threads that load images.

        `encode` gives the same vector for the result as for the image.

        Raises:
            ValueError: the image is not (height, width, 3), uint8.
        """
        ...

    def encode(self, images: Sequence[Image]) -> NDArray[np.float32]:
        """Compute vectors of upright sRGB images, each (height, width, 3), uint8.

        Returns:
            (number of images, dimensions), float32, rows of length one.

        Raises:
            ValueError: one of them is not such an image.
        """
        ...


class DescriptorEncoder:
    """The hand-crafted descriptor as an encoder: no weights, no device."""

    name = DESCRIPTOR_NAME
    version = DESCRIPTOR_VERSION
    dimensions = DESCRIPTOR_LENGTH
    input_size = (128, 128)

    def prepare(self, image: Image) -> Image:
        """Return the image as it is. Check it here, so that a wrong one does not fail a whole batch."""
        require_rgb(image)
        return image

    def encode(self, images: Sequence[Image]) -> NDArray[np.float32]:
        return describe(images)


# --- Which encoder ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class EncoderChoice:
    """The encoder this machine will use, known without loading it.

    Attributes:
        name: name of the model, stored with each vector.
        version: version of its weights and preprocessing, stored with each vector.
        dimensions: length of its vectors.
        reason: why this encoder was chosen, in a sentence.
        warning: what is wrong, in a sentence for the log, the checks and the page; empty when nothing is.
        backend: the library that computes ResNet50.
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
    model: Model | str,
    backend: Literal["auto", "tensorflow", "openvino"] | str,
    weights: Path | str | None,
    cache_folder: Path,
    *,
    source: WeightsSource = RESNET50_IMAGENET,
) -> EncoderChoice:
    """Choose the encoder from the files of this machine. Takes milliseconds, but hashes a local file once per process.

    Args:
        model: `auto` is ResNet50 if its weights are there, else the descriptor with a warning.
        backend: `auto` is TensorFlow if there is an NVIDIA GPU, else the first installed of OpenVINO and TensorFlow.
        weights: a local file to use instead of the downloaded one. It must be valid; there is no fallback.
        cache_folder: the folder with downloads.

    Raises:
        EncoderError: something that was set explicitly is not available here.
    """
    if model not in ("auto", RESNET50_NAME, DESCRIPTOR_NAME):
        raise EncoderError(f"There is no embedding model {model!r}. Use auto, {RESNET50_NAME} or {DESCRIPTOR_NAME}.")
    if model == DESCRIPTOR_NAME:
        return _descriptor_choice("The hand-crafted descriptor is configured.")
    try:
        file, sha256 = _weights_file(weights, cache_folder, source)
        chosen, why = _choose_backend(backend)
    except _UnavailableError as error:
        if model == RESNET50_NAME:
            raise EncoderError(f"ResNet50 is configured, but {error}.") from error
        warning = f"Photos are grouped by a hand-crafted descriptor, which is less accurate than ResNet50: {error}."
        return _descriptor_choice(f"ResNet50 cannot be used here: {error}.", warning)
    except WeightsError as error:
        raise EncoderError(str(error)) from error
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


class _UnavailableError(Exception):
    """ResNet50 is not available here, and nobody set it explicitly. The message is a clause to put after a colon."""


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


def _choose_backend(wanted: str) -> tuple[Backend, str]:
    installed: list[Backend] = [name for name in _BACKENDS if find_spec(name) is not None]
    if wanted != "auto":
        chosen = next((name for name in _BACKENDS if name == wanted), None)
        if chosen is None:
            raise EncoderError(f"There is no backend {wanted!r}. Use auto, {' or '.join(_BACKENDS)}.")
        if chosen not in installed:
            raise EncoderError(f"The backend {chosen} is configured, but it is not installed.")
        return chosen, "it is configured"
    if not installed or find_spec("keras") is None:
        raise _UnavailableError("neither TensorFlow nor OpenVINO is installed with Keras")
    if "tensorflow" in installed and nvidia_gpu_present() and _tensorflow_knows_gpus():
        return "tensorflow", "there is an NVIDIA GPU"
    return installed[0], "it is the fastest installed without a GPU"


_BACKENDS: Final[tuple[Backend, ...]] = ("openvino", "tensorflow")  # the one that is faster on CPUs first


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


def _tensorflow_knows_gpus() -> bool:
    """The CPU-only wheel installs the same module under another distribution name."""
    try:
        metadata.version("tensorflow")
    except metadata.PackageNotFoundError:
        return False
    return True


# --- Loading it -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Loaded:
    choice: EncoderChoice
    encoder: Encoder
    process: int


_loading = threading.Lock()
_loaded: _Loaded | None = None


def load_encoder(choice: EncoderChoice, *, threads: int | None = None) -> Encoder:
    """Load the encoder of this choice, or return it if it is already loaded. Loading ResNet50 takes seconds.

    Only the last choice stays loaded, so a worker that changes from the descriptor to ResNet50 holds one of them.

    Args:
        threads: processors that ResNet50 may use; None for all. Only the first call counts.

    Raises:
        EncoderError: it cannot be loaded, or was loaded before this process was forked: TensorFlow would hang.
    """
    global _loaded  # noqa: PLW0603 - one encoder per process is the point
    with _loading:
        if _loaded is not None and _loaded.choice == choice:
            if _loaded.process != os.getpid() and choice.backend is not None:
                raise EncoderError("The encoder was loaded before this process was forked. Load it in the child only.")
            return _loaded.encoder
        encoder = _load(choice, threads)
        _loaded = _Loaded(choice, encoder, os.getpid())
        return encoder


def _load(choice: EncoderChoice, threads: int | None) -> Encoder:
    if choice.backend is None or choice.weights is None:
        return DescriptorEncoder()
    return ResNet50Encoder(
        choice.weights,
        choice.backend,
        sha256=choice.weights_sha256,
        cache_folder=choice.cache_folder,
        threads=threads,
    )


# --- Feeding it -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class EncodedBatch(Generic[Key]):
    """The vectors of a batch of images, and the errors of those that failed.

    Attributes:
        ids: the ids of the encoded images, in their order.
        vectors: (number of ids, dimensions), float32, one row per id.
        errors: for the id of each image that could not be loaded, what its loader raised.
    """

    ids: list[Key]
    vectors: NDArray[np.float32]
    errors: dict[Key, Exception]


def encode_stream(
    encoder: Encoder,
    images: Iterable[tuple[Key, Callable[[], Image]]],
    *,
    batch_size: int = 16,
    loader_threads: int = 4,
) -> Generator[EncodedBatch[Key], None, None]:
    """Encode images in batches. Threads load the next batch while the device works on the current one.

    Holds at most two batches at a time. The caller's thread iterates `images`; other threads call its loaders, which
    must not use the caller's database connection.

    Args:
        images: pairs of an id and a function that returns the image, (height, width, 3), uint8, upright sRGB.
        batch_size: number of images for one call of the encoder.

    Yields:
        One batch for every `batch_size` pairs, in their order.

    Raises:
        ValueError: batch_size or loader_threads is below one.
    """
    if batch_size < 1 or loader_threads < 1:
        raise ValueError("batch_size and loader_threads must be at least one")
    return _encode_stream(encoder, iter(images), batch_size, loader_threads)


def _encode_stream(
    encoder: Encoder, images: Iterator[tuple[Key, Callable[[], Image]]], batch_size: int, loader_threads: int
) -> Generator[EncodedBatch[Key], None, None]:
    pool = ThreadPoolExecutor(loader_threads, thread_name_prefix="load-images")

    def load(loader: Callable[[], Image]) -> Image:
        return encoder.prepare(loader())

    def submit() -> list[tuple[Key, Future[Image]]]:
        return [(key, pool.submit(load, loader)) for key, loader in islice(images, batch_size)]

    try:
        ahead = deque([submit()])
        while current := ahead.popleft():
            ahead.append(submit())
            yield _encode_loaded(encoder, current)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _encode_loaded(encoder: Encoder, loading: list[tuple[Key, Future[Image]]]) -> EncodedBatch[Key]:
    ids: list[Key] = []
    loaded: list[Image] = []
    errors: dict[Key, Exception] = {}
    for key, future in loading:
        try:
            image = future.result()
        except Exception as error:  # any error concerns only this image
            errors[key] = error
        else:
            ids.append(key)
            loaded.append(image)
    return EncodedBatch(ids, encoder.encode(loaded), errors)
