"""Load the encoder of this machine, once."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worker.analysis.embedding.descriptor import describe, require_rgb
from worker.analysis.embedding.efficientnet import EfficientNetEncoder
from worker.analysis.embedding.encoding import Encoder, Image
from worker.analysis.embedding.resnet50 import ResNet50Encoder
from worker.analysis.interface import EncoderError
from worker.analysis.models import (
    DESCRIPTOR_LENGTH,
    DESCRIPTOR_NAME,
    DESCRIPTOR_VERSION,
    EFFICIENTNET_NAME,
    EncoderChoice,
)


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


@dataclass(frozen=True)
class _Loaded:
    choice: EncoderChoice
    encoder: Encoder
    process: int


_loading = threading.Lock()
_loaded: _Loaded | None = None


def load_encoder(choice: EncoderChoice, *, threads: int | None = None) -> Encoder:
    """Load the encoder of this choice, or return it if it is already loaded. Loading a network takes seconds.

    Only the last choice stays loaded, so a worker that changes from one to another holds one of them.

    Args:
        threads: processors that a network may use; None for all. Only the first call counts.

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
    if choice.name == EFFICIENTNET_NAME:
        return EfficientNetEncoder(choice.weights, choice.backend, cache_folder=choice.cache_folder, threads=threads)
    return ResNet50Encoder(
        choice.weights,
        choice.backend,
        sha256=choice.weights_sha256,
        cache_folder=choice.cache_folder,
        threads=threads,
    )
