"""Shots aligned and compared tile by tile."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.drawing import Pixels, add_noise, blur, draw_scene
from tests.drawn_sets import grey
from worker.analysis.measures.gradient_map import LOGARITHMS, TILES, pack_gradient_map, unpack_gradient_map
from worker.analysis.measures.scales import SCALES
from worker.analysis.measures.texture import measure_texture
from worker.analysis.ranking.shared_tiles import SharedTexture, compare_tiles

SIZE = (1200, 800)
FINEST = 0


def thumbnails_of(image: Pixels) -> bytes:
    return pack_gradient_map(measure_texture(grey(image)).tiles)


def wide_view() -> Pixels:
    """A scene wider than a photo; each photo shows a part of it."""
    return draw_scene(3, (1600, 1000))


def framed(view: Pixels, left: int, top: int) -> Pixels:
    return np.ascontiguousarray(view[top : top + SIZE[1], left : left + SIZE[0]])


def compared(*images: Pixels) -> SharedTexture:
    shared = compare_tiles([thumbnails_of(image) for image in images])
    assert shared is not None
    return shared


def test_blur_lowers_the_signal_and_noise_raises_the_floor() -> None:
    scene = draw_scene(1, SIZE)
    shared = compared(scene, blur(scene, 0.003), add_noise(scene, 12.0))
    sharp, soft, noisy = shared.signal[:, FINEST]
    assert sharp - soft > 1
    assert abs(noisy - sharp) < 0.5
    quiet, still_quiet, loud = shared.floor[:, FINEST]
    assert loud - quiet > 1
    assert still_quiet <= quiet + 0.1
    # Noise adds the same energy everywhere, so quiet tiles gain the most.
    assert shared.slope[2, FINEST] < min(shared.slope[0, FINEST], -0.1)


def test_it_follows_a_moved_camera() -> None:
    """A part that only one shot shows says nothing about its quality."""
    view = wide_view()
    # Only the second shot shows this edge with much fine structure.
    view[:, 1300:] = np.random.default_rng(1).integers(0, 256, (1000, 300, 1), np.uint8)
    one, moved = framed(view, 40, 100), framed(view, 190, 100)
    assert abs(measure_difference(one, moved)) > 0.5
    shared = compared(one, moved)
    assert abs(shared.signal[0, 1] - shared.signal[1, 1]) < 0.4


def measure_difference(one: Pixels, other: Pixels) -> float:
    """The signals of the whole photos."""
    whole = [measure_texture(grey(image)).signal[1024] for image in (one, other)]
    return whole[1] - whole[0]


def test_another_scene_is_left_out() -> None:
    """Its structure is where the others have none."""
    scene, other = np.full((2, SIZE[1], SIZE[0], 3), 128, np.uint8)
    texture = np.random.default_rng(1).integers(0, 256, (SIZE[1], SIZE[0] // 4, 1), np.uint8)
    scene[:, : SIZE[0] // 4], other[:, -SIZE[0] // 4 :] = texture, texture
    shared = compared(scene, blur(scene, 0.002), other)
    assert np.isfinite(shared.signal[:2]).all()
    assert np.isnan(shared.signal[2]).all()


def test_portrait_and_landscape_shots_are_not_compared() -> None:
    scene = draw_scene(1, SIZE)
    upright = np.ascontiguousarray(scene.transpose(1, 0, 2))
    shared = compared(scene, blur(scene, 0.002), upright)
    assert np.isnan(shared.signal[2]).all()


def test_photos_without_a_map_are_left_out() -> None:
    scene = draw_scene(1, SIZE)
    assert compare_tiles([]) is None
    assert compare_tiles([thumbnails_of(scene)]) is None
    assert compare_tiles([b"", thumbnails_of(scene)]) is None
    shared = compare_tiles([b"", thumbnails_of(scene), b"\x0c" * 5, thumbnails_of(scene)])
    assert shared is not None
    assert np.isnan(shared.floor[[0, 2]]).all()
    assert np.isfinite(shared.floor[[1, 3]]).all()


maps = st.binary(min_size=4 * 192, max_size=4 * 192).map(lambda energies: b"\x0c" + energies)


@given(st.lists(maps | st.just(b"") | st.just(bytes([16]) + bytes(768)), max_size=7), st.randoms(use_true_random=False))
def test_the_order_of_the_shots_does_not_matter(packed: list[bytes], random: object) -> None:
    shared = compare_tiles(packed)
    order = list(range(len(packed)))
    random.shuffle(order)  # type: ignore[attr-defined]
    turned = compare_tiles([packed[place] for place in order])
    assert (shared is None) == (turned is None)
    if shared is None or turned is None:
        return
    for name in ("signal", "floor", "middle", "spread", "slope"):
        values = getattr(shared, name)
        assert values.shape == (len(packed), len(SCALES))
        assert np.array_equal(values[order], getattr(turned, name), equal_nan=True)
        assert not np.isinf(values).any()


def test_a_map_survives_packing() -> None:
    energies = np.geomspace(1e-3, 2e4, 4 * 192).reshape(4, *TILES)
    steps = unpack_gradient_map(pack_gradient_map(energies))
    assert steps is not None
    assert steps.shape == energies.shape
    assert np.abs(LOGARITHMS[steps] - np.log(energies + 0.02)).max() < 0.03


@pytest.mark.parametrize("packed", [b"", b"\x0c", bytes(769), b"\x0c" * 770])
def test_invalid_maps_are_none(packed: bytes) -> None:
    assert unpack_gradient_map(packed) is None
