"""Compute vectors that measure how similar two photos are: ResNet50, EfficientNet-Lite0, or a descriptor.

May use `files`. TensorFlow, JAX and OpenVINO are imported only when an encoder is loaded.
"""

from worker.analysis.embedding.descriptor import DESCRIPTOR_LENGTH, DESCRIPTOR_NAME, DESCRIPTOR_VERSION, describe
from worker.analysis.embedding.efficientnet import EFFICIENTNET_NAME
from worker.analysis.embedding.encoders import MODELS, EncoderChoice, EncoderError, load_encoder, resolve_encoder
from worker.analysis.embedding.encoding import Encoder, encode_stream
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
    "EFFICIENTNET_NAME",
    "MODELS",
    "RESNET50_IMAGENET",
    "Encoder",
    "EncoderChoice",
    "EncoderError",
    "Progress",
    "WeightsError",
    "WeightsSource",
    "check_weights_file",
    "describe",
    "download_weights",
    "encode_stream",
    "load_encoder",
    "resolve_encoder",
]
