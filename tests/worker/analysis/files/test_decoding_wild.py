from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzzing.outcome import check_outcome
from tests.fuzzing.seeds import SEEDS
from tests.photo_files import (
    decode_or_code,
)
from worker.analysis.files.decoding import DecodedPhoto

ODD_PHOTOS = Path(__file__).parents[5] / "shared" / "photos" / "odd"


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_damaged_photos_are_decoded_or_refused_with_a_reason(data: st.DataObject) -> None:
    photo = bytearray(data.draw(st.sampled_from(SEEDS)))
    for _ in range(data.draw(st.integers(0, 12))):
        # Wrong values in headers are the most dangerous to decoders.
        end = min(len(photo), data.draw(st.sampled_from((64, 400, len(photo)))))
        place = data.draw(st.integers(0, end - 1))
        change = data.draw(st.binary(min_size=1, max_size=8))
        photo[place : place + len(change)] = change
    if data.draw(st.booleans()):
        del photo[data.draw(st.integers(1, len(photo))) :]
    check_outcome(bytes(photo))


@given(st.sampled_from([seed[:16] for seed in SEEDS]), st.binary(max_size=300))
def test_garbage_after_the_mark_of_a_photo_is_refused_with_a_reason(mark: bytes, garbage: bytes) -> None:
    check_outcome(mark + garbage)


@pytest.mark.skipif(not ODD_PHOTOS.is_dir(), reason="needs the collection of odd photos")
def test_odd_photos_come_out_as_expected() -> None:
    with (ODD_PHOTOS / "manifest.csv").open(newline="") as manifest:
        rows = list(csv.DictReader(manifest))
    wrong = []
    for row in rows:
        outcome = decode_or_code((ODD_PHOTOS / row["file"]).read_bytes())
        accepted = isinstance(outcome, DecodedPhoto)
        if row["expected"] == ("reject" if accepted else "accept") and "if it decodes" not in row["note"]:
            wrong.append((row["file"], outcome))
    assert wrong == []
    assert len(rows) > 0
