"""Reads the tensors of a file that PyTorch saved before version 1.6, without PyTorch and without executing the file.

Such a file is five pickles, then the raw numbers of each storage. Pickles can call any function, so the readers here
know only the few names that a dictionary of tensors needs, and refuse all others. The format is that of
`torch.serialization._legacy_save`.
"""

from __future__ import annotations

import collections
import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

_MAGIC: Final = 0x1950A86A20F9469CFC6C
_PROTOCOL: Final = 1001
_STORAGES: Final = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}

Numbers = NDArray[Any]


class TensorFileError(Exception):
    """The file is no such file, or holds more than tensors. The message is a clause."""


@dataclass(frozen=True)
class _Storage:
    """The numbers of one storage, by its key in the file."""

    key: str
    numbers: int
    type: np.dtype[Any]


@dataclass(frozen=True)
class _Tensor:
    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    stride: tuple[int, ...]


def read_tensors(path: Path) -> dict[str, Numbers]:
    """The tensors of a saved `state_dict` by name, in their shapes.

    Raises:
        TensorFileError: the file is of another format, is damaged, or names anything but tensors of float32 or
            int64.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        try:
            if _load(file) != _MAGIC or _load(file) != _PROTOCOL:
                raise TensorFileError("it was not saved by PyTorch in its old format")
            system = _load(file)
            tensors, keys = _load(file), _load(file)
            if system["little_endian"] is not True:
                raise TensorFileError("it is big-endian")
            storages = _read_storages(file, tensors.values(), keys)
            return {str(name): _take(tensor, storages) for name, tensor in tensors.items()}
        except (pickle.UnpicklingError, EOFError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise TensorFileError(f"it is damaged ({error})") from error


def _load(file: BinaryIO) -> Any:
    return _TensorUnpickler(file).load()


class _TensorUnpickler(pickle.Unpickler):
    """Unpickles dictionaries of tensors and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _described
        if module == "torch" and name in _STORAGES:
            return _STORAGES[name]
        raise TensorFileError(f"it names {module}.{name}, which no tensor needs")

    def persistent_load(self, pid: Any) -> _Storage:
        kind, storage_type, key, _device, numbers, view = pid
        if kind != "storage" or view is not None or not isinstance(storage_type, np.dtype):
            raise TensorFileError("it holds a storage of an unknown kind")
        return _Storage(str(key), int(numbers), storage_type)


def _described(storage: _Storage, offset: int, shape: tuple[int, ...], stride: tuple[int, ...], *_: Any) -> _Tensor:
    """What PyTorch would rebuild as a tensor. Its numbers must lie within the storage."""
    last = offset + sum((length - 1) * step for length, step in zip(shape, stride, strict=True))
    if min((offset, *stride)) < 0 or min(shape, default=1) < 1 or last >= storage.numbers:
        raise TensorFileError("it holds a tensor that exceeds its storage")
    return _Tensor(storage, offset, tuple(shape), tuple(stride))


def _read_storages(file: BinaryIO, tensors: Any, keys: list[str]) -> dict[str, Numbers]:
    described = {tensor.storage.key: tensor.storage for tensor in tensors}
    storages: dict[str, Numbers] = {}
    for key in keys:
        storage = described[key]
        count = int.from_bytes(_exactly(file, 8), "little")
        if count != storage.numbers:
            raise TensorFileError(f"its storage {key} has {count} numbers instead of {storage.numbers}")
        storages[key] = np.frombuffer(_exactly(file, count * storage.type.itemsize), storage.type)
    return storages


def _exactly(file: BinaryIO, size: int) -> bytes:
    content = file.read(size)
    if len(content) < size:
        raise EOFError("its end is missing")
    return content


def _take(tensor: _Tensor, storages: dict[str, Numbers]) -> Numbers:
    numbers = storages[tensor.storage.key]
    strides = [step * numbers.itemsize for step in tensor.stride]
    return as_strided(numbers[tensor.offset :], tensor.shape, strides, writeable=False).copy()
