"""Photos that crash the decoder, with real crashes in real workers: these photos fail, and no other photo does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bad_decoder import sitecustomize as bad
from tests.bad_decoder.sitecustomize import with_fault
from tests.drawing import draw_scene, jpeg_bytes
from tests.integration.faults.harness import Harness
from tests.integration.faults.scale import Scale, long_only
from tests.integration.faults.tally import note

# How each fault ends, and after how many attempts.
ENDS = {
    bad.CRASH: ("crashed", 3),
    bad.ABORT: ("crashed", 3),
    bad.STUMBLE: ("crashed", 3),
    bad.TAKE_FOREVER: ("too_slow", 3),
    bad.EAT_MEMORY: ("out_of_memory", 1),
}


@pytest.fixture
def photos(tmp_path: Path) -> dict[str, bytes]:
    """The fault of each file; most files have none."""
    faults: dict[str, bytes] = {}
    for number in range(20):
        fault = list(ENDS)[number // 4] if number % 4 == 1 else b""
        photo = jpeg_bytes(draw_scene(100 + number, (640, 480)))
        path = tmp_path / f"photo-{number:02}.jpg"
        path.write_bytes(with_fault(photo, fault) if fault else photo)
        faults[path.name] = fault
    return faults


@long_only
def test_a_photo_that_crashes_the_decoder_fails_and_its_neighbours_do_not(
    harness: Harness, photos: dict[str, bytes], tmp_path: Path, scale: Scale
) -> None:
    workers = {name: program.pid for name, program in harness.deployment.workers.items()}
    run = harness.begin("decoders", [tmp_path / name for name in photos])
    run.upload()
    harness.settle(run)
    assert run.failures() == {name: ENDS[fault][0] for name, fault in photos.items() if fault}
    claims = harness.claims(run, "prepare")
    attempts = {name: claims[run.photos[name]] for name in photos}
    assert attempts == {name: ENDS[fault][1] if fault else 1 for name, fault in photos.items()}
    note("decoder crashed or stuck", sum(ENDS[fault][1] for fault in photos.values() if fault))
    harness.assert_rows_consistent(run.album)
    harness.assert_objects_match(run.album)
    harness.assert_broker_empties()
    # Only sandboxes died.
    assert {name: program.pid for name, program in harness.deployment.workers.items()} == workers
    if scale.is_long:
        # After a retry the outcome is the same, for these photos and for the rest of the album.
        run.person.post(f"/api/v1/albums/{run.album}/photos/retry/")
        harness.settle(run)
        assert run.failures() == {name: ENDS[fault][0] for name, fault in photos.items() if fault}
