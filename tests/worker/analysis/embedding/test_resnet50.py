"""ResNet50 on its backends. Keras allows one backend per process, so each runs in its own process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.drawing import draw_scene
from tests.resnet50_weights import Arrays, write_weights
from worker.analysis.embedding import keras_backends
from worker.analysis.embedding.networks import FRAME, SIDE, NetworkEncoder, unit_rows
from worker.analysis.embedding.resnet50 import ResNet50Encoder, _scale
from worker.analysis.interface import EncoderError

ROOT = Path(__file__).parents[4]

# The first process makes OpenVINO's graph, and again after damage. The second process finds it.
# Keras and OpenVINO do without TensorFlow, which workers on processors do not have.
OPENVINO = """
sys.modules["tensorflow"] = None
# Nor has the process that it starts to make the graph.
(folder / "without").mkdir()
(folder / "without" / "tensorflow.py").write_text("raise ImportError")
os.environ["PYTHONPATH"] = os.pathsep.join([str(folder / "without"), os.environ["PYTHONPATH"]])
encoder = load()
say(first=vectors(encoder), keras_loaded="keras" in sys.modules)

from worker.analysis.embedding.resnet50 import ResNet50Encoder

(graph,) = folder.glob("cache/resnet50-*/model.bin")
graph.write_bytes(graph.read_bytes()[: 1 << 20])
say(repaired=vectors(ResNet50Encoder(weights, "openvino", cache_folder=folder / "cache")))
say(repaired_size=graph.stat().st_size)
"""

OPENVINO_AGAIN = """
from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor(4) as pool:
    encoders = list(pool.map(lambda _: load(), range(4)))
say(loads=len(set(map(id, encoders))), first=vectors(encoders[0]), modules=frameworks())
say(alone=np.concatenate([encoders[0].encode([image]) for image in images]))

child = os.fork()
if child == 0:
    try:
        load()
    except EncoderError:
        os._exit(7)
    os._exit(0)
