"""Write the zip of the chosen originals as a stream, in constant memory.

Photos are already compressed, so the zip stores them without deflating. Reading them from storage takes most of the
time, so threads read the next few while one is written. The same entries give the same bytes.
"""

from __future__ import annotations

import hashlib
import queue
import struct
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from datetime import datetime
from threading import Event
from typing import Final, Protocol
from uuid import UUID

from zipstream.ng import ZipStream

from albums.analysis import NotCleanedReason
from albums.storage import CHUNK_BYTES, ObjectMissing

READ_AHEAD_ENTRIES: Final = 4
"""Objects open at the same time: the one being written and the next ones."""

READ_AHEAD_CHUNKS: Final = 8
"""Chunks read ahead for each object. Storage reads chunks of 1 MiB, so this takes at most 32 MiB of memory."""

# Offset of the adjacent fields "last mod file time" and "last mod file date" in the two headers of an entry:
# APPNOTE.TXT 4.3.7 and 4.3.12, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
_LOCAL_HEADER: Final = (b"PK\x03\x04", 10)
_CENTRAL_HEADER: Final = (b"PK\x01\x02", 12)


Change = Callable[[bytes, Callable[[], None]], tuple[bytes, NotCleanedReason | None]]
"""Takes a whole original and a heartbeat for while it works. Returns the bytes for the zip, and why these still have
what should have been removed, if so."""


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """One file of the zip: its photo, name, wall-clock time, size in bytes, and how to read and change it.

    The size of an original is checked. That of a smaller file may be unknown (None).

    Another thread calls `open_original` for the chunks, possibly well before its turn. It must not use the database.
    The writing thread calls `change`.
    """

    photo_id: UUID
    name: str
    modified: datetime
    size: int | None
    open_original: Callable[[], AbstractContextManager[Iterable[bytes]]]
    change: Change | None = None
    not_cleaned: NotCleanedReason | None = None
    """Why nothing can be removed from it, where that is known before it is read."""


@dataclass(frozen=True)
class WrittenZip:
    """The zip's size in bytes, its number of entries, and those that could not be cleaned, with the reasons."""

    size: int
    count: int
    not_cleaned: dict[str, NotCleanedReason]


class ByteSink(Protocol):
    """Anything with a `write` for bytes, such as a `storage.StorageWriter`."""

    def write(self, data: bytes, /) -> int:
        """Write all of `data`."""
        ...


class OriginalError(Exception):
    """An original cannot go into the zip, because storage does not have the uploaded bytes."""

    def __init__(self, photo_id: UUID, problem: str) -> None:
        super().__init__(photo_id, problem)
        self.photo_id = photo_id
        self.problem = problem

    def __str__(self) -> str:
        return f"The original of photo {self.photo_id} {self.problem}."


class OriginalMissing(OriginalError):
    """An original is missing from storage."""


def write_zip(
    entries: Iterable[ZipEntry],
    writer: ByteSink,
    *,
    heartbeat: Callable[[int, int], None] | None = None,
    afterwards: Iterable[ZipEntry] = (),
    checksums: str = "",
) -> WrittenZip:
    """Write a zip of `entries` in their order, front to back; zip64 where size or number needs it.

    Those of `afterwards` follow. It is iterated when all others are written.

    The file named `checksums` follows, if one is wanted: the SHA-256 of each file as it is in the zip.

    Memory does not grow with the size of the entries. This thread iterates `entries`, a few entries ahead.
    It calls `heartbeat(entries_done, bytes_written)` after every piece of at most 1 MiB. `heartbeat` may raise.

    Raises:
        OriginalMissing: an original is missing.
        OriginalError: an original has another size than its entry.
        StorageError: reading or writing failed.

    After an error the zip is incomplete. Let the error leave the writer's `with` block, so that the writer aborts.
    """
    zip_writer = _ZipWriter(writer, heartbeat or _ignore, hashes=bool(checksums))
    for some in (entries, afterwards):
        with closing(_read_ahead(some)) as opened:
            for entry, chunks in opened:
                zip_writer.add(entry, chunks)
    if checksums:
        zip_writer.add_checksums(checksums)
    return zip_writer.finish()


