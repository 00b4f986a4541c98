"""EfficientNet-Lite0 (https://github.com/tensorflow/tpu/tree/master/models/official/efficientnet/lite) without its
classification head: one description, computed by OpenVINO or a backend of Keras.

It is EfficientNet-B0 (Tan and Le 2019) without squeeze-and-excitation, and with ReLU6. Batch normalisation is folded
into the convolutions, as it only scales and shifts once the network is trained. Padding is TensorFlow's "same".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from worker.analysis.embedding.torch_tensors import Numbers

_EPSILON: Final = 1e-3  # of batch normalisation
_BLOCKS: Final = 16
_HALVING_BLOCKS: Final = frozenset({1, 3, 5, 11})  # those that halve the sides of the feature maps
_SIX: Final = 6.0


@dataclass(frozen=True)
class Convolution:
    """A convolution with "same" padding.

    Attributes:
        kernel: (outputs, inputs, side, side); (channels, 1, side, side) if each channel has its own.
        bias: (outputs,).
        stride: 1 or 2.
        limited: whether ReLU6 follows.
    """

    kernel: NDArray[np.float32]
    bias: NDArray[np.float32]
    stride: int = 1
    limited: bool = True

    @property
    def by_channel(self) -> bool:
        """Whether each channel is convolved alone."""
        return bool(self.kernel.shape[1] == 1)


@dataclass(frozen=True)
class Block:
    """Convolutions in order. If `residual`, the block's input is added to its output."""

    convolutions: tuple[Convolution, ...]
    residual: bool = False


def describe_layers(tensors: Mapping[str, Numbers]) -> list[Block]:
    """The network in order, from the tensors of its PyTorch port by name. The mean of each of its 1,280 maps follows.

    Raises:
        KeyError: a tensor is missing.
    """

    def convolution(kernel: str, norm: str, stride: int = 1, *, limited: bool = True) -> Convolution:
        mean, variance = (tensors[f"{norm}.running_{name}"] for name in ("mean", "var"))
        scale = tensors[f"{norm}.weight"] / np.sqrt(variance + _EPSILON)
        folded = tensors[f"{kernel}.weight"] * scale[:, None, None, None]
        bias = tensors[f"{norm}.bias"] - mean * scale
        return Convolution(folded.astype(np.float32), bias.astype(np.float32), stride, limited)

    def block(number: int) -> Block:
        name = f"_blocks.{number}"
        stride = 2 if number in _HALVING_BLOCKS else 1
        expand = [convolution(f"{name}._expand_conv", f"{name}._bn0")] if number else []
        depthwise = convolution(f"{name}._depthwise_conv", f"{name}._bn1", stride)
        project = convolution(f"{name}._project_conv", f"{name}._bn2", limited=False)
        entered = (*expand, project)[0].kernel.shape[1]
        return Block((*expand, depthwise, project), stride == 1 and entered == len(project.bias))

    stem = Block((convolution("_conv_stem", "_bn0", 2),))
    head = Block((convolution("_conv_head", "_bn1"),))
    return [stem, *(block(number) for number in range(_BLOCKS)), head]


def openvino_model(blocks: Sequence[Block], side: int) -> Any:
    """OpenVINO's model: from (n, 3, side, side) float32 to (n, 1280)."""
    import openvino
    from openvino import opset13 as ops

    def convolve(value: Any, layer: Convolution) -> Any:
        kernel = layer.kernel[:, None] if layer.by_channel else layer.kernel
        operation = ops.group_convolution if layer.by_channel else ops.convolution
        strides, zeros, ones = [layer.stride, layer.stride], [0, 0], [1, 1]
        value = operation(value, ops.constant(kernel), strides, zeros, zeros, ones, auto_pad="same_upper")
        value = ops.add(value, ops.constant(layer.bias[None, :, None, None]))
        return ops.clamp(value, 0.0, _SIX) if layer.limited else value

    entry = ops.parameter([-1, 3, side, side], np.float32)
    maps = _through(blocks, entry, convolve, ops.add)
    return openvino.Model([ops.reduce_mean(maps, ops.constant(np.array([2, 3])), keep_dims=False)], [entry])


def keras_features(blocks: Sequence[Block]) -> Callable[[Any], Any]:
    """A function on arrays of Keras' backend: from (n, side, side, 3) float32 to (n, 1280)."""
    from keras import ops

    def convolve(value: Any, layer: Convolution) -> Any:
        kernel = layer.kernel.transpose(2, 3, 0, 1) if layer.by_channel else layer.kernel.transpose(2, 3, 1, 0)
        operation = ops.depthwise_conv if layer.by_channel else ops.conv
        value = operation(value, kernel, layer.stride, "same", data_format="channels_last") + layer.bias
        return ops.relu6(value) if layer.limited else value

    return lambda batch: ops.mean(_through(blocks, batch, convolve, ops.add), axis=(1, 2))


def _through(
    blocks: Sequence[Block],
    value: Any,
    convolve: Callable[[Any, Convolution], Any],
    add: Callable[[Any, Any], Any],
) -> Any:
    """Send a value of a library through the network, with that library's operations."""
    for block in blocks:
        entered = value
        for layer in block.convolutions:
            value = convolve(value, layer)
        if block.residual:
            value = add(value, entered)
    return value
