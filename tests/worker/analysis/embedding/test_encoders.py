from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.drawing import draw_scene
from worker.analysis.embedding.descriptor import describe
from worker.analysis.embedding.encoders import DescriptorEncoder, load_encoder
from worker.analysis.embedding.encoding import encode_stream
from worker.analysis.models import resolve_encoder

Image = NDArray[np.uint8]

PATIENCE = 10.0


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
