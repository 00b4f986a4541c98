"""A photo that crashes the decoder affects only itself. Tests real crashes of a real process."""

from __future__ import annotations

import os
import platform
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from albums.analysis import Examination, Marks, Sidecar
from tests.bad_decoder import sitecustomize as faults
from tests.bad_decoder.sitecustomize import with_fault
from tests.drawing import draw_scene, jpeg_bytes
from tests.raw_files import dng_bytes, enlarged, sensor_data
from worker.analysis.examination import examine_photo
from worker.analysis.files import decode_photo
from worker.analysis.interface import DecodeError, DecodeLimits, FaceModelError, NotStripped
from worker.analysis.marking import marked
from worker.analysis.models import HAAR
from worker.analysis.stripping import strip
from worker.sandbox import (
    ExaminationCrashed,
    ExaminationTooSlow,
    Sandbox,
    SandboxUnavailable,
    client,
    confinement,
    pipes,
)
from worker.sandbox.kept_memory import MOST_KEPT

MEMORY = 1 << 30
ROOT = Path(__file__).resolve().parents[3]
PHOTO = jpeg_bytes(draw_scene(1, (640, 480)))


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    monkeypatch.setenv("PYTHONPATH", str(Path(faults.__file__).parent))
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody:secret@db/photos")
    made = Sandbox(memory=MEMORY, seconds=60)
    yield made
    made.close()


def examine(sandbox: Sandbox, data: bytes = PHOTO, face_model: str | Path = HAAR) -> Examination:
    return sandbox.examine(
        data, limits=DecodeLimits(), face_model=face_model, pictures_ready=lambda _preview, _thumbnail: None
    )


def pid_of(sandbox: Sandbox) -> int:
    assert sandbox._process is not None
    return sandbox._process.pid


def test_it_starts_ahead_of_the_first_photo(sandbox: Sandbox) -> None:
    sandbox.warm_up(face_model="/no/such/face-model.onnx")
    started = pid_of(sandbox)
    sandbox.start()
    assert examine(sandbox).width == 640
    assert pid_of(sandbox) == started
    # A wrong model is the error of the photos that need it, not of the start.
    with pytest.raises(FaceModelError):
        examine(sandbox, face_model="/no/such/face-model.onnx")


def test_it_reads_sidecars_between_photos(sandbox: Sandbox) -> None:
    data = b'<x:xmpmeta xmp:Rating="4">'
    assert sandbox.read_sidecar(data, "IMG_1.xmp") == Sidecar(content_type="application/rdf+xml", rating=4)
    assert sandbox.read_sidecar(PHOTO, "IMG_1.json") is None
    with pytest.raises(DecodeError, match="what this file says about a photo") as refused:
        sandbox.read_sidecar(data, "IMG_1.json")
    assert refused.value.code == "not_a_sidecar"
    assert examine(sandbox).width == 640


def test_it_returns_what_this_process_would(sandbox: Sandbox) -> None:
    pictures: dict[str, tuple[bytes, bytes]] = {}
    there = sandbox.examine(
        PHOTO,
        limits=DecodeLimits(),
        face_model=None,
        pictures_ready=lambda *made: pictures.update(there=made),
    )
    here = examine_photo(
        PHOTO, limits=DecodeLimits(), face_model=None, pictures_ready=lambda *made: pictures.update(here=made)
    )
    assert there == here
    assert pictures["there"] == pictures["here"]


def test_it_develops_a_raw_file(sandbox: Sandbox) -> None:
    examined = examine(sandbox, dng_bytes(sensor_data(draw_scene(1, (640, 480))), orientation=6))
    assert (examined.width, examined.height) == (480, 640)
    assert examined.content_type == "image/x-adobe-dng"
    assert examined.capture.raw == "developed"


