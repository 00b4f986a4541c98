from __future__ import annotations

import hashlib
import os
from pathlib import Path

import h5py
import numpy as np
import pytest

from tests.resnet50_weights import write_weights
from worker.analysis.models.weights import (
    RESNET50_IMAGENET,
    WeightsError,
    WeightsSource,
    check_weights_file,
    downloaded_weights,
    file_sha256,
    is_legacy_layout,
)


def test_it_names_the_official_file() -> None:
    assert RESNET50_IMAGENET.file_name == "resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5"
    assert RESNET50_IMAGENET.url.startswith("https://")
    assert len(bytes.fromhex(RESNET50_IMAGENET.sha256)) == 32


def test_it_does_not_take_a_part_for_the_file(tmp_path: Path) -> None:
    source = WeightsSource("http://weights.example/weights.h5", 10, "")
    assert downloaded_weights(tmp_path / "nowhere", source) is None
    (tmp_path / "weights.h5").write_bytes(b"123456789")
    assert downloaded_weights(tmp_path, source) is None


def test_it_reads_a_file_again_when_it_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "weights"
    path.write_bytes(b"one")
    assert file_sha256(path) == hashlib.sha256(b"one").hexdigest()
    path.write_bytes(b"two")
    os.utime(path, ns=(1, 1))
    assert file_sha256(path) == hashlib.sha256(b"two").hexdigest()
    path.unlink()
    with pytest.raises(WeightsError, match="cannot be read: No such file"):
        file_sha256(path)


def test_it_accepts_the_layout_of_imagenets_file(tmp_path: Path) -> None:
    path = tmp_path / "any name"
    write_weights(path)
    check_weights_file(path)
    assert is_legacy_layout(path)


def test_it_refuses_the_file_with_the_classification_head(tmp_path: Path) -> None:
    path = tmp_path / "with_head.h5"
    write_weights(path, head=True)
    with pytest.raises(WeightsError, match=r"with its classification head. Use .*_notop\.h5"):
        check_weights_file(path)


def test_it_refuses_weights_of_another_network(tmp_path: Path) -> None:
    path = tmp_path / "small.h5"
    with h5py.File(path, "w") as file:
        file["layer/kernel"] = np.zeros((3, 3, 3, 8), np.float32)
    with pytest.raises(WeightsError, match="it holds 216 numbers, not 23,587,712"):
        check_weights_file(path)


def test_it_refuses_what_is_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="There is no file of weights at"):
        check_weights_file(tmp_path / "missing.h5")
    with pytest.raises(WeightsError, match="is a folder"):
        check_weights_file(tmp_path)
    for content in (b"", b"<html>Sign in to this network</html>", b"\x89HDF\r\n\x1a\n" + b"\x00" * 4096):
        path = tmp_path / "other.h5"
        path.write_bytes(content)
        with pytest.raises(WeightsError, match="is not a whole HDF5 file"):
            check_weights_file(path)


def test_it_refuses_a_file_that_was_cut(tmp_path: Path) -> None:
    path = tmp_path / "cut.h5"
    with h5py.File(path, "w") as file:
        file["layer/kernel"] = np.zeros(100_000, np.float32)
    with path.open("r+b") as cut:
        cut.truncate(path.stat().st_size // 2)
    with pytest.raises(WeightsError, match="is not a whole HDF5 file"):
        check_weights_file(path)
