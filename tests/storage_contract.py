"""What every storage must do. The tests run with a folder and with a real S3 server."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from albums import storage
from albums.storage import Storage, StorageWriter

ALBUM = "11111111-1111-4111-8111-111111111111"
KEY = storage.original_key(ALBUM, 1)
MIB = 1024 * 1024
# Some servers round the time of an upload up to the next second.
ANY_AGE = timedelta(seconds=-5)


class StorageContract:
    """Tests for a storage. Subclasses provide the fixture `store`, an empty storage."""

    def test_it_returns_what_was_written(self, store: Storage) -> None:
        store.write_bytes(KEY, b"first", "image/jpeg")
        assert store.read_bytes(KEY) == b"first"
        store.write_bytes(KEY, b"the second", "image/jpeg")
        assert store.read_bytes(KEY) == b"the second"
        assert store.size(KEY) == 10
        assert store.exists(KEY)

    def test_it_keeps_an_empty_object(self, store: Storage) -> None:
        store.write_bytes(KEY, b"", "image/jpeg")
        with store.open_writer(storage.preview_key(ALBUM, 1), "image/jpeg"):
            pass
        assert store.sizes([KEY, storage.preview_key(ALBUM, 1)]) == {KEY: 0, storage.preview_key(ALBUM, 1): 0}
        assert store.read_bytes(KEY) == b""

    @pytest.mark.parametrize("size", [1, 8 * MIB - 1, 8 * MIB, 8 * MIB + 1, 26 * MIB + 12_345])
    def test_a_stream_arrives_whole_whatever_its_size(self, store: Storage, size: int) -> None:
        content = os.urandom(size)
        with store.open_writer(KEY, "application/zip", expected_size=size) as writer:
            position = 0
            for step in (1, 3 * MIB + 7, 12 * MIB, size):
                assert writer.write(content[position : position + step]) == len(content[position : position + step])
                position += step
        assert store.size(KEY) == size
        with store.open_read(KEY) as chunks:
            received = list(chunks)
        assert b"".join(received) == content
        assert max(map(len, received)) <= storage.CHUNK_BYTES

    def test_it_stores_a_file(self, store: Storage, tmp_path: Path) -> None:
        path = tmp_path / "photo.jpg"
        path.write_bytes(os.urandom(9 * MIB))
        store.write_file(KEY, path, "image/jpeg")
        assert store.read_bytes(KEY) == path.read_bytes()
        assert path.exists()

    def test_a_missing_file_is_the_callers_mistake(self, store: Storage, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            store.write_file(KEY, tmp_path / "none.jpg", "image/jpeg")
        assert not store.exists(KEY)

    @pytest.mark.parametrize("size", [10, 20 * MIB])
    def test_an_interrupted_stream_leaves_what_was_there(self, store: Storage, size: int) -> None:
        store.write_bytes(KEY, b"before", "image/jpeg")

        def break_off(writer: StorageWriter) -> None:
            writer.write(os.urandom(size))
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt), store.open_writer(KEY, "image/jpeg") as writer:
            break_off(writer)
        assert store.read_bytes(KEY) == b"before"
        assert store.abort_stale_uploads(ANY_AGE) == 0

    def test_an_interrupted_new_object_does_not_appear(self, store: Storage) -> None:
        def break_off(writer: StorageWriter) -> None:
            writer.write(b"half")
            raise KeyError("interrupted")

        with pytest.raises(KeyError), store.open_writer(KEY, "image/jpeg") as writer:
            break_off(writer)
        assert not store.exists(KEY)
        assert list(store.list_keys(storage.album_prefix(ALBUM))) == []

    def test_a_missing_object_is_named(self, store: Storage) -> None:
        assert store.size(KEY) is None
        assert not store.exists(KEY)
        with pytest.raises(storage.ObjectMissing) as caught:
            store.read_bytes(KEY)
        assert caught.value.key == KEY
        with pytest.raises(storage.ObjectMissing), store.open_read(KEY):
            pytest.fail("opened")
        with pytest.raises(storage.ObjectMissing):
            store.open_object(KEY)

    def test_it_opens_an_object_whole_or_in_part(self, store: Storage) -> None:
        content = os.urandom(MIB + 1)
        store.write_bytes(KEY, content, "video/mp4")
        etags = set()
        for start, end in ((0, len(content)), (MIB - 1, MIB + 1), (7, 8), (5, 5)):
            opened = store.open_object(KEY)
            etags.add(opened.etag)
            assert opened.size == len(content)
            span, received = opened.span(start, end), b""
            while block := span.read(100_000):
                received += block
            span.close()
            assert received == content[start:end]
        store.write_bytes(KEY, content[::-1], "video/mp4")
        replaced = store.open_object(KEY)
        replaced.close()
        assert len(etags) == 1
        assert replaced.etag not in etags

    def test_it_knows_many_sizes(self, store: Storage) -> None:
        keys = [storage.thumbnail_key(ALBUM, number) for number in range(20)]
        for number, key in enumerate(keys[:15]):
            store.write_bytes(key, b"x" * number, "image/jpeg")
        assert store.sizes(keys) == {key: number if number < 15 else None for number, key in enumerate(keys)}
        assert store.sizes([]) == {}

    def test_deleting_a_missing_object_is_no_error(self, store: Storage) -> None:
        store.write_bytes(KEY, b"x", "image/jpeg")
        store.delete([KEY, storage.original_key(ALBUM, 2)])
        store.delete([KEY])
        store.delete([])
        assert not store.exists(KEY)

    def test_it_deletes_only_below_a_prefix(self, store: Storage) -> None:
        doomed = [storage.original_key(1, 1), storage.thumbnail_key(1, 1), storage.export_key(1, 1)]
        kept = [storage.original_key(10, 1), storage.original_key(2, 1)]
        for key in doomed + kept:
            store.write_bytes(key, b"x", "image/jpeg")
        assert sorted(store.list_keys("albums/")) == sorted(doomed + kept)
        assert store.delete_prefix(storage.photo_prefix(1, 1)) == 2
        assert list(store.list_keys(storage.album_prefix(1))) == [storage.export_key(1, 1)]
        assert store.delete_prefix(storage.album_prefix(1)) == 1
        assert store.delete_prefix(storage.album_prefix(1)) == 0
        assert sorted(store.list_keys("albums/")) == sorted(kept)

    def test_a_key_is_a_prefix_of_itself_alone(self, store: Storage) -> None:
        for key in (storage.export_key(1, 1), storage.export_key(1, 10)):
            store.write_bytes(key, b"zip", "application/zip")
        assert store.delete_prefix(storage.export_key(1, 1)) == 1
        assert list(store.list_keys(storage.album_prefix(1))) == [storage.export_key(1, 10)]

    def test_writers_of_the_same_key_do_not_mix(self, store: Storage) -> None:
        contents = [bytes([number]) * (2 * MIB) for number in range(4)]
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda content: store.write_bytes(KEY, content, "image/jpeg"), contents))
        assert store.read_bytes(KEY) in contents

    def test_it_is_ready(self, store: Storage) -> None:
        assert store.check() is None
        assert store.create_if_missing() is False

    def test_parts_sent_in_any_order_become_one_object(self, store: Storage) -> None:
        first, second = os.urandom(5 * MIB), os.urandom(1_000)
        sizes = {1: len(first), 2: len(second)}
        upload = store.multipart.begin(KEY)
        store.multipart.write_part(KEY, upload, 2, os.urandom(1_000))
        store.multipart.write_part(KEY, upload, 2, second)
        assert store.multipart.part_sizes(KEY, upload) == {2: len(second)}
        assert store.multipart.complete(KEY, upload, sizes) is False
        assert not store.exists(KEY)
        store.multipart.write_part(KEY, upload, 1, first)
        assert store.multipart.part_sizes(KEY, upload) == sizes
        assert store.multipart.complete(KEY, upload, {1: len(first), 2: 999}) is False
        assert store.multipart.complete(KEY, upload, sizes) is True
        assert store.read_bytes(KEY) == first + second
        # The sweep may do this when a worker was killed in between.
        store.multipart.abort(KEY, upload)
        assert store.read_bytes(KEY) == first + second

    def test_an_aborted_upload_takes_no_parts(self, store: Storage) -> None:
        kept, aborted = store.multipart.begin(KEY), store.multipart.begin(KEY)
        for upload in (kept, aborted):
            store.multipart.write_part(KEY, upload, 1, b"part")
        store.multipart.abort(KEY, aborted)
        store.multipart.abort(KEY, aborted)
        for use in (
            lambda: store.multipart.part_sizes(KEY, aborted),
            lambda: store.multipart.write_part(KEY, aborted, 1, b"part"),
            lambda: store.multipart.complete(KEY, aborted, {1: 4}),
        ):
            with pytest.raises(storage.MultipartUploadEnded):
                use()
        assert store.abort_stale_uploads(ANY_AGE, keep={kept}) == 0
        assert store.multipart.part_sizes(KEY, kept) == {1: 4}
        assert store.abort_stale_uploads(ANY_AGE) == 1
        with pytest.raises(storage.MultipartUploadEnded):
            store.multipart.part_sizes(KEY, kept)

    @pytest.mark.parametrize("key", ["../secret", "/etc/passwd", "albums/../../x", "", ".incoming/x", "albums/1/"])
    @pytest.mark.parametrize(
        "use",
        [
            lambda store, key: store.read_bytes(key),
            lambda store, key: store.write_bytes(key, b"x", "image/jpeg"),
            lambda store, key: store.open_writer(key, "image/jpeg").__enter__(),
            lambda store, key: store.size(key),
            lambda store, key: store.sizes([key]),
            lambda store, key: store.delete([key]),
            lambda store, key: store.presigned_upload(key, size=1, content_type="a/b", sha256="00" * 32, expires_in=9),
            lambda store, key: store.multipart.begin(key),
            lambda store, key: store.multipart.presigned_part(key, "0" * 32, 1, size=1, expires_in=9),
            lambda store, key: store.multipart.write_part(key, "0" * 32, 1, b"x"),
            lambda store, key: store.multipart.complete(key, "0" * 32, {1: 1}),
            lambda store, key: store.view_link(key, content_type="a/b"),
            lambda store, key: store.download_link(key, file_name="x", content_type="a/b", expires_in=9),
        ],
    )
    def test_it_refuses_keys_that_leave_the_storage(
        self, store: Storage, key: str, use: Callable[[Storage, str], object]
    ) -> None:
        with pytest.raises(storage.InvalidKey):
            use(store, key)

    @pytest.mark.parametrize("prefix", ["", "/", "../", "albums//"])
    def test_it_refuses_prefixes_that_leave_the_storage(self, store: Storage, prefix: str) -> None:
        with pytest.raises(storage.InvalidKey):
            store.delete_prefix(prefix)
        with pytest.raises(storage.InvalidKey):
            list(store.list_keys(prefix))
