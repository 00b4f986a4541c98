"""Files of ResNet50 weights with seeded random numbers, in the layout of ImageNet's own file.

Names, order and shapes are those of `resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5`, which Keras 2 wrote: a
group for every layer, also those without weights; attributes `layer_names` and `weight_names` of fixed-length bytes;
and each array at `layer/layer/name:0`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import h5py
import numpy as np
from numpy.typing import NDArray

Shape = tuple[int, ...]
Arrays = dict[str, NDArray[np.float32]]

_STACKS = (("conv2", 64, 3), ("conv3", 128, 4), ("conv4", 256, 6), ("conv5", 512, 3))


def _convolution(name: str, side: int, inputs: int, outputs: int) -> tuple[str, dict[str, Shape]]:
    return name, {"kernel": (side, side, inputs, outputs), "bias": (outputs,)}


def _normalisation(name: str, width: int) -> tuple[str, dict[str, Shape]]:
    return name, dict.fromkeys(("gamma", "beta", "moving_mean", "moving_variance"), (width,))


def _block(name: str, inputs: int, width: int, *, first: bool) -> Iterator[tuple[str, dict[str, Shape]]]:
    yield _convolution(f"{name}_1_conv", 1, inputs, width)
    yield _normalisation(f"{name}_1_bn", width)
    yield f"{name}_1_relu", {}
    yield _convolution(f"{name}_2_conv", 3, width, width)
    yield _normalisation(f"{name}_2_bn", width)
    yield f"{name}_2_relu", {}
    if first:
        yield _convolution(f"{name}_0_conv", 1, inputs, 4 * width)
    yield _convolution(f"{name}_3_conv", 1, width, 4 * width)
    if first:
        yield _normalisation(f"{name}_0_bn", 4 * width)
    yield _normalisation(f"{name}_3_bn", 4 * width)
    yield f"{name}_add", {}
    yield f"{name}_out", {}


def layers(*, head: bool = False) -> Iterator[tuple[str, dict[str, Shape]]]:
    """The name of each layer and the shapes of its weights, in the order of the file."""
    yield from (
        ("input_1", {}),
        ("conv1_pad", {}),
        _convolution("conv1_conv", 7, 3, 64),
        _normalisation("conv1_bn", 64),
    )
    yield from (("conv1_relu", {}), ("pool1_pad", {}), ("pool1_pool", {}))
    inputs = 64
    for stack, width, blocks in _STACKS:
        for number in range(1, blocks + 1):
            yield from _block(f"{stack}_block{number}", inputs, width, first=number == 1)
            inputs = 4 * width
    if head:
        yield from (("avg_pool", {}), ("probs", {"kernel": (2048, 1000), "bias": (1000,)}))


def _random(generator: np.random.Generator, name: str, shape: Shape) -> NDArray[np.float32]:
    if name == "kernel":  # He et al. 2015, https://arxiv.org/abs/1502.01852: signals neither fade nor explode
        return generator.standard_normal(shape, np.float32) * np.float32(np.sqrt(2 / np.prod(shape[:-1])))
    if name in ("gamma", "moving_variance"):
        return generator.uniform(0.4, 1.2, shape).astype(np.float32)
    return generator.standard_normal(shape, np.float32) * np.float32(0.1)


def write_weights(
    path: Path,
    *,
    seed: int = 0,
    head: bool = False,
    change: Callable[[str, NDArray[np.float32]], NDArray[np.float32]] = lambda _, array: array,
) -> Arrays:
    """Write such a file, each array first passed through `change` with its name; return the arrays by `layer/name`."""
    generator = np.random.default_rng(seed)
    written: Arrays = {}
    names = []
    with h5py.File(path, "w") as file:
        for layer, shapes in layers(head=head):
            names.append(layer.encode())
            group = file.create_group(layer)
            group.attrs["weight_names"] = np.array([f"{layer}/{name}:0".encode() for name in shapes])
            for name, shape in shapes.items():
                array = change(f"{layer}/{name}", _random(generator, name, shape))
                group.create_dataset(f"{layer}/{name}:0", data=array)
                written[f"{layer}/{name}"] = array
        file.attrs["layer_names"] = np.array(names)
        file.attrs["backend"] = np.bytes_(b"tensorflow")
        file.attrs["keras_version"] = np.bytes_(b"2.2.4")
    return written
