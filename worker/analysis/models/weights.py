"""The file of ImageNet weights: where it lies, and whether it is the right one.

Keras publishes an MD5 sum for the file and nothing stronger. The SHA-256 below is the one that two unrelated public
projects recorded for a file of this name and exactly this size: the Git LFS pointer of
github.com/Vietpr/Butterfly_Image_Classification, and the pin in a Virus-MNIST training script.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

RESNET50_PARAMETERS: Final = 23_587_712
_PARAMETERS_WITH_HEAD: Final = 25_636_712


class WeightsError(Exception):
    """The weights are not there or cannot be used; the message is a sentence for the operator."""


@dataclass(frozen=True)
class WeightsSource:
    """A file of weights that anyone may fetch, and what its bytes must be."""

    url: str
    size: int
    sha256: str

    @property
    def file_name(self) -> str:
        return self.url.rsplit("/", 1)[-1]

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc


RESNET50_IMAGENET: Final = WeightsSource(
    # As in keras/src/applications/resnet.py, whose MD5 for it is 4d473c1dd8becc155b73f8504c6f6626.
    url="https://storage.googleapis.com/tensorflow/keras-applications/resnet/"
    "resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5",
    size=94_765_736,
    sha256="66c8b43daff3fcc15bc4f30e3d2a167e21a14d9c9598a5394e5516471f4af504",
)


def downloaded_weights(cache_folder: Path, source: WeightsSource = RESNET50_IMAGENET) -> Path | None:
    """The downloaded file, or None. Only its size is looked at: `file_sha256` is for those about to load it."""
    path = cache_folder / source.file_name
    try:
        return path if path.is_file() and path.stat().st_size == source.size else None
    except OSError:
        return None


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal, read again only when its size or time has changed.

    Raises:
        WeightsError: the file cannot be read.
    """
    try:
        status = path.stat()
        return _sha256(path, status.st_size, status.st_mtime_ns)
    except OSError as error:
        raise WeightsError(f"The weights at {path} cannot be read: {error.strerror or error}.") from error


@lru_cache(maxsize=8)
def _sha256(path: Path, _size: int, _modified: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_weights_file(path: Path) -> None:
    """Refuse what cannot be the weights of a ResNet50 without its classification head, from the file's outline alone.

    Raises:
        WeightsError: a sentence that says what the file is instead.
    """
    if path.is_dir():
        raise WeightsError(f"{path} is a folder, not a file of weights.")
    if not path.exists():
        raise WeightsError(f"There is no file of weights at {path}.")
    found = _outline(path).parameters
    if found == _PARAMETERS_WITH_HEAD:
        raise WeightsError(
            f"{path} holds ResNet50 with its classification head. Use the file without it, "
            f"{RESNET50_IMAGENET.file_name}."
        )
    if found != RESNET50_PARAMETERS:
        raise WeightsError(
            f"{path} is not a file of ResNet50 weights: it holds {found:,} numbers, not {RESNET50_PARAMETERS:,}."
        )


def is_legacy_layout(path: Path) -> bool:
    """Whether the file has one group a layer, as Keras 1 and 2 wrote it and ImageNet's is, or Keras 3's own layout.

    Raises:
        WeightsError: the file is not HDF5.
    """
    return _outline(path).legacy


@dataclass(frozen=True)
class _Outline:
    legacy: bool
    parameters: int


def _outline(path: Path) -> _Outline:
    try:
        status = path.stat()
        return _read_outline(path, status.st_size, status.st_mtime_ns)
    except (OSError, RuntimeError, KeyError) as error:  # h5py's own, by the kind of damage
        raise WeightsError(f"{path} is not a whole HDF5 file of weights: {error}.") from error


@lru_cache(maxsize=8)
def _read_outline(path: Path, _size: int, _modified: int) -> _Outline:
    import h5py

    parameters = 0

    def count(name: str, item: Any) -> None:
        nonlocal parameters
        if isinstance(item, h5py.Dataset) and item.dtype.kind == "f" and not name.startswith("optimizer"):
            parameters += item.size

    with h5py.File(path, "r") as file:
        root = file.get("model_weights", file)  # a whole model saved as .h5
        root.visititems(count)
        # A list of names too long for one attribute is cut into layer_names0, layer_names1, and so on.
        legacy = "layer_names" in root.attrs or "layer_names0" in root.attrs
    return _Outline(legacy, parameters)
