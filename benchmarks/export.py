"""Measure the speed and memory of building a zip: `python -m benchmarks.export [--storage-url URL]`.

Writes originals of random bytes to a temporary folder, builds a zip from storage into storage, and deletes everything
again. With --storage-url, it does the same there. The operating system still has the new files in its cache, so the
folder's figure is that of the code, not of the disk. It includes the flush at the end.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import tempfile
import time
import uuid
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from albums import storage
from worker.stages.export_zip import ZipEntry, write_zip

MEGABYTE = 1_000_000


class Result(NamedTuple):
    """One zip: its size in bytes, its seconds, and the bytes of memory it needed in addition."""

    size: int
    seconds: float
    memory: int


def build(url: str, photos: int, photo_bytes: int) -> Result:
    """Store the originals, build the zip, delete everything. Needs a new process, to report its peak memory."""
    store = storage.open_storage(url)
    store.create_if_missing()
    album = uuid.uuid4()
    try:
        entries = _make_originals(store, album, photos, photo_bytes)
        before = _resident_bytes()
        started = time.perf_counter()
        key = storage.export_key(album, 1)
        with store.open_writer(key, "application/zip", expected_size=photos * photo_bytes) as writer:
            report = write_zip(entries, writer)
        seconds = time.perf_counter() - started
        if store.size(key) != report.size:
            raise SystemExit("The zip in storage does not have the size that was written.")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        return Result(report.size, seconds, max(0, peak - before))
    finally:
        store.delete_prefix(storage.album_prefix(album))
        store.close()


def _make_originals(store: storage.Storage, album: uuid.UUID, photos: int, photo_bytes: int) -> list[ZipEntry]:
    entries = []
    noon = datetime(2024, 6, 8, 12)  # noqa: DTZ001 - wall-clock time, as cameras write it
    for number in range(photos):
        key = storage.original_key(album, number)
        store.write_bytes(key, os.urandom(photo_bytes), "image/jpeg")
        modified = noon + timedelta(minutes=number)
        opener = partial(store.open_read, key)
        entries.append(ZipEntry(uuid.uuid4(), f"{number + 1:05d}.jpg", modified, photo_bytes, opener))
    return entries


def _resident_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _measure(name: str, url: str, photos: int, photo_bytes: int) -> None:
    # A new process for each, because a process's peak memory never falls.
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        result = pool.submit(build, url, photos, photo_bytes).result()
    print(
        f"zip, {name}: {result.size / MEGABYTE:.0f} MB of {photos} photos in {result.seconds:.1f} s,"
        f" {result.size / MEGABYTE / result.seconds:.0f} MB/s, {result.memory / MEGABYTE:.0f} MB of memory at most"
    )


def main() -> None:
    """Measure a folder, and the given storage."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0] if __doc__ else None)
    parser.add_argument("--photos", type=int, default=200)
    parser.add_argument("--megabytes", type=float, default=5.0, help="size of each photo")
    parser.add_argument("--storage-url", help="also measure this storage, in the form of STORAGE_URL")
    options = parser.parse_args()
    photo_bytes = int(options.megabytes * MEGABYTE)
    with tempfile.TemporaryDirectory(prefix="zip-benchmark-") as folder:
        _measure("folder", Path(folder).as_uri(), options.photos, photo_bytes)
    if options.storage_url:
        _measure("S3", options.storage_url, options.photos, photo_bytes)


if __name__ == "__main__":
    main()
