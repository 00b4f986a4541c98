"""Which encoder turns photos into vectors here, loading it once, and feeding it without letting it wait."""

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
    "`python manage.py download_models` fetches them; RESNET50_WEIGHTS names a file you have already"
)


class Encoder(Protocol):
    """Turns images into vectors whose dot product says how alike they are.

    Vectors may be compared when `name` and `version` are the same. Both methods may be called from several threads.
    """

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    @property
    def input_size(self) -> tuple[int, int]:
        """Width and height of what is looked at; larger images are no better."""
        ...

    def prepare(self, image: Image) -> Image:
        """The part of the work that needs no device, for the threads that load images: `encode` of its result is
        `encode` of the image.

        Raises:
            ValueError: the image is not (height, width, 3), uint8.
        """
        ...

    def encode(self, images: Sequence[Image]) -> NDArray[np.float32]:
        """Images, each (height, width, 3), uint8, upright sRGB, to (number of images, dimensions), float32, rows of
        length one.

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
        """The image as it is; a wrong one is refused here, rather than in the midst of a batch."""
        require_rgb(image)
        return image

    def encode(self, images: Sequence[Image]) -> NDArray[np.float32]:
        return describe(images)


# --- Which encoder ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class EncoderChoice:
    """The encoder this machine will use, known without loading it.

    Attributes:
        name: of the model, stored with each vector.
        version: of its weights and preprocessing, stored with each vector.
        dimensions: length of its vectors.
        reason: why this one, in a sentence.
        warning: what is amiss, in a sentence for the log, the checks and the page; empty when nothing is.
        backend: what computes ResNet50.
        weights: the file it will load.
        weights_sha256: what that file must be.
        cache_folder: where what is made from the weights is kept.
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
    """Decide from the files of this machine, in milliseconds; a local file of weights is read through once a process.

    Args:
        model: `auto` is ResNet50 where its weights are, else the descriptor with a warning.
        backend: `auto` is TensorFlow where there is an NVIDIA GPU, else the first installed of OpenVINO and TensorFlow.
        weights: a local file to use in place of the downloaded one. Once named it must be right, or nothing works.
        cache_folder: where downloads are.

    Raises:
        EncoderError: what was asked for explicitly cannot be had here.
    """
    if model not in ("auto", RESNET50_NAME, DESCRIPTOR_NAME):
        raise EncoderError(f"There is no embedding model {model!r}. Use auto, {RESNET50_NAME} or {DESCRIPTOR_NAME}.")
    if model == DESCRIPTOR_NAME:
        return _descriptor_choice("The hand-crafted descriptor was asked for.")
    try:
        file, sha256 = _weights_file(weights, cache_folder, source)
        chosen, why = _choose_backend(backend)
    except _UnavailableError as error:
        if model == RESNET50_NAME:
            raise EncoderError(f"ResNet50 was asked for, but {error}.") from error
        warning = f"Photos are grouped by a hand-crafted descriptor, less exactly than by ResNet50: {error}."
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
    """What keeps this machine from ResNet50 without anyone having asked for the impossible; half a sentence."""


def _descriptor_choice(reason: str, warning: str = "") -> EncoderChoice:
    return EncoderChoice(DESCRIPTOR_NAME, DESCRIPTOR_VERSION, DESCRIPTOR_LENGTH, reason, warning)


def _weights_file(weights: Path | str | None, cache_folder: Path, source: WeightsSource) -> tuple[Path, str]:
    """The file to load and its SHA-256; that of a download is known, and checked when it is loaded."""
    if weights:
        path = Path(weights).expanduser().resolve()
        check_weights_file(path)
        return path, file_sha256(path)
    downloaded = downloaded_weights(cache_folder, source)
    if downloaded is None:
        raise _UnavailableError(f"its weights are not here ({_HOW_TO_GET_WEIGHTS})")
    return downloaded, source.sha256


def _choose_backend(wanted: str) -> tuple[Backend, str]:
    installed: list[Backend] = [name for name in _BACKENDS if find_spec(name) is not None]
    if wanted != "auto":
        chosen = next((name for name in _BACKENDS if name == wanted), None)
        if chosen is None:
            raise EncoderError(f"There is no backend {wanted!r}. Use auto, {' or '.join(_BACKENDS)}.")
        if chosen not in installed:
            raise EncoderError(f"The backend {chosen} was asked for, but it is not installed.")
        return chosen, "it was asked for"
    if not installed or find_spec("keras") is None:
        raise _UnavailableError("neither TensorFlow nor OpenVINO is installed with Keras")
    if "tensorflow" in installed and nvidia_gpu_present() and _tensorflow_knows_gpus():
        return "tensorflow", "there is an NVIDIA GPU"
    return installed[0], "it is the fastest installed without a GPU"


_BACKENDS: Final[tuple[Backend, ...]] = ("openvino", "tensorflow")  # the faster on processors first


def nvidia_gpu_present(root: Path = Path("/")) -> bool:
    """Whether this process may use an NVIDIA GPU, from what the driver shows: to ask CUDA would forbid to fork."""
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
    """The wheel for processors alone has a name of its own, and the same module."""
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
    """The encoder of the choice, loaded at the first call (seconds for ResNet50) and kept for the next.

    Only the last choice is kept, so a worker that has come from the descriptor to ResNet50 holds one of them.

    Args:
        threads: processors ResNet50 may use, all where None; what the first call says holds.

    Raises:
        EncoderError: it cannot be loaded, or was loaded before this process was forked: TensorFlow would hang.
    """
    global _loaded  # noqa: PLW0603 - once a process is the point
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
    """The vectors of some images, and what went wrong with others.

    Attributes:
        ids: of the images that were encoded, in the order they came.
        vectors: (number of ids, dimensions), float32, a row for each.
        errors: by the id of each image that could not be loaded, what its loader raised.
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
    """Encode images in batches, loading the next batch in threads while the device works on the current one.

    At most two batches are held at a time. `images` is iterated in the caller's thread; only its loaders are called in
    others, so they must not use the caller's database connection.

    Args:
        images: pairs of an id and a function that returns the image, (height, width, 3), uint8, upright sRGB.
        batch_size: images to load for one call of the encoder.

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
        except Exception as error:  # whatever one image raises is that image's
            errors[key] = error
        else:
            ids.append(key)
            loaded.append(image)
    return EncodedBatch(ids, encoder.encode(loaded), errors)
