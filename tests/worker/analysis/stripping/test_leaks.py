"""Nothing that says where, by whom or with which camera a photo was taken is left in a file that counts as stripped."""

from __future__ import annotations

import contextlib
import re
import zlib

import numpy as np
import pytest

from tests.worker.analysis.stripping.files import FILES, SECRET
from tests.worker.analysis.stripping.leaks import LEAKS
from worker.analysis.files import decode_photo
from worker.analysis.stripping import strip


def whole(data: bytes) -> bytes:
    """The file, also without zeros between its letters, and what is compressed in it or written in hexadecimal."""
    texts = [data, data.replace(b"\0", b"")]
    for start in re.finditer(rb"\0\x78", data):
        with contextlib.suppress(zlib.error):
            texts.append(zlib.decompressobj().decompress(data[start.start() + 1 :]))
    digits = re.findall(rb"[0-9a-f]{40,}", b"\n".join(texts))
    return b"\n".join([*texts, *(bytes.fromhex(found[: len(found) & ~1].decode()) for found in digits)])


@pytest.mark.parametrize("name", LEAKS)
def test_a_secret_goes_and_the_picture_stays(name: str) -> None:
    original = LEAKS[name]()
    stripped = strip(original)
    assert SECRET.encode() not in whole(stripped)
    assert np.array_equal(decode_photo(stripped).image, decode_photo(original).image)
    assert strip(stripped) == stripped


@pytest.mark.parametrize("name", LEAKS)
def test_the_constructed_files_do_leak(name: str) -> None:
    assert SECRET.encode() in whole(LEAKS[name]())


@pytest.mark.parametrize("name", [name for name in FILES if "bmp" not in name])
def test_every_format_loses_its_secrets(name: str) -> None:
    stripped = strip(FILES[name]())
    assert SECRET.encode() not in whole(stripped)
    assert b"59,19" not in stripped