say(forked=os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""

TENSORFLOW = """
encoder = load()
say(first=vectors(encoder))
say(alone=np.concatenate([encoder.encode([image]) for image in images]))

import keras
from worker.analysis.embedding.keras_backends import _resized
from worker.analysis.embedding.resnet50 import ResNet50Encoder, _build, _keras_network

large = [image for image in images if min(image.shape[:2]) >= 224]
frames = np.full((len(large), 512, 512, 3), 255, np.uint8)
for frame, image in zip(frames, large):
    frame[: image.shape[0], : image.shape[1]] = image
say(resized=np.asarray(_resized(frames, np.array([image.shape[:2] for image in large], np.float32))))
say(bfloat16=_keras_network(weights, "tensorflow", "mixed_bfloat16")([encoder.prepare(image) for image in images[:2]]))

model = _build(keras, weights, "channels_last")
say(**{f"weight {layer.name}/{weight.name}": weight.numpy() for layer in model.layers for weight in layer.weights})
unloaded = ResNet50Encoder.__new__(ResNet50Encoder)
caffe = keras.applications.resnet50.preprocess_input(
    np.stack([unloaded.prepare(image) for image in images]).astype(np.float32)
)
say(preprocessed=caffe, keras_says=model(caffe, training=False).numpy())
model.save_weights(folder / "keras3.weights.h5")
(folder / "keras3.weights.h5").rename(folder / "keras3-layout.h5")
other = _build(keras, folder / "keras3-layout.h5", "channels_last")
say(keras3_differs=[w.path for w, v in zip(model.weights, other.weights) if not np.array_equal(w.numpy(), v.numpy())])

def refusal(path, backend="tensorflow", **options):
    try:
        ResNet50Encoder(path, backend, **options)
    except EncoderError as error:
        return str(error)

say(other_backend=refusal(weights, "openvino"), transposed=refusal(folder / "transposed.h5"))
say(changed=refusal(weights, sha256="0" * 64))
"""

JAX = """
say(first=vectors(load()))
"""

COMMON = """
import json, os, sys
from pathlib import Path
import numpy as np
from worker.analysis.embedding import load_encoder
from worker.analysis.interface import EncoderError
from worker.analysis.models import resolve_encoder

folder, backend = Path(sys.argv[1]), sys.argv[2]
weights = folder / "legacy.h5"
with np.load(folder / "images.npz") as stored:
    images = [stored[name] for name in stored.files]
arrays, facts = {}, {}

def load():
    return load_encoder(resolve_encoder("resnet50", backend, weights, folder / "cache"), threads=1)

def vectors(encoder):
    return encoder.encode(images)

def frameworks():
    return sorted({"keras", "tensorflow", "openvino"} & set(sys.modules))

def say(**said):
    for name, value in said.items():
        (arrays if isinstance(value, np.ndarray) else facts)[name] = value
"""

WRITE = """
np.savez(folder / f"{sys.argv[3]}.npz", **arrays)
(folder / f"{sys.argv[3]}.json").write_text(json.dumps(facts))
"""


@dataclass(frozen=True)
class Answers:
    arrays: dict[str, NDArray[np.float32]]
    facts: dict[str, Any]


@dataclass(frozen=True)
class Runs:
    """The output of each process, and the contents of the weights file it loaded."""

    weights: Arrays
    openvino: Answers
    openvino_again: Answers
    tensorflow: Answers
    jax: Answers | None


def run(code: str, folder: Path, backend: str, name: str) -> Answers:
    done = subprocess.run(
        [sys.executable, "-c", COMMON + code + WRITE, folder, backend, name],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(map(str, [ROOT, *sys.path])),
            "KERAS_HOME": str(folder / "keras"),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    with np.load(folder / f"{name}.npz") as stored:
        arrays = {key: stored[key] for key in stored.files}
    return Answers(arrays, json.loads((folder / f"{name}.json").read_text()))


@pytest.fixture(scope="module")
def images() -> list[NDArray[np.uint8]]:
    sizes = [(512, 384), (384, 512), (512, 341), (224, 224), (100, 80)]
    return [draw_scene(seed, size) for seed, size in enumerate(sizes)]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory, images: list[NDArray[np.uint8]]) -> Runs:
    folder = tmp_path_factory.mktemp("resnet50")
    np.savez(folder / "images.npz", *images)
    weights = write_weights(folder / "legacy.h5")
    write_weights(folder / "transposed.h5", change=lambda name, a: a.T if name == "conv3_block2_1_conv/kernel" else a)
    answers = Runs(
        weights,
        run(OPENVINO, folder, "openvino", "one"),
        run(OPENVINO_AGAIN, folder, "openvino", "two"),
        run(TENSORFLOW, folder, "tensorflow", "three"),
        run(JAX, folder, "jax", "four") if find_spec("jax") else None,
    )
    for path in folder.rglob("*"):
        if path.stat().st_size > 1 << 20:
            path.unlink()  # pytest keeps the folders of three runs
    return answers


pytestmark = pytest.mark.slow


def least_cosine(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    return float(np.min(np.sum(unit_rows(one) * unit_rows(other), axis=1)))


def least_cosine_of_differences(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """Compares only what distinguishes the images, because any two vectors have much in common."""
    return least_cosine(one - one.mean(axis=0), other - other.mean(axis=0))


def test_openvino_and_tensorflow_agree(runs: Runs) -> None:
    openvino, tensorflow = runs.openvino.arrays["first"], runs.tensorflow.arrays["first"]
    assert openvino.shape == tensorflow.shape == (5, 2048)
    assert least_cosine(openvino, tensorflow) > 0.9999
    assert least_cosine_of_differences(openvino, tensorflow) > 0.99
    for vectors in (openvino, tensorflow):
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_jax_agrees_where_it_is_installed(runs: Runs) -> None:
    if runs.jax is None:
        pytest.skip("JAX is not installed")
    assert least_cosine_of_differences(runs.jax.arrays["first"], runs.tensorflow.arrays["first"]) > 0.9999


def test_vectors_of_gpus_with_bfloat16_agree(runs: Runs) -> None:
    """Keras computes in it on processors too, only slowly."""
    assert least_cosine(runs.tensorflow.arrays["bfloat16"], runs.tensorflow.arrays["first"][:2]) > 0.999
    assert not np.array_equal(unit_rows(runs.tensorflow.arrays["bfloat16"]), runs.tensorflow.arrays["first"][:2])


def test_the_device_resizes_as_opencv_does(runs: Runs, unloaded: ResNet50Encoder, images: Any) -> None:
    """Only halves may be rounded otherwise."""
    expected = [unloaded.prepare(image) for image in images if min(image.shape[:2]) >= SIDE]
    difference = np.abs(runs.tensorflow.arrays["resized"] - np.stack(expected))
    assert difference.max() <= 1 and (difference > 0).mean() < 0.02


def test_other_images_have_other_vectors(runs: Runs) -> None:
    """Otherwise agreement would mean nothing."""
    vectors = runs.tensorflow.arrays["first"]
    likeness = vectors @ vectors.T
    assert likeness[~np.eye(len(vectors), dtype=bool)].max() < 0.9995
    assert least_cosine_of_differences(vectors, np.roll(vectors, 1, axis=0)) < 0.5


def test_it_matches_keras(runs: Runs) -> None:
    assert (
        least_cosine_of_differences(unit_rows(runs.tensorflow.arrays["keras_says"]), runs.tensorflow.arrays["first"])
        > 0.99999
    )


def test_it_loads_each_array_of_imagenets_layout_into_its_place(runs: Runs) -> None:
    loaded = {
        name.removeprefix("weight "): a for name, a in runs.tensorflow.arrays.items() if name.startswith("weight ")
    }
    assert loaded.keys() == runs.weights.keys()
    for name, array in runs.weights.items():
        np.testing.assert_array_equal(loaded[name], array, err_msg=name)


def test_it_loads_the_layout_of_keras_3_whatever_the_file_is_called(runs: Runs) -> None:
    assert runs.tensorflow.facts["keras3_differs"] == []


def test_an_image_has_the_same_vector_alone_and_in_a_batch(runs: Runs) -> None:
    for answers in (runs.openvino_again, runs.tensorflow):
        assert least_cosine(answers.arrays["alone"], answers.arrays["first"]) > 0.99999


def test_openvino_makes_its_graph_in_another_process(runs: Runs) -> None:
    assert runs.openvino.facts["keras_loaded"] is False  # it would keep 200 MB


def test_openvino_keeps_its_graph_and_later_starts_without_keras(runs: Runs) -> None:
    assert runs.openvino_again.facts["modules"] == ["openvino"]
    np.testing.assert_allclose(runs.openvino_again.arrays["first"], runs.openvino.arrays["first"], atol=1e-6)


def test_openvino_makes_a_damaged_graph_again(runs: Runs) -> None:
    assert runs.openvino.facts["repaired_size"] > 90_000_000
    np.testing.assert_allclose(runs.openvino.arrays["repaired"], runs.openvino.arrays["first"], atol=1e-6)


def test_it_loads_once_per_process(runs: Runs) -> None:
    assert runs.openvino_again.facts["loads"] == 1


def test_it_refuses_to_run_after_a_fork(runs: Runs) -> None:
    assert runs.openvino_again.facts["forked"] == 7


def test_it_refuses_a_second_backend_in_one_process(runs: Runs) -> None:
    assert "Keras already runs on tensorflow in this process" in runs.tensorflow.facts["other_backend"]


def test_it_refuses_weights_of_the_wrong_shape(runs: Runs) -> None:
    refusal = runs.tensorflow.facts["transposed"]
    assert "transposed.h5 do not fit ResNet50" in refusal and "conv3_block2_1_conv" in refusal


def test_it_refuses_weights_that_have_changed(runs: Runs) -> None:
    assert "legacy.h5 have changed: their SHA-256 is" in runs.tensorflow.facts["changed"]


# --- Without a backend ------------------------------------------------------------------------------------------------


@pytest.fixture
def unloaded() -> ResNet50Encoder:
    """An encoder without a network, which can prepare images."""
    return ResNet50Encoder.__new__(ResNet50Encoder)


def test_its_preprocessing_matches_keras(runs: Runs, unloaded: ResNet50Encoder, images: Any) -> None:
    shown = _scale(np.stack([unloaded.prepare(image) for image in images]).astype(np.float32))
    np.testing.assert_allclose(shown, runs.tensorflow.arrays["preprocessed"], atol=1e-4)


def test_it_uses_the_whole_frame(unloaded: ResNet50Encoder) -> None:
    image = np.zeros((300, 600, 3), np.uint8)
    image[:, :60] = (255, 0, 0)
    image[:, -60:] = (0, 0, 255)
    prepared = unloaded.prepare(image)
    assert prepared.shape == (224, 224, 3)
    assert (prepared[:, :20] == (255, 0, 0)).all() and (prepared[:, -20:] == (0, 0, 255)).all()
    np.testing.assert_array_equal(unloaded.prepare(prepared), prepared)


def test_it_enlarges_small_images_smoothly(unloaded: ResNet50Encoder) -> None:
    ramp = np.repeat(np.linspace(0, 250, 50).astype(np.uint8)[None, :, None], 50, axis=0).repeat(3, axis=2)
    steps = np.abs(np.diff(unloaded.prepare(ramp)[112, :, 0].astype(int)))
    assert steps.max() <= 3  # copied pixels would jump by five


@pytest.mark.parametrize("shape", [(10, 10), (10, 10, 4), (0, 10, 3)])
def test_it_refuses_invalid_images(unloaded: ResNet50Encoder, shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"uint8 array of shape \(height, width, 3\)"):
        unloaded.prepare(np.zeros(shape, np.uint8))


def test_it_encodes_no_images_to_no_rows(unloaded: ResNet50Encoder) -> None:
    assert unloaded.encode([]).shape == (0, 2048)


@pytest.mark.parametrize("answer", [0.0, np.nan])
def test_it_refuses_weights_that_compute_nothing(unloaded: ResNet50Encoder, answer: float) -> None:
    def network(prepared: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        return np.full((len(prepared), 2048), answer, np.float32)

    with pytest.raises(EncoderError, match=r"bad\.h5 are unusable"):
        NetworkEncoder.__init__(unloaded, network, "openvino", "1", Path("bad.h5"))


def test_it_reports_missing_weights(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"gone\.h5 cannot be read: No such file"):
        ResNet50Encoder(tmp_path / "gone.h5", "openvino")


def test_images_that_do_not_fit_the_frame_are_resized_before(unloaded: ResNet50Encoder) -> None:
    unloaded.backend = "jax"
    for width, height, is_kept in [(FRAME, SIDE, True), (FRAME + 1, SIDE, False), (FRAME, SIDE - 1, False)]:
        image = np.zeros((height, width, 3), np.uint8)
        assert unloaded.prepare(image).shape == (image.shape if is_kept else (SIDE, SIDE, 3))


def test_padding_limits_batch_sizes_and_keeps_vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def compute(frames: NDArray[np.uint8], sizes: NDArray[np.float32]) -> list[NDArray[np.float64]]:
        seen.append(len(frames))
        return [
            frame[: int(size[0]), : int(size[1])].mean(axis=(0, 1)) for frame, size in zip(frames, sizes, strict=True)
        ]

    monkeypatch.setattr(keras_backends, "_compiled", lambda *_: compute)
    network = keras_backends.keras_network(lambda batch: batch, _scale, "jax")
    generator = np.random.default_rng(1)
    for number in (1, 5, 8, 9, 3, 2):
        sizes = generator.integers(SIDE, FRAME + 1, (number, 2))
        batch = [generator.integers(0, 256, (*size, 3), np.uint8) for size in sizes]
        np.testing.assert_allclose(network(batch), [image.mean(axis=(0, 1)) for image in batch], rtol=1e-6)
    assert seen == [1, 8, 8, 16, 4, 2]


def test_a_vector_of_zeros_stays() -> None:
    np.testing.assert_array_equal(
        unit_rows(np.array([[0, 0], [3, 4]], np.float32)), np.array([[0, 0], [0.6, 0.8]], np.float32)
    )
