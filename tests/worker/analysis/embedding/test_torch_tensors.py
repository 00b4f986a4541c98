"""Reading PyTorch's files without executing them."""

from __future__ import annotations

import collections
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from worker.analysis.embedding.torch_tensors import TensorFileError, read_tensors

MAGIC = 0x1950A86A20F9469CFC6C


class Called:
    """Pickled as a call of a global, which need not exist here."""

    def __init__(self, module: str, name: str, *arguments: Any) -> None:
        self.module, self.name, self.arguments = module, name, arguments


class Storage:
    """Pickled as PyTorch pickles a storage."""

    def __init__(self, kind: str, key: str, numbers: int) -> None:
        self.kind, self.key, self.numbers = kind, key, numbers


def pickled(value: Any) -> bytes:
    """Pickle values of these classes by hand, in the opcodes that PyTorch's files have."""
    if isinstance(value, Called):
        name = f"c{value.module}\n{value.name}\n".encode()
        return name + pickled(value.arguments) + b"R"
    if isinstance(value, Storage):
        kind = f"ctorch\n{value.kind}\n".encode()
        parts = [pickled("storage"), kind, *(pickled(part) for part in (value.key, "cpu", value.numbers, None))]
        return b"(" + b"".join(parts) + b"tQ"
    if isinstance(value, tuple):
        return b"(" + b"".join(pickled(part) for part in value) + b"t"
    if isinstance(value, dict):
        return b"}(" + b"".join(pickled(key) + pickled(part) for key, part in value.items()) + b"u"
    return pickle.dumps(value, protocol=0)[:-1]


def whole(value: Any) -> bytes:
    return b"\x80\x02" + pickled(value) + b"."


def tensor(storage: Storage, offset: int, shape: tuple[int, ...], stride: tuple[int, ...]) -> Called:
    hooks = Called("collections", "OrderedDict")
    return Called("torch._utils", "_rebuild_tensor_v2", storage, offset, shape, stride, False, hooks)


def write(path: Path, tensors: dict[str, Any], storages: dict[str, np.ndarray[Any, Any]], magic: int = MAGIC) -> Path:
    system = {"protocol_version": 1001, "little_endian": True}
    content = b"".join(whole(part) for part in (magic, 1001, system, tensors)) + pickle.dumps(list(storages), 2)
    for numbers in storages.values():
        content += len(numbers).to_bytes(8, "little") + numbers.tobytes()
    path.write_bytes(content)
    return path


SIX = np.arange(6, dtype=np.float32)
FLOATS = Storage("FloatStorage", "1", 6)


def test_it_reads_tensors_in_any_order_of_their_axes(tmp_path: Path) -> None:
    counts = Storage("LongStorage", "2", 1)
    tensors = {
        "rows": tensor(FLOATS, 0, (2, 3), (3, 1)),
        "columns": tensor(FLOATS, 0, (2, 3), (1, 2)),
        "part": tensor(FLOATS, 4, (2,), (1,)),
        "count": tensor(counts, 0, (), ()),
    }
    found = read_tensors(write(tmp_path / "t.pth", tensors, {"1": SIX, "2": np.array([7])}))
    np.testing.assert_array_equal(found["rows"], [[0, 1, 2], [3, 4, 5]])
    np.testing.assert_array_equal(found["columns"], [[0, 2, 4], [1, 3, 5]])
    np.testing.assert_array_equal(found["part"], [4, 5])
    assert found["count"] == 7


@pytest.mark.parametrize(
    ("tensors", "message"),
    [
        ({"a": Called("os", "mkdir", "made")}, r"it names os\.mkdir"),
        ({"a": Called("builtins", "eval", "1")}, r"it names builtins\.eval"),
        ({"a": Called("torch", "HalfStorage")}, r"it names torch\.HalfStorage"),
        ({"a": tensor(FLOATS, 0, (7,), (1,))}, "exceeds its storage"),
        ({"a": tensor(FLOATS, 3, (2, 2), (2, 1))}, "exceeds its storage"),
        ({"a": tensor(FLOATS, 5, (2,), (-1,))}, "exceeds its storage"),
    ],
)
def test_it_executes_nothing_and_stays_in_the_storage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tensors: dict[str, Any], message: str
) -> None:
    path = write(tmp_path / "t.pth", tensors, {"1": SIX})
    monkeypatch.chdir(tmp_path)
    with pytest.raises(TensorFileError, match=message):
        read_tensors(path)
    assert not (tmp_path / "made").exists()


def test_it_refuses_other_files(tmp_path: Path) -> None:
    tensors = {"a": tensor(FLOATS, 0, (6,), (1,))}
    path = write(tmp_path / "t.pth", tensors, {"1": SIX})
    assert list(read_tensors(path)) == ["a"]
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(TensorFileError, match="its end is missing"):
        read_tensors(path)
    with pytest.raises(TensorFileError, match="not saved by PyTorch"):
        read_tensors(write(tmp_path / "other.pth", tensors, {"1": SIX}, magic=1))
    path.write_bytes(b"PK\x03\x04 a newer format")
    with pytest.raises(TensorFileError):
        read_tensors(path)
    with pytest.raises(TensorFileError, match="has 6 numbers instead of 5"):
        read_tensors(write(path, {"a": tensor(Storage("FloatStorage", "1", 5), 0, (5,), (1,))}, {"1": SIX}))


def test_the_ordinary_unpickler_would_have_called_it() -> None:
    """Shows that the pickles above are real ones: this one makes an ordered dictionary."""
    assert pickle.loads(whole(Called("collections", "OrderedDict"))) == collections.OrderedDict()
