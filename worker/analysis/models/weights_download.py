"""Downloads the weights: in limited time, checked byte for byte, and at most once a day after a failure."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import json
import os
import queue
import tempfile
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from worker.analysis.models.weights import (
    RESNET50_IMAGENET,
    WeightsError,
    WeightsSource,
    downloaded_weights,
    file_sha256,
)

CONNECT_SECONDS: Final = 8.0
RETRY_AFTER: Final = timedelta(days=1)
_CHUNK: Final = 1 << 20

Progress = Callable[[int, int], None]


class DownloadError(WeightsError):
    """The weights could not be fetched."""


class DownloadPostponedError(DownloadError):
    """A download failed not long ago, so none was tried."""


def download_weights(
    cache_folder: Path,
    source: WeightsSource = RESNET50_IMAGENET,
    *,
    force: bool = False,
    timeout: float = CONNECT_SECONDS,
    progress: Progress | None = None,
) -> Path:
    """Fetch the weights into the cache folder, unless they are there, and check them byte for byte.

    A failure is remembered in the cache folder, and for a day no further download is tried: a machine without network
    should not wait at every start.

    Args:
        force: try even so soon after a failure.
        timeout: seconds to wait for the answer, and later for each further piece.
        progress: called with the bytes received so far and the bytes expected.

    Returns:
        The path of the file.

    Raises:
        DownloadPostponedError: a download failed less than a day ago.
        DownloadError: it failed now; nothing but the memory of it is left behind.
    """
    target = cache_folder / source.file_name
    if downloaded_weights(cache_folder, source) and file_sha256(target) == source.sha256:
        return target
    memory = cache_folder / f"{source.file_name}.failed.json"
    if not force:
        _refuse_while_postponed(memory)
    try:
        _fetch(source, target, timeout, progress)
    except DownloadError as error:
        _remember_failure(memory, str(error))
        raise
    memory.unlink(missing_ok=True)
    return target


def _fetch(source: WeightsSource, target: Path, timeout: float, progress: Progress | None) -> None:
    """Write into a temporary file beside the target, which takes its name only when every byte is right."""
    temporary: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with (
            _open_within(source, timeout) as response,
            tempfile.NamedTemporaryFile(dir=target.parent, prefix=".download-", delete=False) as file,
        ):
            temporary = Path(file.name)
            _copy_checked(response, file, source, progress)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)  # temporary files are for their owner alone; another account's worker reads this one
        temporary.replace(target)
    except TimeoutError as error:
        raise DownloadError(f"{source.host} stopped sending for {timeout:.0f} seconds.") from error
    except http.client.HTTPException as error:
        raise DownloadError(f"{source.host} gave an answer that is not HTTP: {error!r}.") from error
    except OSError as error:
        raise DownloadError(f"{source.file_name} could not be stored in {target.parent}: {error}.") from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _open_within(source: WeightsSource, seconds: float) -> http.client.HTTPResponse:
    """Send the request and wait at most `seconds` for the response, from look-up to headers.

    A thread of its own sends it, because a socket's timeout does not cover looking up the name, which may take half a
    minute without a network, or trying a host's next address. The thread is abandoned, not joined.
    """
    answers: queue.SimpleQueue[http.client.HTTPResponse | Exception] = queue.SimpleQueue()
    given_up = threading.Event()

    def send() -> None:
        try:
            response = urllib.request.urlopen(source.url, timeout=seconds)  # noqa: S310 - the URL is the source's own
        except Exception as error:  # the waiting thread raises it
            answers.put(error)
            return
        if given_up.is_set():
            response.close()
        else:
            answers.put(response)

    threading.Thread(target=send, name="weights-download", daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        given_up.set()
        raise DownloadError(f"{source.host} did not answer within {seconds:.0f} seconds.") from None
    if isinstance(answer, http.client.HTTPResponse):
        return answer
    raise _as_download_error(source, answer, seconds) from answer


def _as_download_error(source: WeightsSource, error: Exception, seconds: float) -> DownloadError:
    if isinstance(error, urllib.error.HTTPError):
        error.close()
        return DownloadError(f"{source.host} answered {error.code} {error.reason} for {source.file_name}.")
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, TimeoutError):
        return DownloadError(f"{source.host} did not answer within {seconds:.0f} seconds.")
    detail = reason.strerror if isinstance(reason, OSError) and reason.strerror else reason
    return DownloadError(f"{source.host} could not be reached: {detail}.")


def _copy_checked(
    response: http.client.HTTPResponse, file: Any, source: WeightsSource, progress: Progress | None
) -> None:
    digest = hashlib.sha256()
    received = 0
    while chunk := response.read(_CHUNK):
        received += len(chunk)
        if received > source.size:
            raise DownloadError(f"{source.host} sent more than the {source.size:,} bytes of {source.file_name}.")
        file.write(chunk)
        digest.update(chunk)
        if progress is not None:
            progress(received, source.size)
    if received < source.size:
        raise DownloadError(
            f"{source.host} sent {received:,} of the {source.size:,} bytes of {source.file_name} and no more."
        )
    if digest.hexdigest() != source.sha256:
        raise DownloadError(
            f"What {source.host} sent as {source.file_name} is not that file: its SHA-256 is {digest.hexdigest()}, "
            f"not {source.sha256}. It was deleted."
        )


# --- The memory of a failure ------------------------------------------------------------------------------------------


def _refuse_while_postponed(memory: Path) -> None:
    try:
        content = json.loads(memory.read_text(encoding="utf-8"))
        failed_at, reason = datetime.fromisoformat(content["failed_at"]), str(content["reason"])
        age = datetime.now(UTC) - failed_at
    except (OSError, ValueError, KeyError, TypeError):  # no memory, or one that says nothing
        return
    # A failure in the future was written by a clock that has been set back since.
    if timedelta(0) <= age < RETRY_AFTER:
        raise DownloadPostponedError(f"{reason} That was at {failed_at:%Y-%m-%d %H:%M} UTC; it is tried once a day.")


def _remember_failure(memory: Path, reason: str) -> None:
    content = {"failed_at": datetime.now(UTC).isoformat(timespec="seconds"), "reason": reason}
    with contextlib.suppress(OSError):  # the folder may be what failed
        memory.write_text(json.dumps(content), encoding="utf-8")
