"""A tiny stand-in for the YuNet file: a real ONNX network with YuNet's outputs that takes red squares for faces.

No trained weights can lie in the repository, but all that surrounds them can be tested for real: reading the file, the
order of the colours, the scale of the boxes, the points. The network averages the picture over cells of 8, 16 and 32
pixels; in a cell of the last kind that is redder than blue it sees a face four cells wide around the cell's corner.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from pathlib import Path

STRIDES = (8, 16, 32)
FACE_SIDE = 4  # cells of 32 pixels
# The person's right eye, left eye, nose and corners of the mouth, in cells from the middle of the face.
POINTS = ((-0.8, -0.5), (0.8, -0.5), (0.0, 0.2), (-0.6, 1.0), (0.6, 1.0))
POINTS_OF_A_TURNED_HEAD = ((-0.8, -0.5), (0.8, -0.5), (0.75, 0.2), (0.1, 1.0), (0.8, 1.0))

_FLOAT, _INT64 = 1, 7


def write_network(path: Path, points: Sequence[tuple[float, float]] = POINTS) -> Path:
    """Write the ONNX file; `points` are those of every face it finds."""
    nodes: list[bytes] = []
    weights: list[bytes] = []
    outputs: list[bytes] = []
    for stride in STRIDES:
        cells = f"cells_{stride}"
        nodes.append(_node("AveragePool", ["input"], cells, kernel_shape=[stride, stride], strides=[stride, stride]))
        redness = ([[-1.0, 0.0, 1.0]], [-120.0]) if stride == 32 else ([[0.0, 0.0, 0.0]], [-120.0])
        size = _logarithm_of_side(stride)
        heads = {
            f"cls_{stride}": redness,
            f"obj_{stride}": redness,
            f"bbox_{stride}": ([[0.0] * 3] * 4, [0.0, 0.0, size, size]),
            f"kps_{stride}": ([[0.0] * 3] * 10, [value for point in points for value in point]),
        }
        for name, (weight, bias) in heads.items():
            weights += [
                _tensor(f"{name}_w", [len(bias), 3, 1, 1], [value for row in weight for value in row]),
                _tensor(f"{name}_b", [len(bias)], bias),
                _tensor(f"{name}_shape", [3], [1, -1, len(bias)]),
            ]
            nodes.append(_node("Conv", [cells, f"{name}_w", f"{name}_b"], f"{name}_raw", kernel_shape=[1, 1]))
            last = f"{name}_raw"
            if len(bias) == 1:
                nodes.append(_node("Sigmoid", [last], f"{name}_sure"))
                last = f"{name}_sure"
            nodes.append(_node("Transpose", [last], f"{name}_rows", perm=[0, 2, 3, 1]))
            nodes.append(_node("Reshape", [f"{name}_rows", f"{name}_shape"], name))
            outputs.append(_value(name, [1, 1, len(bias)]))
    graph = b"".join(
        [
            *(_field(1, node) for node in nodes),
            _field(2, b"red squares"),
            *(_field(5, weight) for weight in weights),
            _field(11, _value("input", [1, 3, 640, 640])),
            *(_field(12, output) for output in sorted(outputs)),
        ]
    )
    path.write_bytes(_number(1, 8) + _field(7, graph) + _field(8, _field(1, b"") + _number(2, 11)))
    return path


def _logarithm_of_side(stride: int) -> float:
    return {8: 0.0, 16: 0.0, 32: 1.3862943611198906}[stride]  # ln 4, in cells


# --- The few messages of ONNX's protobuf that this needs ------------------------------------------------------------


def _varint(value: int) -> bytes:
    encoded = bytearray()
    value &= (1 << 64) - 1
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _field(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _node(operation: str, inputs: Iterable[str], output: str, **attributes: list[int]) -> bytes:
    encoded = [_field(1, name.encode()) for name in inputs]
    encoded += [_field(2, output.encode()), _field(3, output.encode()), _field(4, operation.encode())]
    for name, values in attributes.items():
        integers = b"".join(_number(8, value) for value in values)
        encoded.append(_field(5, _field(1, name.encode()) + integers + _number(20, 7)))
    return b"".join(encoded)


def _tensor(name: str, shape: Sequence[int], values: Sequence[float]) -> bytes:
    integers = all(isinstance(value, int) for value in values)
    raw = struct.pack(f"<{len(values)}{'q' if integers else 'f'}", *values)
    dimensions = b"".join(_number(1, size) for size in shape)
    return dimensions + _number(2, _INT64 if integers else _FLOAT) + _field(8, name.encode()) + _field(9, raw)


def _value(name: str, shape: Sequence[int]) -> bytes:
    dimensions = b"".join(_field(1, _number(1, size)) for size in shape)
    return _field(1, name.encode()) + _field(2, _field(1, _number(1, _FLOAT) + _field(2, dimensions)))
