"""What an encoder is, and how to keep it busy with batches of photos."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
Key = TypeVar("Key")


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