def test_the_picture_in_a_raw_file_comes_at_full_size(sandbox: Sandbox) -> None:
    scene = draw_scene(1, (640, 480))
    raw = dng_bytes(np.tile(sensor_data(scene), (5, 5)), preview=enlarged(scene, (3200, 2400)), orientation=6)
    pictures: list[bytes] = []
    examined = sandbox.examine(
        raw, limits=DecodeLimits(), face_model=HAAR, pictures_ready=lambda *made: pictures.extend(made)
    )
    _preview, _thumbnail, large = pictures
    decoded = decode_photo(large, target_side=3200)
    assert (decoded.width, decoded.height) == (examined.width, examined.height) == (2400, 3200)
    assert decoded.capture.camera_model is None
    assert examined.capture.has_large


def test_it_examines_many_photos_in_one_process(sandbox: Sandbox) -> None:
    first = examine(sandbox)
    process = pid_of(sandbox)
    assert examine(sandbox) == first
    assert pid_of(sandbox) == process


@pytest.mark.skipif(
    platform.machine() != "x86_64" or confinement.landlock_version() < 6, reason="this kernel confines less"
)
def test_code_that_takes_it_over_gets_nothing(sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ExaminationCrashed, match=re.escape("It got: [].")):
        examine(sandbox, with_fault(PHOTO, faults.ESCAPE))
    examine(sandbox)
    assert caplog.text == ""


