"""The worker's side of the sandbox: it hands photos over, waits so long, and starts a new one when need be."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO, BinaryIO, cast

from albums.analysis import Examination
from worker.analysis.examination import PicturesReady
from worker.analysis.faces import FaceModelError
from worker.analysis.files import DecodeError, DecodeLimits
from worker.sandbox.wire import WireError, decode_examination, read_message, write_message

_ROOT = Path(__file__).resolve().parents[2]
# All it is given of the environment; addresses and passwords are not among it.
_PASSED_ON = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TMPDIR", "HOME")
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
# Left to itself, glibc gives a photo's large arrays back at once, and takes them again, zeroed page by page, a dozen
# times a photo: a tenth of its time. See mallopt(3).
_KEPT_BYTES = {"MALLOC_MMAP_THRESHOLD_": str(1 << 28), "MALLOC_TRIM_THRESHOLD_": str(1 << 28)}
_NOTES_BYTES = 4000
_START_SECONDS = 120.0
_STOP_SECONDS = 5.0
_JPEG_START = b"\xff\xd8\xff"


class SandboxError(Exception):
    """An examination did not come to its end; the message is for the operator."""


class ExaminationCrashed(SandboxError):
    """The photo, or something else, brought the process down."""


class ExaminationTooSlow(SandboxError):
    """It took longer than it may."""


class SandboxUnavailable(SandboxError):
    """The process does not start, which is no photo's fault."""


class _Unexpected(Exception):
    """The process lives, and its examination ended with an error that nobody foresaw."""


class Sandbox:
    """A process that examines photos, one at a time, started when first needed and again when it has died.

    Belongs to one process and one thread of it.

    Args:
        memory: bytes of its own that the process may have.
        seconds: what one photo may take.
    """

    def __init__(self, *, memory: int, seconds: float) -> None:
        self._memory = memory
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._notes: IO[bytes] | None = None

    def examine(
        self, data: bytes, *, limits: DecodeLimits, face_model: str | Path | None, pictures_ready: PicturesReady
    ) -> Examination:
        """As `examine_photo`, which runs in the process.

        Raises:
            DecodeError: the file cannot be used, or needs more memory than there is.
            FaceModelError: the file of the model is missing or no YuNet model.
            SandboxUnavailable: the process does not start.
            ExaminationTooSlow: it was stopped after so many seconds.
            ExaminationCrashed: the process died of it, or answered nonsense.
        """
        process = self._started()
        self._forget_notes()
        request = {"limits": asdict(limits), "face_model": face_model and str(face_model)}
        with self._watched(process, self._seconds):
            write_message(_pipe(process.stdin), request, [data])
            return self._answer(process, pictures_ready)

    @contextmanager
    def _watched(self, process: subprocess.Popen[bytes], seconds: float) -> Iterator[None]:
        """Kill the process when the block takes longer, and tell what became of it when it did not answer well."""
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
                raise ExaminationTooSlow(f"It was stopped after {seconds:g} s.") from error
            raise ExaminationCrashed(f"{_ending(status)} {error}".strip() + self._last_notes()) from error
        except _Unexpected as error:
            raise ExaminationCrashed("The examination failed." + self._last_notes()) from error
        finally:
            timer.cancel()
            # Not before the timer is over: it must not kill whatever else comes to have this process' number.
            timer.join()

    def close(self) -> None:
        """End the process; the next examination starts another."""
        self._end()
        if self._notes is not None:
            self._notes.close()
            self._notes = None

    def _end(self) -> int | None:
        """Kill the process; returns its exit status, negative for a signal; None where there was none."""
        process, self._process = self._process, None
        if process is None:
            return None
        try:
            # One that has just died on its own has its own status.
            process.wait(0.2)
        except subprocess.TimeoutExpired:
            process.kill()
        status = process.wait(_STOP_SECONDS)
        for pipe in (process.stdin, process.stdout):
            try:
                _pipe(pipe).close()
            except OSError:  # what was not yet written is for nobody
                continue
        return status

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._end()
        try:
            self._process = self._launched()
        except OSError as error:  # no room for one more process, or for its notes
            raise _unavailable(error) from error
        self._await_start(self._process)
        return self._process

    def _launched(self) -> subprocess.Popen[bytes]:
        if self._notes is None:
            self._notes = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - open for as long as the sandbox is
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        python_path = os.pathsep.join(filter(None, [str(_ROOT), environment.get("PYTHONPATH", "")]))
        return subprocess.Popen(
            [sys.executable, "-m", "worker.sandbox", str(os.getpid()), str(self._memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._notes,
            env={**environment, **_ONE_THREAD, **_KEPT_BYTES, "PYTHONPATH": python_path},
        )

    def _await_start(self, process: subprocess.Popen[bytes]) -> None:
        """Loading the libraries is not the photo's time, and when it fails not the photo's fault."""
        try:
            with self._watched(process, _START_SECONDS):
                if read_message(_pipe(process.stdout)) is None:
                    raise WireError("")
        except SandboxError as error:
            raise _unavailable(error) from error

    def _answer(self, process: subprocess.Popen[bytes], pictures_ready: PicturesReady) -> Examination:
        while True:
            message = read_message(_pipe(process.stdout))
            if message is None:
                raise WireError("")
            header, blobs = message
            match header.get("kind"):
                case "pictures":
                    pictures_ready(*_pictures(blobs))
                case "examined":
                    return _examination(blobs)
                case "refused":
                    raise DecodeError(str(header.get("code")), str(header.get("message")))
                case "misconfigured":
                    raise FaceModelError(str(header.get("message")))
                case "out_of_memory":
                    self._end()  # a fresh one has all of its memory
                    raise DecodeError(
                        "out_of_memory", "The photo needs more memory than a worker has. Upload a smaller copy."
                    )
                case "failed":
                    raise _Unexpected
                case kind:
                    raise WireError(f"Its answer: {kind}.")

    def _last_notes(self) -> str:
        """The end of what the process printed, such as where a decoder crashed."""
        if self._notes is None:
            return ""
        size = self._notes.seek(0, os.SEEK_END)
        self._notes.seek(max(0, size - _NOTES_BYTES))
        text = self._notes.read().decode("utf-8", "replace").strip()
        return f"\n{text}" if text else ""

    def _forget_notes(self) -> None:
        """What was printed over the photos before; the process writes on where this leaves the file."""
        if self._notes is not None:
            self._notes.seek(0)
            self._notes.truncate(0)


def _unavailable(error: Exception) -> SandboxUnavailable:
    return SandboxUnavailable(f"The process that examines photos does not start. {error}")


def _pipe(pipe: IO[bytes] | None) -> BinaryIO:
    return cast("BinaryIO", pipe)


def _pictures(blobs: list[bytes]) -> list[bytes]:
    if len(blobs) != 2 or not all(blob.startswith(_JPEG_START) for blob in blobs):
        raise WireError("Its pictures are no pictures.")
    return blobs


def _examination(blobs: list[bytes]) -> Examination:
    if len(blobs) != 1:
        raise WireError(f"Its examination is in {len(blobs)} parts.")
    return decode_examination(blobs[0])


def _ending(status: int | None) -> str:
    if status is not None and status < 0:
        try:
            return f"The process was ended by {signal.Signals(-status).name}."
        except ValueError:
            return f"The process was ended by signal {-status}."
    return f"The process ended with {status}."
