from __future__ import annotations

import io
import struct

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.drawing import exif_bytes
from worker.analysis.metadata.tiff_directory import Directory, read_tiff


def tiff(*entries: tuple[int, int, int, bytes], order: str = "<", tail: bytes = b"") -> bytes:
    """One directory at byte 8, then `tail`. The last item of an entry is its value or offset, four bytes."""
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}IH", 8, len(entries))
    body = b"".join(struct.pack(f"{order}HHI", *entry[:3]) + entry[3] for entry in entries)
    return head + body + bytes(4) + tail


def test_it_reads_numbers_of_both_byte_orders() -> None:
    for order in "<>":
        directory = read_tiff(tiff((0x0112, 3, 1, struct.pack(f"{order}HH", 6, 0)), order=order))
        assert directory.integer(0x0112) == 6


def test_it_reads_what_pillow_writes() -> None:
    block = exif_bytes(camera=("Canon", "EOS R5"), exposure_time=1 / 250, exposure_bias=-1.5, iso=400)[6:]
    first = read_tiff(block)
    shot = first.directory(0x8769)
    assert first.text(0x010F) == "Canon"
    assert shot.number(0x829A) == 1 / 250
    assert shot.number(0x9204) == -1.5
    assert shot.integer(0x8827) == 400


def test_it_reads_bigtiff() -> None:
    buffer = io.BytesIO()
    Image.fromarray(np.zeros((20, 30, 3), np.uint8)).save(buffer, "TIFF", big_tiff=True)
    directory = read_tiff(buffer.getvalue())
    assert (directory.integer(0x0100), directory.integer(0x0101)) == (30, 20)
    assert directory.numbers(0x0102) == (8, 8, 8)


def test_one_broken_tag_does_not_affect_the_others() -> None:
    directory = read_tiff(
        tiff(
            (0x010F, 2, 1000, struct.pack("<I", 0xFFFFFF00)),  # text beyond the end
            (0x011A, 5, 1, struct.pack("<I", 0xFFFFFFFF)),  # a fraction beyond the end
            (0x0110, 99, 1, b"abcd"),  # an unknown type
            (0x0112, 3, 1, struct.pack("<HH", 8, 0)),
        )
    )
    assert directory.text(0x010F) is None
    assert directory.number(0x011A) is None
    assert directory.text(0x0110) is None
    assert directory.integer(0x0112) == 8


def test_a_fraction_over_zero_is_not_a_number() -> None:
    block = tiff((0x829A, 5, 1, struct.pack("<I", 26)), tail=struct.pack("<II", 1, 0))
    assert read_tiff(block).number(0x829A) is None


def test_a_truncated_directory_gives_the_tags_before_the_cut() -> None:
    block = tiff((0x0112, 3, 1, struct.pack("<HH", 3, 0)), (0x0128, 3, 1, struct.pack("<HH", 2, 0)))
    cut = read_tiff(block[:24])
    assert cut.integer(0x0112) == 3
    assert cut.integer(0x0128) is None


def test_text_ends_at_its_first_nul_and_loses_its_padding() -> None:
    block = tiff((0x010F, 2, 12, struct.pack("<I", 26)), tail=b"Leica  \0junk")
    assert read_tiff(block).text(0x010F) == "Leica"


def test_a_directory_that_points_at_itself_ends() -> None:
    block = tiff((0x8769, 4, 1, struct.pack("<I", 8)))
    assert read_tiff(block).directory(0x8769).directory(0x8769).directory(0x8769).entries


def test_reading_one_value_does_not_expand_all() -> None:
    block = tiff((0x0100, 1, 0xFFFFFFF0, struct.pack("<I", 26)), tail=b"\x07" * 100)
    directory = read_tiff(block)
    assert directory.number(0x0100) == 7
    assert directory.numbers(0x0100) == ()  # claims more than the block holds


def test_other_bytes_give_an_empty_directory() -> None:
    for block in (b"", b"II", b"II*\0", b"JPEG" * 10, b"II*\0\xff\xff\xff\xff" + bytes(20)):
        assert read_tiff(block).entries == {}
    assert Directory().directory(0x8769).text(1) is None


@given(st.binary(max_size=400), st.sampled_from((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")))
def test_no_bytes_make_it_raise(block: bytes, mark: bytes) -> None:
    directory = read_tiff(mark + block)
    for tag in directory.entries:
        directory.numbers(tag)
        directory.text(tag)
        directory.integer(tag)
        directory.directories(tag)
