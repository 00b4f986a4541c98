"""The gain map of an Ultra HDR photo or of ISO 21496-1 stays, and says no more than what bright screens need."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest
from PIL import Image

from tests.worker.analysis.stripping.files import (
    FILES,
    ISO_NUMBERS,
    SECRET,
    gain_map,
    iso_gain_map,
    with_pictures_after,
)
from worker.analysis.stripping import strip
from worker.analysis.stripping.gain_map import pictures_after
from worker.analysis.stripping.iso_gain_map import MARK

_LIST = "<rdf:Seq><rdf:li>1</rdf:li><rdf:li>1.5</rdf:li><rdf:li>2e-1</rdf:li></rdf:Seq>"
SEVERAL = f"<hdrgm:GainMapMax>{_LIST}</hdrgm:GainMapMax>"


def pixels(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)))


def kept_gain_map(data: bytes) -> bytes | None:
    """The gain map of the stripped file. Checks that its photo is what it was, and that nothing else stays."""
    stripped = strip(data)
    assert SECRET.encode() not in stripped
    assert (pixels(stripped) == pixels(FILES["jpeg"]())).all()
    pictures = list(pictures_after(stripped))
    if not pictures:
        assert stripped == strip(FILES["jpeg"]())
        return None
    [kept] = pictures
    assert stripped.endswith(kept)
    length = f'Item:Semantic="GainMap" Item:Length="{len(kept)}"'.encode()
    assert (length in stripped) == (b"hdrgm:GainMapMax" in kept)
    assert stripped.count(b"urn:iso:std:iso:ts:21496:-1\0") in (0, 2)
    (size,) = struct.unpack_from(">I", stripped, stripped.index(b"MPF\0") + 58)
    assert size == len(stripped) - len(kept)
    assert strip(stripped) == stripped
    return kept


@pytest.mark.parametrize("order", "<>")
def test_it_stays_and_is_found(order: str) -> None:
    original = gain_map()
    kept = kept_gain_map(with_pictures_after(original, order=order))
    assert kept is not None
    assert (pixels(kept) == pixels(original)).all()
    for said in (b'hdrgm:Version="1.0"', b'hdrgm:GainMapMax="1.5"', b'hdrgm:HDRCapacityMax="2"'):
        assert said in kept
    assert not Image.open(io.BytesIO(kept)).getexif()


def test_a_number_for_each_colour_stays() -> None:
    kept = kept_gain_map(with_pictures_after(gain_map('hdrgm:HDRCapacityMax="2"', SEVERAL)))
    assert kept is not None
    assert b"<rdf:li>1</rdf:li><rdf:li>1.5</rdf:li><rdf:li>0.2</rdf:li>" in kept


def test_it_is_found_among_other_pictures() -> None:
    preview = FILES["progressive"]()
    kept = kept_gain_map(with_pictures_after(preview, gain_map(), preview))
    assert kept is not None
    assert pixels(kept).shape == (32, 48)


@pytest.mark.parametrize(
    "after",
    [
        FILES["jpeg"](),
        gain_map('hdrgm:Version="1.0"'),
        gain_map(f'hdrgm:GainMapMax="{SECRET}" hdrgm:HDRCapacityMax="2"'),
        gain_map('hdrgm:HDRCapacityMax="2"', SEVERAL.replace("1.5", SECRET)),
        gain_map()[:-400],
        b"no picture",
        iso_gain_map(ISO_NUMBERS[:-1]),
        iso_gain_map(ISO_NUMBERS + SECRET.encode()),
        iso_gain_map(b"\0\1" + ISO_NUMBERS[2:]),
        iso_gain_map(ISO_NUMBERS[:4] + b"\x90" + ISO_NUMBERS[5:]),
        iso_gain_map(ISO_NUMBERS[:9] + bytes(4) + ISO_NUMBERS[13:]),
        iso_gain_map(struct.pack(">HHBI", 0, 0, 8, 0) + bytes(28)),
    ],
    ids=[
        "other",
        "no numbers",
        "text",
        "text in a list",
        "cut off",
        "no picture",
        "short",
        "long",
        "newer",
        "unknown",
        "a denominator of 0",
        "one denominator of 0",
    ],
)
def test_whatever_else_comes_after_the_photo_goes(after: bytes) -> None:
    assert kept_gain_map(with_pictures_after(after)) is None


def test_pictures_that_lie_over_each_other_are_read_once() -> None:
    data = bytearray(with_pictures_after(*[FILES["jpeg"]()] * 20))
    start = data.index(b"MPF\0") + 4
    for number in range(20):  # each reaches to the end of the file
        struct.pack_into(">II", data, start + 26 + 16 * (number + 1) + 4, len(data) - 20_000, 10_000)
    assert len(list(pictures_after(bytes(data)))) <= 1


def test_numbers_by_the_iso_standard_stay() -> None:
    kept = kept_gain_map(with_pictures_after(iso_gain_map(ISO_NUMBERS)))
    assert kept is not None
    assert (pixels(kept) == pixels(gain_map())).all()
    assert MARK + ISO_NUMBERS in kept
    assert b"hdrgm" not in kept


def test_numbers_said_twice_stay_twice() -> None:
    kept = kept_gain_map(
        with_pictures_after(iso_gain_map(ISO_NUMBERS, 'hdrgm:GainMapMax="1.5" hdrgm:HDRCapacityMax="2"'))
    )
    assert kept is not None
    assert MARK + ISO_NUMBERS in kept
    assert b'hdrgm:GainMapMax="1.5"' in kept


def test_a_number_for_each_colour_and_one_denominator_are_read() -> None:
    """As libultrahdr writes them."""
    above = [0, 192, *(-32, 192, 64, 1, 1) * 3]
    compact = struct.pack(">HHBI", 0, 0, 0xC8, 64) + struct.pack(">II" + "iiIii" * 3, *above)
    kept = kept_gain_map(with_pictures_after(iso_gain_map(compact)))
    assert kept is not None
    assert MARK + struct.pack(">HHB", 0, 0, 0xC0) + ISO_NUMBERS[5:21] + ISO_NUMBERS[21:] * 3 in kept


def test_nothing_hides_in_the_fractions() -> None:
    secret = struct.pack(">iI", 0x4C617420, 0x35392E33)
    kept = kept_gain_map(with_pictures_after(iso_gain_map(ISO_NUMBERS[:21] + secret + ISO_NUMBERS[29:])))
    assert kept is not None
    assert secret not in kept
