"""Strips GIF (https://www.w3.org/Graphics/GIF/spec-gif89a.txt), also animated."""

from __future__ import annotations

from worker.analysis.interface import NotStripped

_EXTENSION, _IMAGE, _END = 0x21, 0x2C, 0x3B
_CONTROL, _APPLICATION = 0xF9, 0xFF
_LOOPS = (b"\x0bNETSCAPE2.0\x03\x01", b"\x0bANIMEXTS1.0\x03\x01")


def strip_gif(data: bytes) -> bytes:
    """Keep the pictures, their times and the number of loops. Raises NotStripped."""
    position = 13 + _colours(data[10])
    kept = [data[:position]]
    while data[position] != _END:
        start = position
        if data[position] == _IMAGE:
            position = _after_blocks(data, position + 10 + _colours(data[position + 9]) + 1)
            kept.append(data[start:position])
        elif data[position] == _EXTENSION:
            position = _after_blocks(data, position + 2)
            extension = data[start:position]
            is_control = extension[1] == _CONTROL and len(extension) == 8
            is_loop = extension[1] == _APPLICATION and extension[2:].startswith(_LOOPS) and len(extension) == 19
            if is_control or is_loop:
                kept.append(extension)
        elif data[position] == 0:
            position += 1  # some programs write too many terminators
        else:
            raise NotStripped("damaged")
    return b"".join([*kept, b";"])


def _colours(flags: int) -> int:
    """Bytes of the colour table that these flags announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(data: bytes, position: int) -> int:
    """Where a sequence of blocks ends. Raises IndexError if the file ends first."""
    while size := data[position]:
        position += 1 + size
    return position + 1
