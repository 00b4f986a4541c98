"""How fast a zip is built and how much memory that takes: `python -m benchmarks.export [--storage-url URL]`.

Makes its own originals of random bytes, in a temporary folder and, when a URL in the form of STORAGE_URL is
given, there too, builds the zip from storage into storage, and removes everything again. What was just
written is read back from the operating system's cache, so the folder's figure is that of the code, not of the
disk; the flush at the end is included.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import tempfile
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from albums import storage
from worker.stages.export_zip import Original, ZipEntry, write_zip

MEGABYTE = 1_000_000


class Result(NamedTuple):
    """One zip: its bytes, the seconds it took, and the bytes of memory it needed beyond what the process had."""

    size: int
    seconds: float
    memory: int


def build(url: str, photos: int, photo_bytes: int) -> Result:
    """Store the originals, build the zip and delete all of it; runs in a process of its own, whose peak it reports."""
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
            raise SystemExit("The zip in storage has another size than was written.")
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
        opener = partial(_open_original, store, key)
        entries.append(ZipEntry(uuid.uuid4(), f"{number + 1:05d}.jpg", modified, photo_bytes, opener))
    return entries


@contextmanager
def _open_original(store: storage.Storage, key: str) -> Iterator[Original]:
    with store.open_read(key) as chunks:
        yield Original(chunks)


def _resident_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _measure(name: str, url: str, photos: int, photo_bytes: int) -> None:
    # A fresh process each, because the peak of a process never falls.
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        result = pool.submit(build, url, photos, photo_bytes).result()
    print(
        f"zip, {name}: {result.size / MEGABYTE:.0f} MB of {photos} photos in {result.seconds:.1f} s,"
        f" {result.size / MEGABYTE / result.seconds:.0f} MB/s, {result.memory / MEGABYTE:.0f} MB of memory at most"
    )


def main() -> None:
    """Measure the folder, and the given storage."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0] if __doc__ else None)
    parser.add_argument("--photos", type=int, default=200)
    parser.add_argument("--megabytes", type=float, default=5.0, help="of each photo")
    parser.add_argument("--storage-url", help="also measure this storage, in the form of STORAGE_URL")
    options = parser.parse_args()
    photo_bytes = int(options.megabytes * MEGABYTE)
    with tempfile.TemporaryDirectory(prefix="zip-benchmark-") as folder:
        _measure("folder", Path(folder).as_uri(), options.photos, photo_bytes)
    if options.storage_url:
        _measure("S3", options.storage_url, options.photos, photo_bytes)


if __name__ == "__main__":
    main()
