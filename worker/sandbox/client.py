"""The worker's side of the sandbox: sends photos, enforces the time limit, and restarts the process when needed."""

from __future__ import annotations

import logging
import math
import os
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from msgspec import to_builtins

from albums.analysis import Examination, Marks, Sidecar
from worker.analysis.interface import (
    FRAME_SECONDS,
    DecodeError,
    DecodeLimits,
    FaceModelError,
    FoundFrames,
    NotStripped,
    PicturesReady,
)
from worker.sandbox import answers
from worker.sandbox.errors import ExaminationCrashed, ExaminationTooSlow, SandboxError, UnexpectedError, unavailable
from worker.sandbox.launching import launched
from worker.sandbox.pipes import next_message, pipe, wait
from worker.sandbox.wire import WireError, plain_text, read_message, write_message

logger = logging.getLogger(__name__)

_NOTES_BYTES = 4000
_START_SECONDS = 120.0
_STOP_SECONDS = 5.0
_warned: set[str] = set()
_REWRITE_SECONDS = 20.0  # stripping photos of 200 MB takes less than one
_PRINT_SECONDS = 60.0  # decoding 100 megapixels takes a few
_SHARE_OF_DECODING = 1 / 3  # of the time for frames; they are judged and written after it, and others work meanwhile


class Sandbox:
    """A process that examines photos, one at a time. It starts on first use, and again after it died or grew too large.

    Use it from one thread of one process only.

    Args:
        memory: memory limit of the process in bytes.
        seconds: time limit per photo.
        readable: files that it may read besides its own code, such as that of a face network.
    """

    def __init__(self, *, memory: int, seconds: float, readable: Sequence[str | Path] = ()) -> None:
        self._readable = [str(Path(path).absolute()) for path in readable]
        self._memory = memory
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._is_ready = False
        self._is_warming_up = False
        self._is_too_large = False
        self._notes: IO[bytes] | None = None

    def warm_up(self, *, face_model: str | Path | None) -> None:
        """Start the process and let it load the face networks, without waiting for either.

        `start` skips its answer. Errors show at the first photo.
        """
        try:
            process = self._launched()
            write_message(pipe(process.stdin), {"task": "warm_up", "face_model": _text(face_model)}, [b""])
        except OSError:
            self._end()
        else:
            self._is_warming_up = True

    def start(self) -> None:
        """Wait until the process is ready for a photo, and start it if it is not running.

        Raises:
            SandboxUnavailable: it does not start.
        """
        self._started()

    def examine(
        self,
        data: bytes,
        *,
        limits: DecodeLimits,
        face_model: str | Path | None,
        pictures_ready: PicturesReady,
        skipped: int = 0,
    ) -> Examination:
        """Run `examine_photo` in the process.

        Raises:
            DecodeError: the file cannot be used, or needs more memory than allowed.
            FaceModelError: the file of a face network is missing or wrong.
            SandboxUnavailable: the process does not start.
            ExaminationTooSlow: the examination was stopped at the time limit.
            ExaminationCrashed: the process died, or its answer was invalid.
        """
        with self._asked(_examine(limits, face_model, skipped), data) as process:
            return self._answer(process, pictures_ready)

    def read_sidecar(self, data: bytes, name: str) -> Sidecar | None:
        """Run `read_sidecar` in the process. None if the file seems to be a photo with the ending of a sidecar.

        Raises:
            DecodeError: the file is neither.
            SandboxUnavailable: the process does not start.
            ExaminationTooSlow: the process was stopped at the time limit.
            ExaminationCrashed: the process died, or its answer was invalid.
        """
        with self._asked({"task": "sidecar", "name": name}, data) as process:
            return answers.sidecar_of(self._next_message(process))

    def strip(self, data: bytes, *, while_waiting: Callable[[], object]) -> bytes:
        """Run `strip` in the process. Calls `while_waiting` every second, which may raise to give the photo up.

        Raises:
            NotStripped: the file may hold more than the picture, or could not be stripped within the limits.
            SandboxUnavailable: the process does not start.
        """
        try:
            return self._rewritten({"task": "strip"}, data, while_waiting)
        except (ExaminationCrashed, ExaminationTooSlow) as error:
            logger.warning("A photo could not be stripped. %s", error)
            raise NotStripped("not_finished") from error

    def mark(self, data: bytes, marks: Marks, *, while_waiting: Callable[[], object]) -> bytes | None:
        """Run `marked` in the process, as `strip` does. None if the file cannot be marked.

        Raises:
            SandboxUnavailable: the process does not start.
        """
        try:
            return self._rewritten({"task": "mark", "marks": to_builtins(marks)}, data, while_waiting)
        except (NotStripped, ExaminationCrashed, ExaminationTooSlow) as error:
            logger.warning("A file could not be marked. %s", error)
            return None

    def _rewritten(self, request: dict[str, Any], data: bytes, while_waiting: Callable[[], object]) -> bytes:
        with self._asked(request, data, at_most=_REWRITE_SECONDS) as process:
            wait(process, while_waiting)
            try:
                return answers.rewritten_of(self._next_message(process), len(data))
            except MemoryError as error:
                self._end()  # a new process has all of its memory
                raise NotStripped("not_finished") from error

    def print_picture(
        self, data: bytes, *, limits: DecodeLimits, width: int, height: int, while_waiting: Callable[[], object]
    ) -> tuple[bytes, int, int]:
        """Run `printed_jpeg` in the process. Raises what `examine` does, and `while_waiting`, called every second."""
        request = {"task": "print", "limits": asdict(limits), "width": width, "height": height}
        with self._asked(request, data, at_most=_PRINT_SECONDS) as process:
            header, blobs = self._made(process, "printed", while_waiting)
            return answers.printed_of(header, blobs, (width, height))

    def jpeg_copy(
        self, data: bytes, *, side: int, limits: DecodeLimits, keeps_place: bool, while_waiting: Callable[[], object]
    ) -> bytes:
        """Run `jpeg_copy` in the process. Raises what `examine` does, and `while_waiting`, called every second."""
        request = {"task": "jpeg", "side": side, "limits": asdict(limits), "keeps_place": keeps_place}
        with self._asked(request, data) as process:
            return answers.jpeg_of(self._made(process, "jpeg", while_waiting)[1], side)

    def find_frames(
        self,
        data: bytes,
        *,
        face_model: str | Path | None,
        began: datetime | None,
        utc_offset_minutes: int | None,
        while_waiting: Callable[[], object],
        skipped: int = 0,
    ) -> FoundFrames:
        """Run `find_frames` in the process. Raises what `examine` does, and `while_waiting`, called every second."""
        request = {
            "task": "frames",
            "skipped": skipped,
            "face_model": _text(face_model),
            "began": began and began.isoformat(),
            "utc_offset_minutes": utc_offset_minutes,
            "processor_seconds": min(FRAME_SECONDS, self._seconds * _SHARE_OF_DECODING),
        }
        with self._asked(request, data) as process:
            return answers.frames_of(*self._made(process, "frames", while_waiting))

    def _made(
        self, process: subprocess.Popen[bytes], kind: str, while_waiting: Callable[[], object]
    ) -> tuple[dict[str, Any], list[bytes]]:
        """The answer, if it is of this kind. Raises what it says otherwise."""
        wait(process, while_waiting)
        header, blobs = self._next_message(process)
        if header.get("kind") != kind:
            raise self._failure_of(header)
        return header, blobs

    @contextmanager
    def _asked(
        self, request: dict[str, Any], data: bytes, *, at_most: float = math.inf
    ) -> Iterator[subprocess.Popen[bytes]]:
        """Send a file, and watch the process while the block reads the answer."""
        process = self._started()
        self._forget_notes()
        try:
            with self._watched(process, min(self._seconds, at_most)):
                write_message(pipe(process.stdin), request, [data])
                yield process
        finally:
            if self._is_too_large:
                self._start_afresh()

    def _next_message(self, process: subprocess.Popen[bytes]) -> tuple[dict[str, Any], list[bytes]]:
        header, blobs = next_message(process)
        self._is_too_large = header.get("is_too_large") is True
        return header, blobs

    def _start_afresh(self) -> None:
        """Replace the process, without waiting for the new one to load its libraries."""
        if self._process is not None:
            self._process.kill()
        with suppress(OSError):  # the next file meets the same error
            self._launched()

    @contextmanager
    def _watched(self, process: subprocess.Popen[bytes], seconds: float) -> Iterator[None]:
        """Kill the process when the block takes longer, and raise what happened when it did not answer properly.

        Whatever else ends the block, such as a caller that gives up, ends the process too.
        """
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            process.kill()

        timer = threading.Timer(seconds, expire)
        timer.start()
        try:
            yield
        except (OSError, WireError) as error:
            status = self._end()
            if expired.is_set():
                raise ExaminationTooSlow(f"The examination was stopped after {seconds:g} s.") from error
            raise ExaminationCrashed(f"{answers.ending_of(status)} {error}".strip() + self._last_notes()) from error
        except UnexpectedError as error:
            raise ExaminationCrashed("The examination failed." + self._last_notes()) from error
        except (DecodeError, FaceModelError, NotStripped):
            raise  # it answered that
        except BaseException:
            self._end()  # its answer would be taken for that of the next photo
            raise
        finally:
            timer.cancel()
            # Wait for the timer: it must not kill another process that reuses this process's id.
            timer.join()

    def close(self) -> None:
        """End the process; the next examination starts a new one."""
        self._end()
        if self._notes is not None:
            self._notes.close()
            self._notes = None

    def _end(self) -> int | None:
        """Kill the process. Returns its exit status, negative for a signal; None if there was no process."""
        process, self._process = self._process, None
        if process is None:
            return None
        try:
            # If the process has just died by itself, keep its own exit status.
            process.wait(0.2)
        except subprocess.TimeoutExpired:
            process.kill()
        status = process.wait(_STOP_SECONDS)
        for stream in (process.stdin, process.stdout):
            try:
                pipe(stream).close()
            except OSError:  # unwritten data; nobody reads it any more
                continue
        return status

    def _started(self) -> subprocess.Popen[bytes]:
        process = self._process
        if process is None or process.poll() is not None:
            try:
                process = self._launched()
            except OSError as error:  # no more processes allowed, or no space for the temporary file
                raise unavailable(error) from error
        if not self._is_ready:
            self._await_start(process)
        return process

    def _launched(self) -> subprocess.Popen[bytes]:
        self._end()
        self._is_ready = self._is_warming_up = self._is_too_large = False
        if self._notes is None:
            self._notes = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - open for as long as the sandbox is
        self._process = launched(self._memory, self._readable, self._notes)
        return self._process

    def _await_start(self, process: subprocess.Popen[bytes]) -> None:
        """Wait for the libraries to load. That does not count as the photo's time, nor a failure as its fault."""
        try:
            with self._watched(process, _START_SECONDS):
                ready = read_message(pipe(process.stdout))
                if ready is None:
                    raise WireError("")
                _warn(ready[0].get("problems"))
                if self._is_warming_up:
                    self._next_message(process)
        except SandboxError as error:
            raise unavailable(error) from error
        self._is_ready = True

    def _answer(self, process: subprocess.Popen[bytes], pictures_ready: PicturesReady) -> Examination:
        while True:
            header, blobs = self._next_message(process)
            match header.get("kind"):
                case "pictures":
                    pictures_ready(*answers.pictures_of(blobs))
                case "examined":
                    return answers.examination_of(blobs)
                case _:
                    raise self._failure_of(header)

    def _failure_of(self, header: dict[str, Any]) -> Exception:
        match header.get("kind"):
            case "refused":
                return answers.refusal_of(header)
            case "misconfigured":
                return FaceModelError(plain_text(header.get("message")))
            case "out_of_memory":
                self._end()  # a new process has all of its memory
                return DecodeError(
                    "out_of_memory", "The file needs more memory than a worker has. Upload a smaller copy."
                )
            case "failed":
                return UnexpectedError()
            case kind:
                return WireError(f"It sent an unknown answer: {kind}.")

    def _last_notes(self) -> str:
        """The end of the process's stderr, for example where a decoder crashed."""
        if self._notes is None:
            return ""
        size = self._notes.seek(0, os.SEEK_END)
        self._notes.seek(max(0, size - _NOTES_BYTES))
        text = self._notes.read().decode("utf-8", "replace").strip()
        return f"\n{text}" if text else ""

    def _forget_notes(self) -> None:
        """Clear the stderr of earlier photos. The process shares the file offset, so it continues at the start."""
        if self._notes is not None:
            self._notes.seek(0)
            self._notes.truncate(0)


def _examine(limits: DecodeLimits, face_model: str | Path | None, skipped: int) -> dict[str, Any]:
    return {"task": "examine", "limits": asdict(limits), "face_model": _text(face_model), "skipped": skipped}


def _text(face_model: str | Path | None) -> str | None:
    return str(face_model) if face_model else None


def _warn(problems: object) -> None:
    """Log what the process could not take from itself, once."""
    for problem in problems if isinstance(problems, list) else []:
        if problem not in _warned:
            _warned.add(problem)
            logger.warning("%s", plain_text(problem))
