"""Archives with random damage: each file is read, or named, or the archive is refused. Nothing else happens."""

from __future__ import annotations

import io
import tarfile
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from albums.sources import Entry, SourceError, entries_until_error
from albums.sources.tar import TarSource
from albums.sources.zip import ZipSource
from tests.source_files import make_tar, make_zip

CONTENT = bytes(range(256)) * 4
DAMAGE = st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 255)), min_size=1, max_size=8)


def _zip_bytes() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        files = {"a/é.jpg": CONTENT, "b.jpg": CONTENT, "c.jpg": b""}
        whole = make_zip(Path(folder) / "a.zip", files)
        with zipfile.ZipFile(whole, "a") as archive:
            info = zipfile.ZipInfo("d.jpg", (2024, 6, 8, 12, 0, 0))
            info.extra = b"\x55\x54\x05\x00\x01\x00\x00\x00\x00\x75\x70\x06\x00\x01\x00\x00\x00\x00x"
            archive.writestr(info, CONTENT)
        return whole.read_bytes()


def _tar_bytes(mode: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        long = tarfile.TarInfo("x" * 200 + ".jpg")
        members = [(tarfile.TarInfo("a/é.jpg"), CONTENT), (long, CONTENT), (tarfile.TarInfo("c.jpg"), b"")]
        return make_tar(Path(folder) / "a.tar", members, mode).read_bytes()


ARCHIVES = {
    "a.zip": (_zip_bytes(), ZipSource),
    "a.tar": (_tar_bytes("w"), TarSource),
    "a.tgz": (_tar_bytes("w:gz"), TarSource),
}


@given(st.sampled_from(sorted(ARCHIVES)), DAMAGE)
def test_damage_is_refused_or_named(name: str, damage: list[tuple[int, int]]) -> None:
    content, kind = ARCHIVES[name]
    damaged = io.BytesIO(content)
    for place, value in damage:
        damaged.seek(place % len(content))
        damaged.write(bytes([value]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(damaged.getvalue())
        with suppress(SourceError):
            for found in entries_until_error(kind(path)):
                if not isinstance(found, Entry):
                    continue
                assert not found.path.startswith("/") and ".." not in found.path.split("/")
                with suppress(OSError), found.read() as chunks:
                    assert sum(len(chunk) for chunk in chunks) <= max(found.size, 0)
