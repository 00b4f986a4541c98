"""`python -m worker.sandbox PARENT MEMORY [PATH...]`: examines and strips photos until its worker is gone.

It has no Django and none of the service's addresses and passwords. It can read its own code and the given paths, open
no socket, and start or watch no other process. So a photo that takes it over gains nothing.
"""

from __future__ import annotations

import ctypes
import faulthandler
import os
import resource
import signal
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from msgspec import convert

from albums.analysis import Marks
from worker.analysis.examination import examine_photo
from worker.analysis.files import identify, preview_bytes
from worker.analysis.frames import find_frames
from worker.analysis.interface import DecodeError, DecodeLimits, FaceModelError, NotStripped
from worker.analysis.jpeg_copy import jpeg_copy
from worker.analysis.metadata import read_sidecar
from worker.analysis.printing import printed_jpeg
from worker.analysis.stripping import strip
from worker.sandbox.confinement import confine_process
from worker.sandbox.kept_memory import is_too_large
from worker.sandbox.own_user import take_own_user
from worker.sandbox.wire import encode_examination, encode_sidecar, read_message, write_message

_PR_SET_PDEATHSIG = 1
_NOT_A_SIDECAR = "We do not understand what this file says about a photo. The photos do not need it."
_DAMAGED_VIDEO = "This video is damaged, so no photos can be taken from it. Copy it again from the camera or card."
_OWN_CODE = [Path(__file__).resolve().parents[2] / package for package in ("albums", "worker")]
_PACKAGES = [Path(path) for path in sys.path if Path(path).name in {"site-packages", "dist-packages"}]


def main(parent: int, memory: int, readable: Sequence[Path]) -> None:
    """Confine this process, then answer."""
    _end_with(parent)
    _confine(memory)
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    # Decoders may print; that must not mix with the answers.
    os.dup2(2, 1)
    code = [*_OWN_CODE, *_PACKAGES, *readable]
    take_own_user([*code, *_loaded_files()])
    _end_with(parent)  # again, because the kernel forgets it when the user changes, even for a moment
    problems = confine_process(code)
    write_message(answers, {"kind": "ready", "problems": problems})
    while (message := read_message(requests)) is not None:
        header, blobs = message
        # Nothing here refers to the file any more when its answer is written.
        answer, made = _done(answers, header, blobs.pop())
        write_message(answers, {**answer, "is_too_large": is_too_large(beyond=made)}, made)


def _end_with(parent: int) -> None:
    """Never outlive the worker, even if it is killed while a photo hangs the decoder."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # the worker is already gone
        sys.exit()
    # Ctrl-C and a service stop reach every process. The worker lets this one finish its photo.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _loaded_files() -> list[Path]:
    files = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
    return [Path(file) for file in files if file]


def _confine(memory: int) -> None:
    """Limit this process's memory, and write no core file, because it would contain pictures."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    faulthandler.enable()


def _done(answers: BinaryIO, header: dict[str, Any], data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The final answer. The caller writes it after any exception and its references are gone: memory may be short."""
    try:
        task = _TASKS.get(header["task"])
        return task(header, data) if task else _examined(answers, header, data)
    except MemoryError:
        return {"kind": "out_of_memory"}, []
    except Exception:
        traceback.print_exc()
        return {"kind": "failed"}, []


def _examined(answers: BinaryIO, header: dict[str, Any], data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    try:
        examination = examine_photo(
            data,
            limits=DecodeLimits(**header["limits"]),
            face_model=header["face_model"],
            skipped=header["skipped"],
            pictures_ready=lambda *pictures: write_message(answers, {"kind": "pictures"}, pictures),
        )
    except DecodeError as error:
        return {"kind": "refused", "code": error.code, "message": error.message}, []
    except FaceModelError as error:
        return {"kind": "misconfigured", "message": str(error)}, []
    return {"kind": "examined"}, [encode_examination(examination)]


def _frames(header: dict[str, Any], data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    began = header["began"]
    try:
        found = find_frames(
            data,
            skipped=header["skipped"],
            face_model=header["face_model"],
            began=began and datetime.fromisoformat(began),
            utc_offset_minutes=header["utc_offset_minutes"],
            processor_seconds=header["processor_seconds"],
        )
    except DecodeError as error:
        return {"kind": "refused", "code": error.code, "message": error.message}, []
    except FaceModelError as error:
        return {"kind": "misconfigured", "message": str(error)}, []
    except ValueError:
        return {"kind": "refused", "code": "corrupt", "message": _DAMAGED_VIDEO}, []
    places = [frame.at for frame in found.frames]
    return {"kind": "frames", "at": places, "seconds": found.seconds}, [frame.jpeg for frame in found.frames]


def _stripped(_header: dict[str, Any], data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    try:
        return {"kind": "rewritten"}, [strip(data)]
    except NotStripped as error:
        return {"kind": "not_rewritten", "reason": error.reason}, []


def _copied(header: dict[str, Any], data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    limits, side = DecodeLimits(**header["limits"]), header["side"]
    try:
        return {"kind": "jpeg"}, [jpeg_copy(data, side=side, limits=limits, keeps_place=header["keeps_place"])]
    except DecodeError as error:
        return {"kind": "refused", "code": error.code, "message": error.message}, []


def _marked(header: dict[str, Any], data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    from worker.analysis.marking import NotMarked, marked  # it takes a tenth of a second, and few need it

    try:
        return {"kind": "rewritten"}, [marked(data, convert(header["marks"], Marks))]
    except NotMarked:
        return {"kind": "not_rewritten", "reason": "damaged"}, []


def _printed(header: dict[str, Any], data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    limits = DecodeLimits(**header["limits"])
    try:
        jpeg, width, height = printed_jpeg(data, limits=limits, width=header["width"], height=header["height"])
    except DecodeError as error:
        return {"kind": "refused", "code": error.code, "message": error.message}, []
    return {"kind": "printed", "width": width, "height": height}, [jpeg]


def _sidecar(header: dict[str, Any], data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    sidecar = read_sidecar(data, header["name"])
    if sidecar is not None:
        return {"kind": "sidecar"}, [encode_sidecar(sidecar)]
    try:
        identify(data)
    except DecodeError:
        return {"kind": "refused", "code": "not_a_sidecar", "message": _NOT_A_SIDECAR}, []
    return {"kind": "photo"}, []


def _warmed_up(header: dict[str, Any], _data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Load the networks for faces, by examining a black picture. The first photo meets the same error."""
    black = preview_bytes(np.zeros((480, 640, 3), np.uint8))
    with suppress(FaceModelError):
        examine_photo(black, limits=DecodeLimits(), face_model=header["face_model"], pictures_ready=lambda *_: None)
    return {"kind": "warm"}, []


_TASKS = {
    "sidecar": _sidecar,
    "frames": _frames,
    "jpeg": _copied,
    "mark": _marked,
    "print": _printed,
    "strip": _stripped,
    "warm_up": _warmed_up,
}


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), [Path(path) for path in sys.argv[3:]])
