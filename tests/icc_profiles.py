"""ICC profiles made from numbers (ICC.1:2001-04), for tests of colour conversion."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# Red, green and blue of each colour space as X, Y, Z under D50, one primary a row.
SRGB = np.array([[0.43607, 0.22249, 0.01392], [0.38515, 0.71687, 0.09708], [0.14307, 0.06061, 0.71410]])
DISPLAY_P3 = np.array([[0.51512, 0.24120, -0.00105], [0.29198, 0.69225, 0.04189], [0.15710, 0.06657, 0.78407]])
ADOBE_RGB = np.array([[0.60974, 0.31111, 0.01947], [0.20528, 0.62567, 0.06087], [0.14919, 0.06322, 0.74457]])
REC_2020 = np.array([[0.67348, 0.27904, -0.00194], [0.16567, 0.67534, 0.02998], [0.12505, 0.04561, 0.79686]])
PROPHOTO = np.array([[0.79767, 0.28804, 0.0], [0.13519, 0.71188, 0.0], [0.03134, 0.00009, 0.82491]])
D50 = np.array([[0.9642, 1.0, 0.8249]])


def rgb_profile(
    primaries: NDArray[np.float64],
    gamma: float = 2.2,
    name: str = "Test RGB",
    curves: Sequence[bytes] = (),
    code_points: tuple[int, int] | None = None,
) -> bytes:
    """An input profile with three primaries and one gamma, or a curve for each channel; and code points of H.273."""
    tags = {
        b"desc": _description(name),
        b"wtpt": _xyz(D50[0]),
        **{tag: _xyz(row) for tag, row in zip((b"rXYZ", b"gXYZ", b"bXYZ"), primaries, strict=True)},
        **dict(zip((b"rTRC", b"gTRC", b"bTRC"), curves or [_gamma(gamma)] * 3, strict=True)),
    }
    if code_points:
        tags[b"cicp"] = b"cicp\0\0\0\0" + bytes([*code_points, 0, 1])
    return _profile(b"RGB ", tags)


def parametric_curve(kind: int, *values: float) -> bytes:
    """A curve by the formula of this number (ICC.1:2022, table 68)."""
    return b"para\0\0\0\0" + struct.pack(">HH", kind, 0) + b"".join(_number(value) for value in values)


def sampled_curve(light: NDArray[np.float64]) -> bytes:
    """A curve through the light, 0 to 1, at even steps."""
    return b"curv\0\0\0\0" + struct.pack(">I", len(light)) + np.rint(light * 65535).astype(">u2").tobytes()


def grey_profile(gamma: float) -> bytes:
    """A grey input profile."""
    return _profile(b"GRAY", {b"desc": _description("Test grey"), b"wtpt": _xyz(D50[0]), b"kTRC": _gamma(gamma)})


def srgb_of(rgb: NDArray[np.uint8], primaries: NDArray[np.float64], gamma: float = 2.2) -> NDArray[np.float64]:
    """The sRGB levels, 0 to 255, of colours (…, 3) in another space, computed without a colour library."""
    linear = (rgb / 255.0) ** gamma @ primaries @ np.linalg.inv(SRGB)
    linear = np.clip(linear, 0, 1)
    encoded = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.asarray(encoded * 255.0)


def _number(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _xyz(values: NDArray[np.float64]) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(_number(float(value)) for value in values)


def _gamma(gamma: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256))


def _description(name: str) -> bytes:
    text = name.encode() + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + bytes(78)


def _profile(space: bytes, tags: dict[bytes, bytes]) -> bytes:
    table, content = b"", b""
    start = 128 + 4 + 12 * len(tags)
    for tag, value in tags.items():
        table += tag + struct.pack(">II", start + len(content), len(value))
        content += value + bytes(-len(value) % 4)
    body = struct.pack(">I", len(tags)) + table + content
    header = struct.pack(">I4sI4s4s4s", 128 + len(body), b"lcms", 0x02100000, b"scnr", space, b"XYZ ")
    header += struct.pack(">6H", 2024, 1, 1, 0, 0, 0) + b"acsp" + bytes(28)
    header += b"".join(_number(float(value)) for value in D50[0])
    return header + bytes(128 - len(header)) + body
