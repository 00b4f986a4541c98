"""Models: which encoder this machine uses and what finds its faces, known from its files without loading anything.

May use no other room but `interface`. Imports neither NumPy nor OpenCV.
"""

from worker.analysis.models.encoder_choice import MODELS, Backend, EncoderChoice, resolve_encoder
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
    resnet50_version,
)
from worker.analysis.models.face_finders import (
    FACE_PACKAGE,
    HAAR,
    NETWORK,
    best_finder,
    missing_for_networks,
)
from worker.analysis.models.installed import is_installed
from worker.analysis.models.weights import (
    RESNET50_IMAGENET,
    WeightsError,
    WeightsSource,
    check_weights_file,
    file_sha256,
    is_legacy_layout,
)
from worker.analysis.models.weights_download import Progress, download_weights

__all__ = [
    "DESCRIPTOR_LENGTH",
    "DESCRIPTOR_NAME",
    "DESCRIPTOR_VERSION",
    "EFFICIENTNET_DIMENSIONS",
    "EFFICIENTNET_NAME",
    "EFFICIENTNET_SHA256",
    "EFFICIENTNET_VERSION",
    "FACE_PACKAGE",
    "HAAR",
    "MODELS",
    "NETWORK",
    "RESNET50_DIMENSIONS",
    "RESNET50_IMAGENET",
    "RESNET50_NAME",
    "Backend",
    "EncoderChoice",
    "Progress",
    "WeightsError",
    "WeightsSource",
    "best_finder",
    "check_weights_file",
    "download_weights",
    "file_sha256",
    "is_installed",
    "is_legacy_layout",
    "missing_for_networks",
    "resnet50_version",
    "resolve_encoder",
]
