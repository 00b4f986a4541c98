"""The zip of originals."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import threading
import time
import tracemalloc
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albums import storage
from albums.exports.entry_names import NamedPhoto, entry_names
from albums.storage import FolderStorage
from tests.factories import zip_entry
from worker.stages.export_zip import (
    READ_AHEAD_CHUNKS,
    READ_AHEAD_ENTRIES,
    OriginalError,
    OriginalMissing,
    ZipEntry,
    write_zip,
)

NOON = datetime(2024, 6, 8, 12, 0, 2)  # noqa: DTZ001 - wall-clock time, as cameras write it
MIB = 1024 * 1024


def entry(name: str, content: bytes, *, modified: datetime = NOON, size: int | None = None) -> ZipEntry:
    @contextmanager
    def open_stream() -> Iterator[Iterator[bytes]]:
        yield (content[start : start + 7] for start in range(0, len(content), 7))

    return zip_entry(name, modified, len(content) if size is None else size, open_stream)


def zip_of(*entries: ZipEntry) -> bytes:
    sink = io.BytesIO()
    report = write_zip(entries, sink)
    assert report.size == len(sink.getvalue())
    assert report.count == len(entries)
    return sink.getvalue()


class TestEntryNames:
    """Names are readable, unique, in order and safe everywhere."""

    @pytest.mark.parametrize(
        ("name", "content_format", "expected"),
        [
            ("IMG_4711.JPG", "image/jpeg", "001 IMG_4711.JPG"),
            ("IMG_4711.jpeg", "JPEG", "001 IMG_4711.jpeg"),
            ("IMG_1.jpg", "image/heic", "001 IMG_1.heic"),
            ("IMG_1.HIF", "image/heif", "001 IMG_1.HIF"),
            ("IMG_1.heic", "image/jpeg", "001 IMG_1.jpg"),
            ("scan.tiff", "image/tiff", "001 scan.tiff"),
            ("DSC_1.NEF", "image/tiff", "001 DSC_1.NEF"),
            ("DSC_1.NEF", "image/x-nikon-nef", "001 DSC_1.NEF"),
            ("DSC_1.JPG", "image/x-nikon-nef", "001 DSC_1.nef"),
            ("P1.RAW", "image/x-panasonic-rw2", "001 P1.RAW"),
            ("DSC_1.KDC", "image/x-dcraw", "001 DSC_1.KDC"),
            ("picture", "image/png", "001 picture.png"),
            ("Dr. Smith", "image/webp", "001 Dr. Smith.webp"),
            ("invoice.pdf.exe", "image/jpeg", "001 invoice.pdf.exe.jpg"),
            ("photo.xyz", "", "001 photo.xyz"),
            ("photo.xyz", "image/x-unheard-of", "001 photo.xyz"),
            ("../../evil.jpg", "image/jpeg", "001 _.._evil.jpg"),
            ("/etc/passwd", "image/jpeg", "001 _etc_passwd.jpg"),
            ("\u202egpj.exe", "image/jpeg", "001 gpj.exe.jpg"),
            ("", "image/jpeg", "001 photo.jpg"),
            (".jpg", "image/jpeg", "001 jpg.jpg"),
        ],
    )
    def test_a_name_stays_readable(self, name: str, content_format: str, expected: str) -> None:
        assert entry_names([NamedPhoto(name, content_format)]) == [expected]

    def test_photos_of_the_same_name_are_told_apart(self) -> None:
        photos = [NamedPhoto(name, "image/jpeg") for name in ("IMG_1.jpg", "img_1.JPG", "IMG_1.jpg")]
        assert entry_names(photos) == ["001 IMG_1.jpg", "002 img_1.JPG", "003 IMG_1.jpg"]

    def test_a_large_album_still_sorts_by_name(self) -> None:
        names = entry_names([NamedPhoto("a.jpg", "image/jpeg")] * 1001)
        assert names[0] == "0001 a.jpg"
        assert names[-1] == "1001 a.jpg"
        assert sorted(names) == names

    def test_no_photos_have_no_names(self) -> None:
        assert entry_names([]) == []

    def test_a_long_name_keeps_its_extension_even_when_that_changes(self) -> None:
        (name,) = entry_names([NamedPhoto("ü" * 300 + ".jpg", "image/heic")])
        assert name.endswith("ü.heic")
        assert 250 <= len(name.encode()) <= 255

    @given(
        st.lists(
            st.tuples(
                st.text(max_size=300) | st.sampled_from(["CON.jpg", "a.jpg", "A.JPG", "á.png", "a\u0301.png", " . "]),
                st.sampled_from(["", "image/jpeg", "image/heic", "image/tiff", "PNG", "text/html"]),
            ),
            max_size=30,
        )
    )
    def test_any_names_become_unique_safe_and_sorted(self, pairs: list[tuple[str, str]]) -> None:
        names = entry_names([NamedPhoto(*pair) for pair in pairs])
        assert len(names) == len(pairs)
        assert len({unicodedata.normalize("NFC", name).casefold() for name in names}) == len(names)
        assert sorted(names) == names
        for name in names:
            assert len(name.encode()) <= 255
            assert name == unicodedata.normalize("NFC", name)
            assert not set(name) & set('<>:"/\\|?*')
            assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in name)
            assert not set(name) & set("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
            assert name.strip(" .") == name


class TestWriteZip:
    """The zip holds the originals byte for byte, and every tool can read it."""

    def test_every_byte_and_time_is_there(self) -> None:
        contents = {"001 a.jpg": b"a" * 100, "002 empty.jpg": b"", "003 Été 写真.png": bytes(range(256)) * 9}
        times = [NOON, NOON.replace(year=2005, second=59), NOON.replace(hour=0, month=12, day=31)]
        made = zip_of(
            *(
                entry(name, content, modified=moment)
                for (name, content), moment in zip(contents.items(), times, strict=True)
            )
        )
        with zipfile.ZipFile(io.BytesIO(made)) as opened:
            assert opened.testzip() is None
            assert {info.filename: opened.read(info) for info in opened.infolist()} == contents
            assert [info.compress_type for info in opened.infolist()] == [zipfile.ZIP_STORED] * 3
            assert [info.date_time for info in opened.infolist()] == [
                (2024, 6, 8, 12, 0, 2),
                (2005, 6, 8, 12, 0, 58),  # a zip stores even seconds
                (2024, 12, 31, 0, 0, 2),
            ]

    def test_the_times_at_the_front_are_those_of_the_directory(self) -> None:
        made = zip_of(entry("a", b"1", modified=NOON.replace(year=1999)), entry("b", b"2"))
        with zipfile.ZipFile(io.BytesIO(made)) as opened:
            for info in opened.infolist():
                local = made[info.header_offset + 10 : info.header_offset + 14]
                directory = made[made.index(b"PK\x01\x02", info.header_offset) :]
                assert local in directory

    @pytest.mark.parametrize(
        ("modified", "expected"),
        [
            (datetime(1970, 1, 1), (1980, 1, 1, 0, 0, 0)),  # noqa: DTZ001
            (datetime(9999, 1, 1), (2107, 12, 31, 23, 59, 58)),  # noqa: DTZ001
        ],
    )
    def test_a_time_no_zip_can_hold_becomes_the_nearest(self, modified: datetime, expected: tuple[int, ...]) -> None:
        with zipfile.ZipFile(io.BytesIO(zip_of(entry("a", b"1", modified=modified)))) as opened:
            assert opened.infolist()[0].date_time == expected

    def test_no_entries_make_an_empty_zip(self) -> None:
        with zipfile.ZipFile(io.BytesIO(zip_of())) as opened:
            assert opened.namelist() == []

    def test_the_same_entries_make_the_same_bytes(self) -> None:
        assert zip_of(entry("a", b"1"), entry("b", b"2")) == zip_of(entry("a", b"1"), entry("b", b"2"))

    @pytest.mark.slow
    def test_more_entries_than_a_plain_zip_can_count(self) -> None:
        count = 65_536
        made = zip_of(*(entry(f"{number:05d}.jpg", b"x") for number in range(count)))
        with zipfile.ZipFile(io.BytesIO(made)) as opened:
            assert len(opened.namelist()) == count
            assert opened.read(f"{count - 1:05d}.jpg") == b"x"
        assert b"PK\x06\x06" in made[-200:]  # the zip64 end of the directory

    def test_a_zip_and_an_entry_larger_than_a_plain_zip_can_hold(self, monkeypatch: pytest.MonkeyPatch) -> None:
        # The real limit is 4 GiB. With a lower one, the same code writes the same records for smaller files.
        monkeypatch.setattr("zipstream.ng.ZIP64_LIMIT", 500)
        contents = {"small.jpg": b"s" * 100, "large.jpg": b"l" * 600, "behind.jpg": b"b" * 100}
        made = zip_of(*(entry(name, content) for name, content in contents.items()))
        with zipfile.ZipFile(io.BytesIO(made)) as opened:
            assert {info.filename: opened.read(info) for info in opened.infolist()} == contents
            assert [bool(info.extra) for info in opened.infolist()] == [False, True, True]
        assert b"PK\x06\x06" in made[-200:]

    @pytest.mark.skipif(shutil.which("unzip") is None, reason="unzip is not installed")
    def test_unzip_agrees(self, tmp_path: Path) -> None:
        path = tmp_path / "album.zip"
        path.write_bytes(zip_of(entry("001 a.jpg", b"a" * 1000), entry("002 Été.jpg", b"b" * 1000)))
        result = subprocess.run(["unzip", "-t", path], capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stdout + result.stderr
        assert "No errors detected" in result.stdout

    def test_it_goes_from_storage_to_storage(self, tmp_path: Path) -> None:
        store = FolderStorage(tmp_path / "objects")
        originals = {storage.original_key(1, number): bytes([number]) * (number * 300_000) for number in range(8)}
        for key, content in originals.items():
            store.write_bytes(key, content, "image/jpeg")
        entries = [
            zip_entry(f"{number}.jpg", NOON, len(content), partial(store.open_read, key))
            for number, (key, content) in enumerate(originals.items())
        ]
        with store.open_writer(storage.export_key(1, 1), "application/zip") as writer:
            report = write_zip(entries, writer)
        assert store.size(storage.export_key(1, 1)) == report.size
        with zipfile.ZipFile(tmp_path / "objects" / storage.export_key(1, 1)) as opened:
            assert [opened.read(info) for info in opened.infolist()] == list(originals.values())

    def test_the_heartbeat_reports_progress(self) -> None:
        beats: list[tuple[int, int]] = []
        sink = io.BytesIO()
        report = write_zip(
            [entry("a", b"x" * 70), entry("b", b"y")],
            sink,
            heartbeat=lambda done, written: beats.append((done, written)),
        )
        assert beats == sorted(beats)
        assert {done for done, _ in beats} == {0, 1, 2}
        assert beats[-1] == (2, report.size)
        assert sum(done == 0 for done, _ in beats) > 10  # within an entry, too


class TestWriteZipFailing:
    """An error stops the zip, names the photo, and leaves no thread running."""

    @pytest.fixture(autouse=True)
    def _no_threads_stay(self) -> Iterator[None]:
        before = set(threading.enumerate())
        yield
        assert not [thread for thread in threading.enumerate() if thread not in before and thread.is_alive()]

    def test_a_missing_original_is_named(self, tmp_path: Path) -> None:
        store = FolderStorage(tmp_path)
        missing = zip_entry("002 b.jpg", NOON, 1, partial(store.open_read, storage.original_key(1, 2)))
        with pytest.raises(OriginalMissing) as caught, store.open_writer(storage.export_key(1, 1), "a/zip") as writer:
            write_zip([entry("001 a.jpg", b"1"), missing, entry("003 c.jpg", b"3")], writer)
        assert caught.value.photo_id == missing.photo_id
        assert f"{missing.photo_id} is missing from storage (albums/1/photos/2/original)" in str(caught.value)
        assert not store.exists(storage.export_key(1, 1))

    @pytest.mark.parametrize("size", [0, 99, 101])
    def test_an_original_of_another_size_is_named(self, size: int) -> None:
        wrong = entry("a.jpg", b"x" * 100, size=size)
        expected = f"{wrong.photo_id} has .*bytes in storage where {size} were uploaded"
        with pytest.raises(OriginalError, match=expected) as caught:
            zip_of(wrong)
        assert not isinstance(caught.value, OriginalMissing)

    def test_an_error_of_the_storage_comes_through(self) -> None:
        @contextmanager
        def open_stream() -> Iterator[Iterator[bytes]]:
            def chunks() -> Iterator[bytes]:
                yield b"some"
                raise storage.StorageUnavailable("The bucket does not answer.")

            yield chunks()

        with pytest.raises(storage.StorageUnavailable):
            zip_of(entry("a", b"1"), zip_entry("b", NOON, 10, open_stream))

    def test_a_writer_that_fails_stops_the_readers(self) -> None:
        class FullDisk(io.BytesIO):
            def write(self, data: object, /) -> int:
                raise storage.StorageUnavailable("The disk is full.")

        with pytest.raises(storage.StorageUnavailable):
            write_zip((entry(str(number), b"x" * 10_000) for number in range(50)), FullDisk())

    def test_the_heartbeat_can_stop_it(self) -> None:
        def cancel(entries_done: int, bytes_written: int) -> None:
            if entries_done == 3:
                raise KeyboardInterrupt

        closed: list[int] = []

        def stream(number: int) -> ZipEntry:
            @contextmanager
            def open_stream() -> Iterator[Iterator[bytes]]:
                try:
                    yield iter([b"x"] * 1000)
                finally:
                    closed.append(number)

            return zip_entry(str(number), NOON, 1000, open_stream)

        opened = [stream(number) for number in range(100)]
        with pytest.raises(KeyboardInterrupt):
            write_zip(opened, io.BytesIO(), heartbeat=cancel)
        # The originals read ahead were closed, and the later ones never opened.
        assert 3 <= len(closed) <= 3 + READ_AHEAD_ENTRIES
        assert len(set(closed)) == len(closed)

    def test_entries_that_fail_stop_the_readers(self) -> None:
        def entries() -> Iterator[ZipEntry]:
            yield entry("a", b"1" * 1000)
            raise LookupError

        with pytest.raises(LookupError):
            write_zip(entries(), io.BytesIO())


class TestReadingAhead:
    """The next objects are read while one is written, within limits."""

    def test_the_next_objects_are_opened_before_their_turn(self) -> None:
        opened = [threading.Event() for _ in range(READ_AHEAD_ENTRIES)]

        def waiting_for_all(number: int) -> ZipEntry:
            @contextmanager
            def open_stream() -> Iterator[Iterator[bytes]]:
                opened[number].set()
                # The first one waits until all of them are open. If they were read one by one, it would wait forever.
                assert all(event.wait(20) for event in opened)
                yield iter([b"x"])

            return zip_entry(str(number), NOON, 1, open_stream)

        zip_of(*(waiting_for_all(number) for number in range(READ_AHEAD_ENTRIES)))

    def test_a_slow_writer_holds_the_readers_back(self) -> None:
        produced, consumed, most_ahead = [0], [0], [0]
        lock = threading.Lock()
        piece = b"x" * 1000

        def long_entry(number: int) -> ZipEntry:
            @contextmanager
            def open_stream() -> Iterator[Iterator[bytes]]:
                def chunks() -> Iterator[bytes]:
                    for _ in range(100):
                        with lock:
                            produced[0] += 1
                            most_ahead[0] = max(most_ahead[0], produced[0] - consumed[0])
                        yield piece

                yield chunks()

            return zip_entry(str(number), NOON, 100 * len(piece), open_stream)

        class SlowSink(io.BytesIO):
            def write(self, data: object, /) -> int:
                if data == piece:
                    time.sleep(0.0005)
                    with lock:
                        consumed[0] += 1
                return len(data)  # type: ignore[arg-type]

        write_zip([long_entry(number) for number in range(10)], SlowSink())
        bound = READ_AHEAD_ENTRIES * (READ_AHEAD_CHUNKS + 2)
        assert READ_AHEAD_CHUNKS < most_ahead[0] <= bound

    def test_memory_does_not_grow_with_the_album(self) -> None:
        size, count = 10 * MIB, 30
        block = hashlib.sha256(b"photo").digest() * (storage.CHUNK_BYTES // 32)

        @contextmanager
        def open_stream() -> Iterator[Iterator[bytes]]:
            # A new copy of each chunk, as real reads give one.
            yield (bytearray(block)[: len(block)] for _ in range(size // len(block)))  # type: ignore[misc]

        class Counter:
            total = 0

            def write(self, data: bytes, /) -> int:
                self.total += len(data)
                return len(data)

        counter = Counter()
        start = datetime(2024, 1, 1)  # noqa: DTZ001
        entries = (
            zip_entry(f"{number}.jpg", start + timedelta(minutes=number), size, open_stream) for number in range(count)
        )
        tracemalloc.start()
        try:
            report = write_zip(entries, counter)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert report.size == counter.total > size * count
        allowed = READ_AHEAD_ENTRIES * (READ_AHEAD_CHUNKS + 3) * storage.CHUNK_BYTES
        assert peak < allowed < size * count / 6