def test_it_says_what_the_kernel_does_not_confine(sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    client._warned.clear()
    client._warn(["There is no Landlock."])
    client._warn(["There is no Landlock."])
    assert [record.message for record in caplog.records] == ["There is no Landlock."]
    client._warned.clear()


def test_decode_errors_keep_their_message(sandbox: Sandbox) -> None:
    for data, code in ((b"", "empty_file"), (b"words", "not_an_image"), (PHOTO[:9000], "truncated")):
        with pytest.raises(DecodeError) as caught:
            examine(sandbox, data)
        assert caught.value.code == code
        assert caught.value.message.endswith(".")
    with pytest.raises(DecodeError, match="the limit is"):
        sandbox.examine(
            PHOTO, limits=DecodeLimits(max_pixels=1000), face_model=None, pictures_ready=lambda *_pictures: None
        )


@pytest.mark.parametrize(("fault", "name"), [(faults.CRASH, "SIGSEGV"), (faults.ABORT, "SIGABRT")])
def test_a_crash_fails_one_examination_and_says_where(sandbox: Sandbox, fault: bytes, name: str) -> None:
    with pytest.raises(ExaminationCrashed, match=name) as caught:
        examine(sandbox, with_fault(PHOTO, fault))
    assert "examine_photo" in str(caught.value)
    assert examine(sandbox).width == 640


def test_an_unexpected_error_fails_one_examination(sandbox: Sandbox) -> None:
    examine(sandbox)
    process = pid_of(sandbox)
    with pytest.raises(ExaminationCrashed, match="nobody foresaw this"):
        examine(sandbox, with_fault(PHOTO, faults.STUMBLE))
    assert examine(sandbox).width == 640
    assert pid_of(sandbox) == process


def test_memory_is_limited(sandbox: Sandbox) -> None:
    with pytest.raises(DecodeError) as caught:
        examine(sandbox, with_fault(PHOTO, faults.EAT_MEMORY))
    assert caught.value.code == "out_of_memory"
    assert examine(sandbox).width == 640
    limits = Path(f"/proc/{pid_of(sandbox)}/limits").read_text(encoding="utf-8")
    assert re.search(rf"Max data size +{MEMORY} ", limits)
    assert re.search(r"Max core file size +0 ", limits)


def test_a_process_that_keeps_too_much_memory_is_replaced_before_the_next_photo(sandbox: Sandbox) -> None:
    strip_there(sandbox, PHOTO)
    process = pid_of(sandbox)
    assert examine(sandbox, with_fault(PHOTO, faults.FREE_MEMORY)).width == 640
    assert pid_of(sandbox) == process
    assert _private_bytes(process) < MOST_KEPT, "it has not returned what is free"
    examine(sandbox, with_fault(PHOTO, faults.KEEP_MEMORY))
    second = pid_of(sandbox)
    assert second != process, "the next one starts ahead of the next photo"
    assert examine(sandbox).width == 640
    assert pid_of(sandbox) == second
    strip_there(sandbox, with_fault(PHOTO, faults.KEEP_MEMORY))
    assert pid_of(sandbox) != second


def test_time_is_limited(sandbox: Sandbox) -> None:
    examine(sandbox)
    sandbox._seconds = 0.5
    with pytest.raises(ExaminationTooSlow, match=r"after 0\.5 s"):
        examine(sandbox, with_fault(PHOTO, faults.TAKE_FOREVER))
    sandbox._seconds = 60
    assert examine(sandbox).width == 640


def test_a_missing_face_model_is_not_the_photos_fault(sandbox: Sandbox, tmp_path: Path) -> None:
    with pytest.raises(FaceModelError, match=r"none\.onnx"):
        examine(sandbox, face_model=tmp_path / "none.onnx")


def test_a_process_that_cannot_start_is_not_the_photos_fault(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with monkeypatch.context() as missing:
        missing.setattr(sys, "executable", str(tmp_path / "python"))
        with pytest.raises(SandboxUnavailable, match=r"does not start\. .*No such file"):
            examine(sandbox)
    assert examine(sandbox).width == 640


def test_a_stop_of_the_service_lets_it_finish(sandbox: Sandbox) -> None:
    examine(sandbox)
    os.kill(pid_of(sandbox), signal.SIGTERM)
    os.kill(pid_of(sandbox), signal.SIGINT)
    process = pid_of(sandbox)
    assert examine(sandbox).width == 640
    assert pid_of(sandbox) == process


def test_a_killed_process_is_replaced(sandbox: Sandbox) -> None:
    examine(sandbox)
    os.kill(pid_of(sandbox), signal.SIGKILL)
    os.waitid(os.P_PID, pid_of(sandbox), os.WEXITED | os.WNOWAIT)
    assert examine(sandbox).width == 640


def test_it_gets_the_kernels_of_its_worker_but_no_addresses_and_no_passwords(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Haswell")
    examine(sandbox)
    environment = Path(f"/proc/{pid_of(sandbox)}/environ").read_bytes()
    assert b"PYTHONPATH" in environment
    assert b"OPENBLAS_CORETYPE=Haswell" in environment
    assert b"secret" not in environment


def test_it_does_not_outlive_a_worker_that_is_killed(tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(with_fault(PHOTO, faults.TAKE_FOREVER))
    script = (
        "import sys, threading\nfrom pathlib import Path\nfrom worker.sandbox import Sandbox\n"
        "from worker.analysis.interface import DecodeLimits\n"
        "sandbox = Sandbox(memory=1 << 30, seconds=600)\n"
        "process = sandbox._started()\nprint(process.pid, flush=True)\n"
        "sandbox.examine(Path(sys.argv[1]).read_bytes(), limits=DecodeLimits(), face_model=None,"
        " pictures_ready=print)\n"
    )
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{Path(faults.__file__).parent}"}
    with subprocess.Popen(
        [sys.executable, "-c", script, str(photo)], env=environment, stdout=subprocess.PIPE, cwd=tmp_path
    ) as worker:
        assert worker.stdout is not None
        child = int(worker.stdout.readline())
        _wait_until(lambda: _processor_seconds(child) > 0.5)
        worker.kill()
    _wait_until(lambda: not _lives(child))


def strip_there(sandbox: Sandbox, data: bytes = PHOTO) -> bytes:
    return sandbox.strip(data, while_waiting=lambda: None)


def test_it_strips_what_this_process_would(sandbox: Sandbox) -> None:
    assert strip_there(sandbox) == strip(PHOTO)
    with pytest.raises(NotStripped, match="unknown_format"):
        strip_there(sandbox, b"words")
    assert examine(sandbox).width == 640


def test_it_marks_what_this_process_would(sandbox: Sandbox) -> None:
    marks = Marks(stars=4, label="red", pick=1)
    for data in (PHOTO, b""):
        assert sandbox.mark(data, marks, while_waiting=lambda: None) == marked(data, marks)
    assert sandbox.mark(b"words", marks, while_waiting=lambda: None) is None
    assert strip_there(sandbox) == strip(PHOTO)


@pytest.mark.parametrize("fault", [faults.CRASH, faults.ABORT, faults.EAT_MEMORY, faults.STUMBLE])
def test_a_crash_fails_one_stripping(sandbox: Sandbox, fault: bytes) -> None:
    with pytest.raises(NotStripped, match="not_finished"):
        strip_there(sandbox, with_fault(PHOTO, fault))
    assert strip_there(sandbox) == strip(PHOTO)


def test_the_time_of_stripping_is_limited_and_the_caller_hears_of_it(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_REWRITE_SECONDS", 1.0)
    monkeypatch.setattr(pipes, "_WAIT_SECONDS", 0.05)
    waited: list[int] = []
    with pytest.raises(NotStripped, match="not_finished"):
        sandbox.strip(with_fault(PHOTO, faults.TAKE_FOREVER), while_waiting=lambda: waited.append(1))
    assert len(waited) > 3
    assert strip_there(sandbox) == strip(PHOTO)


def test_giving_a_photo_up_loses_no_answer(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipes, "_WAIT_SECONDS", 0.0)

    def give_up() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        sandbox.strip(with_fault(PHOTO, faults.TAKE_FOREVER), while_waiting=give_up)
    assert strip_there(sandbox) == strip(PHOTO)


def test_pictures_that_nobody_can_take_lose_no_answer(sandbox: Sandbox) -> None:
    def refuse(*_pictures: bytes) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        sandbox.examine(PHOTO, limits=DecodeLimits(), face_model=HAAR, pictures_ready=refuse)
    assert strip_there(sandbox) == strip(PHOTO)


def test_a_search_for_frames_that_ends_badly_loses_no_answer(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    def find_frames(fault: bytes, while_waiting: Callable[[], None] = lambda: None) -> None:
        data = with_fault(PHOTO, fault)
        sandbox.find_frames(data, face_model=HAAR, began=None, utc_offset_minutes=None, while_waiting=while_waiting)

    def give_up() -> None:
        raise LookupError

    with pytest.raises(ExaminationCrashed, match="SIGSEGV"):
        find_frames(faults.CRASH)
    with pytest.raises(ExaminationCrashed, match="nobody foresaw this"):
        find_frames(faults.STUMBLE)
    monkeypatch.setattr(pipes, "_WAIT_SECONDS", 0.0)
    with pytest.raises(LookupError):
        find_frames(faults.TAKE_FOREVER, give_up)
    assert strip_there(sandbox) == strip(PHOTO)


def test_a_search_for_frames_stops_before_it_is_stopped(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[dict[str, Any]] = []

    def write(_stream: object, header: dict[str, Any], _blobs: object) -> None:
        sent.append(header)
        raise OSError

    sandbox.start()
    monkeypatch.setattr(client, "write_message", write)
    for seconds in (15.0, 600.0):
        sandbox._seconds = seconds
        with pytest.raises(ExaminationCrashed):
            sandbox.find_frames(PHOTO, face_model=HAAR, began=None, utc_offset_minutes=None, while_waiting=lambda: None)
    assert [header["processor_seconds"] for header in sent] == [5.0, 40.0]


def test_timer_threads_end(sandbox: Sandbox) -> None:
    examine(sandbox)
    assert not [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]


def _wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _private_bytes(pid: int) -> int:
    _size, resident, shared, *_ = map(int, Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split())
    return (resident - shared) * os.sysconf("SC_PAGE_SIZE")


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
