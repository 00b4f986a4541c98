"""Camera raw files, written from drawn pictures: DNG, and what is around the picture in Canon's and Fujifilm's."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.drawing import jpeg_bytes

Pixels = NDArray[np.uint8]
Tag = tuple[int, str, Sequence[int | float] | bytes]
_KINDS = {"B": (1, 1), "A": (2, 1), "H": (3, 2), "I": (4, 4), "R": (5, 8), "U": (7, 1), "S": (10, 8)}
_SRGB_OF_XYZ = (3.2406, -1.5372, -0.4986, -0.9689, 1.8758, 0.0415, 0.0557, -0.2040, 1.0570)
WHITE = 4095
UNCOMPRESSED, JPEG, JPEG_XL = 1, 7, 52546
SHOT: list[Tag] = [
    (0x829A, "R", [0.008]),
    (0x829D, "R", [5.6]),
    (0x8827, "H", [400]),
    (0x9003, "A", b"2024:06:15 12:00:05\0"),
    (0x9011, "A", b"+02:00\0"),
    (0x920A, "R", [50.0]),
]
CAMERA: list[Tag] = [(0x010F, "A", b"Drawn\0"), (0x0110, "A", b"Drawn D1\0")]


@dataclass
class TiffWriter:
    """Little-endian TIFF, written piece by piece; the first directory is written last."""

    out: bytearray = field(default_factory=lambda: bytearray(b"II*\0\0\0\0\0"))

    def put(self, content: bytes) -> int:
        """Write bytes. Returns their offset."""
        self.out += bytes(len(self.out) % 2)
        self.out += content
        return len(self.out) - len(content)

    def directory(self, tags: Sequence[Tag], following: int = 0) -> int:
        """Write a directory. Returns its offset."""
        rows = []
        for tag, kind, values in sorted(tags, key=lambda each: each[0]):
            number, size = _KINDS[kind]
            content = bytes(values) if isinstance(values, bytes) else _packed(kind, values)
            place = content.ljust(4, b"\0") if len(content) <= 4 else struct.pack("<I", self.put(content))
            rows.append(struct.pack("<HHI", tag, number, len(content) // size) + place)
        return self.put(struct.pack("<H", len(rows)) + b"".join(rows) + struct.pack("<I", following))

    def file(self, first: int) -> bytes:
        """The whole file."""
        struct.pack_into("<I", self.out, 4, first)
        return bytes(self.out)


def _packed(kind: str, values: Sequence[int | float]) -> bytes:
    if kind in "RS":
        pairs = [(round(value * 10_000), 10_000) for value in values]
        letters = "II" if kind == "R" else "ii"
        return b"".join(struct.pack(f"<{letters}", *pair) for pair in pairs)
    return struct.pack(f"<{len(values)}{kind}", *values)


def sensor_data(picture: Pixels, exposure: float = 1.0) -> NDArray[np.uint16]:
    """What a sensor behind red, green, green and blue filters sees of a picture (height, width, 3), with some noise."""
    light = np.where(picture < 21, picture / 255 / 4.5, ((picture / 255 + 0.099) / 1.099) ** 2.222)
    mosaic = light[..., 1].copy()
    mosaic[::2, ::2], mosaic[1::2, 1::2] = light[::2, ::2, 0], light[1::2, 1::2, 2]
    noise = np.random.default_rng(1).normal(0, 4, mosaic.shape)
    return np.clip(mosaic * exposure * (WHITE - 100) + noise + 8, 0, WHITE).astype(np.uint16)


def dng_bytes(
    sensor: NDArray[np.uint16],
    *,
    preview: bytes | None = None,
    orientation: int = 1,
    compression: int = UNCOMPRESSED,
    data: bytes | None = None,
    extra: Sequence[Tag] = (),
) -> bytes:
    """A DNG with the sensor's data (height, width) at its end, after a preview in JPEG.

    `data` takes the place of the sensor's data as it is.
    """
    writer = TiffWriter()
    height, width = sensor.shape
    content = sensor.tobytes() if data is None else data
    tags: list[Tag] = [
        *CAMERA,
        (0x00FE, "I", [0]),
        (0x0100, "I", [width]),
        (0x0101, "I", [height]),
        (0x0102, "H", [16]),
        (0x0103, "H", [compression]),
        (0x0106, "H", [32803]),
        (0x0112, "H", [orientation]),
        (0x0115, "H", [1]),
        (0x0116, "I", [height]),
        (0x0117, "I", [len(content)]),
        (0x828D, "H", [2, 2]),
        (0x828E, "B", [0, 1, 1, 2]),
        (0x8769, "I", [writer.directory(SHOT)]),
        (0xC612, "B", [1, 4, 0, 0]),
        (0xC614, "A", b"Drawn D1\0"),
        (0xC61D, "I", [WHITE]),
        (0xC621, "S", _SRGB_OF_XYZ),
        (0xC628, "R", [1.0, 1.0, 1.0]),
        (0xC65A, "H", [21]),
        *extra,
    ]
    if preview is not None:
        place = writer.put(preview)
        stored: list[Tag] = [
            (0x00FE, "I", [1]),
            (0x0103, "H", [7]),
            (0x0111, "I", [place]),
            (0x0117, "I", [len(preview)]),
        ]
        tags.append((0x014A, "I", [writer.directory(stored)]))
    # The directory names the data, which comes behind it, so write it twice.
    before = bytes(writer.out)
    writer.directory([*tags, (0x0111, "I", [0])])
    place = len(writer.out)
    writer.out = bytearray(before)
    first = writer.directory([*tags, (0x0111, "I", [place])])
    return writer.file(first) + content


def enlarged(picture: Pixels, size: tuple[int, int]) -> bytes:
    """A JPEG of a picture, enlarged to this width and height: cheaper than to draw a large one."""
    return jpeg_bytes(np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR), np.uint8))


def cr3_bytes(jpeg: bytes, *, orientation: int = 1, xmp: bytes = b"") -> bytes:
    """Canon's boxes with a JPEG and without sensor data."""

    def box(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I4s", 8 + len(content), kind) + content

    def block(tags: list[Tag]) -> bytes:
        writer = TiffWriter()
        return writer.file(writer.directory(tags))

    canon = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
    blocks = box(b"CMT1", block([*CAMERA, (0x0112, "H", [orientation])])) + box(b"CMT2", block(SHOT))
    head = box(b"ftyp", b"crx \0\0\0\1crx isom")
    packet = box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac") + xmp)
    return head + box(b"moov", box(b"uuid", canon + blocks)) + packet + box(b"mdat", b"\1" * 64 + jpeg)


def raf_bytes(jpeg: bytes, sensor_bytes: int = 0) -> bytes:
    """Fujifilm's header with a JPEG. `sensor_bytes` is how many it claims to have after that, and has not."""
    head = b"FUJIFILMCCD-RAW 0201FF383501Drawn".ljust(84, b"\0")
    places = struct.pack(">6I", 160, len(jpeg), 0, 0, 160 + len(jpeg), sensor_bytes)
    return (head + places).ljust(160, b"\0") + jpeg