class _ZipWriter:
    """Adds modification times to zipstream-ng.

    zipstream-ng stamps streamed entries with the current time (https://github.com/pR0Ps/zipstream-ng/issues/27). It
    yields each of an entry's two headers as one piece, with the time at a fixed offset, so this class overwrites the
    time there. A piece that is not the expected header is an error.
    """

    def __init__(self, writer: ByteSink, heartbeat: Callable[[int, int], None], *, hashes: bool) -> None:
        self._zip = ZipStream(sized=False)
        self._writer = writer
        self._heartbeat = heartbeat
        self._times: list[bytes] = []
        self._hashes = hashes
        self._digests: dict[str, str] = {}
        self._not_cleaned: dict[str, NotCleanedReason] = {}
        self._size = 0

    def add(self, entry: ZipEntry, original: Iterable[bytes]) -> None:
        """Write one entry."""
        size, chunks = entry.size, _counted(entry, original)
        if entry.not_cleaned is not None:
            self._not_cleaned[entry.name] = entry.not_cleaned
        if entry.change is not None or size is None:
            changed = self._changed(entry, entry.change or _unchanged, chunks)
            size, chunks = len(changed), _in_chunks(changed)
        self._put(entry.name, _dos_time(entry.modified), size, chunks)

    def add_checksums(self, name: str) -> None:
        """Write the SHA-256 of every file so far, as `sha256sum --check` reads it. It has the time of the last one."""
        content = "".join(f"{digest}  {file}\n" for file, digest in self._digests.items()).encode()
        self._put(name, self._times[-1] if self._times else _dos_time(datetime.min), len(content), [content])  # noqa: DTZ901

    def _put(self, name: str, time: bytes, size: int, chunks: Iterable[bytes]) -> None:
        self._zip.add(self._hashed(name, chunks) if self._hashes else chunks, name, size=size)
        pieces = self._zip.file()
        self._write(_stamp(next(pieces), _LOCAL_HEADER, time))
        for piece in pieces:
            self._write(piece)
        self._times.append(time)
        self._heartbeat(len(self._times), self._size)

    def _hashed(self, name: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
        digest = hashlib.sha256()
        for chunk in chunks:
            digest.update(chunk)
            yield chunk
        self._digests[name] = digest.hexdigest()

    def _changed(self, entry: ZipEntry, change: Change, chunks: Iterable[bytes]) -> bytes:
        def heartbeat() -> None:
            self._heartbeat(len(self._times), self._size)

        parts = []
        for chunk in chunks:
            parts.append(chunk)
            heartbeat()
        data, reason = change(b"".join(parts), heartbeat)
        if reason is not None:
            self._not_cleaned[entry.name] = reason
        return data

    def finish(self) -> WrittenZip:
        """Write the directory at the end."""
        footer = self._zip.footer()
        for time in self._times:
            self._write(_stamp(next(footer), _CENTRAL_HEADER, time))
        for piece in footer:
            self._write(piece)
        return WrittenZip(self._size, len(self._times), self._not_cleaned)

    def _write(self, piece: bytes) -> None:
        self._writer.write(piece)
        self._size += len(piece)
        self._heartbeat(len(self._times), self._size)


def _ignore(_entries_done: int, _bytes_written: int) -> None:
    """No heartbeat."""


def _unchanged(data: bytes, _heartbeat: Callable[[], None]) -> tuple[bytes, None]:
    return data, None


def _counted(entry: ZipEntry, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Pass the chunks on. Raise before the entry ends when they are not as long as announced."""
    if entry.size is None:
        yield from chunks
        return
    read = 0
    for chunk in chunks:
        read += len(chunk)
        if read > entry.size:
            break
        yield chunk
    if read != entry.size:
        problem = f"has {'more than ' if read > entry.size else ''}{min(read, entry.size)} bytes in storage"
        raise OriginalError(entry.photo_id, f"{problem} where {entry.size} were uploaded")


def _in_chunks(data: bytes) -> Iterator[bytes]:
    return (data[start : start + CHUNK_BYTES] for start in range(0, len(data), CHUNK_BYTES))


def _stamp(piece: bytes, header: tuple[bytes, int], time: bytes) -> bytes:
    signature, offset = header
    if not piece.startswith(signature):
        raise RuntimeError("zipstream-ng yields its pieces in a different order than before; adapt this module.")
    return piece[:offset] + time + piece[offset + len(time) :]


def _dos_time(moment: datetime) -> bytes:
    """Time and date in the format of a zip: local wall-clock time, even seconds, from 1980 to 2107."""
    if moment.year < 1980:
        moment = datetime(1980, 1, 1)  # noqa: DTZ001
    elif moment.year > 2107:
        moment = datetime(2107, 12, 31, 23, 59, 58)  # noqa: DTZ001
    date = (moment.year - 1980) << 9 | moment.month << 5 | moment.day
    return struct.pack("<HH", moment.hour << 11 | moment.minute << 5 | moment.second // 2, date)


def _read_ahead(entries: Iterable[ZipEntry]) -> Generator[tuple[ZipEntry, Iterator[bytes]], None, None]:
    """Yield each entry with the chunks of its original. Threads read the originals while earlier ones are written."""
    readers: deque[_OriginalReader] = deque()
    with ThreadPoolExecutor(READ_AHEAD_ENTRIES, thread_name_prefix="export-read") as pool:
        try:
            for entry in entries:
                reader = _OriginalReader(entry)
                readers.append(reader)
                pool.submit(reader.read)
                if len(readers) == READ_AHEAD_ENTRIES:
                    yield readers[0].entry, readers[0].chunks()
                    readers.popleft().stop()
            while readers:
                yield readers[0].entry, readers[0].chunks()
                readers.popleft().stop()
        finally:
            # Otherwise threads would wait forever for room in their queue, and the pool would wait for them.
            for reader in readers:
                reader.stop()


class _OriginalReader:
    """Reads one original in a pool thread, a limited number of chunks ahead of the writing thread."""

    def __init__(self, entry: ZipEntry) -> None:
        self.entry = entry
        self._ahead: queue.Queue[bytes | BaseException | None] = queue.Queue(READ_AHEAD_CHUNKS)
        self._stopped = Event()

    def read(self) -> None:
        """Fill the queue with the chunks, and then None or the error. Runs in the pool."""
        try:
            if self._stopped.is_set():
                return
            with self.entry.open_original() as chunks:
                for chunk in chunks:
                    self._ahead.put(chunk)
                    if self._stopped.is_set():
                        return
            self._ahead.put(None)
        except BaseException as error:  # the writing thread re-raises it; otherwise it would wait forever
            self._ahead.put(error)

    def chunks(self) -> Iterator[bytes]:
        """The chunks, read ahead. Raises what opening or reading raised."""
        while True:
            found = self._ahead.get()
            if isinstance(found, ObjectMissing):
                raise OriginalMissing(self.entry.photo_id, f"is missing from storage ({found.key})") from found
            if isinstance(found, BaseException):
                raise found
            if found is None:
                return
            yield found

    def stop(self) -> None:
        """Let the reading thread end. It puts at most one more item, and the queue has just been emptied."""
        self._stopped.set()
        while True:
            try:
                self._ahead.get_nowait()
            except queue.Empty:
                return
