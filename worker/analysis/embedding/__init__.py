"""Compute vectors that measure how similar two photos are, with ResNet50 or with a descriptor without weights.

May use `files`. TensorFlow and OpenVINO are imported only when an encoder is loaded.
"""

from worker.analysis.embedding.descriptor import DESCRIPTOR_LENGTH, DESCRIPTOR_NAME, DESCRIPTOR_VERSION
from worker.analysis.embedding.encoders import (
    Encoder,
    EncoderChoice,
    EncoderError,
    encode_stream,
    load_encoder,
    resolve_encoder,
)
from worker.analysis.embedding.weights import (
    RESNET50_IMAGENET,
    WeightsError,
    WeightsSource,
    check_weights_file,
)
from worker.analysis.embedding.weights_download import Progress, download_weights

__all__ = [
    "DESCRIPTOR_LENGTH",
    "DESCRIPTOR_NAME",
    "DESCRIPTOR_VERSION",
    "RESNET50_IMAGENET",
    "Encoder",
    "EncoderChoice",
    "EncoderError",
    "Progress",
    "WeightsError",
    "WeightsSource",
    "check_weights_file",
    "download_weights",
    "encode_stream",
    "load_encoder",
    "resolve_encoder",
]
