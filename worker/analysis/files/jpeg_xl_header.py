"""Reads the header of a JPEG XL codestream: size, orientation, depth (ISO/IEC 18181-1, annexes B and D).

The decoder tells these only once it has decoded all pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

CODESTREAM_START = b"\xff\x0a"
_RATIOS = {1: (1, 1), 2: (12, 10), 3: (4, 3), 4: (3, 2), 5: (16, 9), 6: (5, 4), 7: (2, 1)}

Choice = tuple[int, int]
"""How many bits follow, and what is added to their value."""

_SIZES: tuple[Choice, ...] = ((9, 1), (13, 1), (18, 1), (30, 1))


@dataclass(frozen=True)
class JpegXlHeader:
    """What the header says."""

    size: tuple[int, int]
    """Width and height as coded, before `orientation` is applied."""
    orientation: int = 1
    bits: int = 8
    """Of each colour."""
    extra_channels: int = 0


class BitReader:
    """Reads numbers of some bits, the least significant first. Beyond the end are zeros."""

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "little")
        self.position = 0

    def read(self, bits: int) -> int:
        """The next number of this many bits."""
        value = self._value >> self.position & (1 << bits) - 1
        self.position += bits
        return value

    def choose(self, *choices: Choice) -> int:
        """A number in the way that two bits choose of four."""
        bits, added = choices[self.read(2)]
        return self.read(bits) + added


def read_header(codestream: bytes) -> JpegXlHeader:
    """Read the start of a codestream. Raises ValueError if it is none."""
    if not codestream.startswith(CODESTREAM_START):
        raise ValueError("not a JPEG XL codestream")
    reader = BitReader(codestream[2:128])
    size = read_size(reader)
    if reader.read(1):  # everything else is as usual
        return JpegXlHeader(size)
    orientation = 1
    if reader.read(1):
        orientation = reader.read(3) + 1
        _skip_extras(reader)
    if reader.read(1):  # floating point
        bits = reader.choose((0, 32), (0, 16), (0, 24), (6, 1))
        reader.read(4)
    else:
        bits = reader.choose((0, 8), (0, 10), (0, 12), (6, 1))
    reader.read(1)
    return JpegXlHeader(size, orientation, bits, reader.choose((0, 0), (0, 1), (4, 2), (12, 1)))


def read_size(reader: BitReader) -> tuple[int, int]:
    """Width and height."""
    is_small = reader.read(1)
    height = 8 * (reader.read(5) + 1) if is_small else reader.choose(*_SIZES)
    return _width(reader, height, is_small=bool(is_small)), height


def _width(reader: BitReader, height: int, *, is_small: bool) -> int:
    ratio = reader.read(3)
    if ratio:
        over, under = _RATIOS[ratio]
        return height * over // under
    return 8 * (reader.read(5) + 1) if is_small else reader.choose(*_SIZES)


def _skip_extras(reader: BitReader) -> None:
    """Skip the intrinsic size, the size of a preview, and the times of an animation."""
    if reader.read(1):
        read_size(reader)
    if reader.read(1):
        lengths = ((0, 16), (0, 32), (5, 1), (9, 33)) if reader.read(1) else ((6, 1), (8, 65), (10, 321), (12, 1345))
        reader.choose(*lengths)
        if not reader.read(3):
            reader.choose(*lengths)
    if reader.read(1):
        reader.choose((0, 100), (0, 1000), (10, 1), (30, 1))
        reader.choose((0, 1), (0, 1001), (8, 1), (10, 1))
        reader.choose((0, 0), (3, 0), (16, 0), (32, 0))
        reader.read(1)
