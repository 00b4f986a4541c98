"""Compute vectors that measure how similar two photos are: ResNet50, EfficientNet-Lite0, or a descriptor.

May use `files` and `models`. TensorFlow, JAX and OpenVINO are imported only when an encoder is loaded.
"""

from worker.analysis.embedding.descriptor import describe
from worker.analysis.embedding.encoders import load_encoder
from worker.analysis.embedding.encoding import Encoder, encode_stream

__all__ = ["Encoder", "describe", "encode_stream", "load_encoder"]
