"""Pictures in PQ, HLG and wide colours, made from linear light by the formulas of ITU-R BT.2100 alone."""

from __future__ import annotations

import io
import struct
import zlib

import cv2
import numpy as np
import pillow_heif
from numpy.typing import NDArray

from tests.photo_files import opencv_bytes, png_chunk

Linear = NDArray[np.float64]

# From linear light of sRGB to that of others (ITU-R BT.2087 and SMPTE EG 432-1), one channel a row.
TO_BT2020 = np.array([[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.0880, 0.8956]])
TO_P3 = np.array([[0.8225, 0.1774, 0.0], [0.0332, 0.9669, 0.0], [0.0171, 0.0724, 0.9108]])
MATRICES = {1: np.eye(3), 9: TO_BT2020, 12: TO_P3}
SRGB, PQ, HLG = 13, 16, 18
WHITE = 203.0


def linear_of(srgb: NDArray[np.uint8]) -> Linear:
    """The light of 8-bit sRGB, 0 to 1."""
    level = srgb / 255
    return np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4)


def signal_of(light: Linear, primaries: int, transfer: int) -> Linear:
    """The signal, 0 to 1, of sRGB's linear light (height, width, 3), where 1 is a white of 203 cd/m²."""
    light = np.maximum(light @ MATRICES[primaries].T, 0)
    if transfer == PQ:
        power = np.minimum(light * WHITE / 10_000, 1) ** 0.1593017578125
        return ((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power)) ** 78.84375
    if transfer == HLG:
        shown = light * WHITE / 1000
        luminance = shown @ [0.2627, 0.6780, 0.0593]
        scene = shown * np.maximum(luminance, 1e-9)[..., None] ** (1 / 1.2 - 1)
        scene = np.minimum(scene, 1)
        bent = 0.17883277 * np.log(np.maximum(12 * scene - 0.28466892, 1e-9)) + 0.55991073
        return np.where(scene <= 1 / 12, np.sqrt(3 * scene), bent)
    light = np.minimum(light, 1)
    return np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)


def deep_png(signal: Linear, code_points: tuple[int, int] | None = None, profile: bytes | None = None) -> bytes:
    """A PNG of 16 bits, with its colours in the chunk cICP or iCCP. A fourth channel is transparency."""
    values = np.rint(signal * 65535).astype(np.uint16)
    data = opencv_bytes(".png", np.roll(values, 1, axis=2) if values.shape[2] == 4 else values)
    chunks = png_chunk(b"cICP", bytes([*code_points, 0, 1])) if code_points else b""
    if profile:
        chunks += png_chunk(b"iCCP", b"other\0\0" + zlib.compress(profile))
    return data[:33] + chunks + data[33:]


def hdr_heic(signal: Linear, primaries: int, transfer: int, bits: int = 10) -> bytes:
    """A HEIC of 10 or 12 bits. libheif takes values of 16 bits."""
    height, width, _ = signal.shape
    values = np.rint(signal * ((1 << bits) - 1)).astype(np.uint16) << 16 - bits
    heif = pillow_heif.from_bytes(mode="RGB;16", size=(width, height), data=values.tobytes())
    buffer = io.BytesIO()
    pillow_heif.options.SAVE_HDR_TO_12_BIT = bits == 12
    try:
        heif.save(
            buffer,
            quality=-1,
            chroma=444,
            color_primaries=primaries,
            transfer_characteristics=transfer,
            matrix_coefficients=0,
            full_range_flag=1,
        )
    finally:
        pillow_heif.options.SAVE_HDR_TO_12_BIT = False
    return buffer.getvalue()


def hdr_avif(signal: Linear, primaries: int, transfer: int, bits: int = 10) -> bytes:
    """An AVIF of 8, 10 or 12 bits. OpenCV writes no code points, so they are put in their place."""
    values = np.rint(signal * ((1 << bits) - 1)).astype(np.uint8 if bits == 8 else np.uint16)
    options = (cv2.IMWRITE_AVIF_DEPTH, bits, cv2.IMWRITE_AVIF_QUALITY, 100, cv2.IMWRITE_AVIF_SPEED, 9)
    data = opencv_bytes(".avif", values, *options)
    place = data.index(b"colrnclx") + 8
    return data[:place] + struct.pack(">HH", primaries, transfer) + data[place + 4 :]
