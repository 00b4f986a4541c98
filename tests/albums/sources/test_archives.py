"""Zips and tars: names, times, and what is wrong with them."""

from __future__ import annotations

import struct
import tarfile
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from albums.sources import Entry, SourceError, Unusable, entries_until_error
from albums.sources.opening import SourceUnknown, open_source
from tests.source_files import contents, entries, make_tar, make_zip, paths, reasons

BYTES = bytes(range(256)) * 10


def test_the_parts_of_a_takeout_are_one_source(tmp_path: Path) -> None:
    folder = "Takeout/Google Photos/Photos from 2020"
    parts = [
        make_zip(tmp_path / "takeout-20240101T000000Z-001.zip", {f"{folder}/a.jpg": BYTES, "Takeout/.DS_Store": b"x"}),
        make_zip(tmp_path / "takeout-20240101T000000Z-002.zip", {f"{folder}/a.jpg.json": b"{}", f"{folder}/": b""}),
    ]
    source = open_source([str(part) for part in parts])
    assert (source.name, source.total) == ("takeout-20240101T000000Z", 2)
    assert contents(source) == {f"{folder}/a.jpg": BYTES, f"{folder}/a.jpg.json": b"{}"}


def test_names_do_not_lead_out_of_a_zip(tmp_path: Path) -> None:
    names = ["../../etc/a.jpg", "/root/b.jpg", "C:\\Users\\c.jpg", "d//./e.jpg", ".."]
    source = open_source([str(make_zip(tmp_path / "slip.zip", dict.fromkeys(names, BYTES)))])
    assert paths(source) == ["etc/a.jpg", "root/b.jpg", "Users/c.jpg", "d/e.jpg", "photo"]


@pytest.mark.parametrize(
    ("raw", "shown"), [("é__".encode("cp437"), "é__"), ("é_".encode(), "é_"), ("日".encode(), "日")]
)
def test_names_without_the_flag_are_utf8_or_of_dos(tmp_path: Path, raw: bytes, shown: str) -> None:
    archive = make_zip(tmp_path / "a.zip", {"XYZ.jpg": BYTES})
    archive.write_bytes(archive.read_bytes().replace(b"XYZ", raw))
    assert paths(open_source([str(archive)])) == [f"{shown}.jpg"]


def test_a_file_without_a_name_gets_one(tmp_path: Path) -> None:
    archive = make_zip(tmp_path / "a.zip", {"a": BYTES}, zipfile.ZIP_STORED)
    archive.write_bytes(archive.read_bytes().replace(b"\x00\x00a", b"\x00\x00\x00"))
    assert contents(open_source([str(archive)])) == {"photo": BYTES}


def test_a_name_in_the_field_for_unicode_counts(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("caf_.jpg", (2024, 6, 8, 12, 0, 0))
    name = "café.jpg".encode()
    info.extra = struct.pack("<HHBL", 0x7075, 5 + len(name), 1, zlib.crc32(b"caf_.jpg")) + name
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, BYTES)
    assert paths(open_source([str(tmp_path / "a.zip")])) == ["café.jpg"]


def test_a_time_with_a_zone_comes_before_that_of_dos(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("a.jpg", (2024, 6, 8, 12, 0, 0))
    info.extra = struct.pack("<HHBl", 0x5455, 5, 1, 1_700_000_000)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, BYTES)
        archive.writestr(zipfile.ZipInfo("none.jpg"), BYTES)
    times = [entry.modified for entry in entries(open_source([str(tmp_path / "a.zip")]))]
    assert times == [datetime.fromtimestamp(1_700_000_000, tz=UTC), None]


def test_what_a_zip_cannot_give_is_named(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.jpg")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "../../etc/passwd")
        archive.writestr("packed.jpg", BYTES, zipfile.ZIP_LZMA)
        archive.writestr("good.jpg", BYTES)
        archive.writestr("locked.jpg", BYTES)
    content = bytearray((tmp_path / "a.zip").read_bytes())
    content[content.rindex(b"locked.jpg") - 46 + 8] |= 1  # the flag in its entry of the directory
    (tmp_path / "a.zip").write_bytes(content)
    source = open_source([str(tmp_path / "a.zip")])
    assert paths(source) == ["good.jpg"]
    assert reasons(source) == {
        "link.jpg": "This is a link in a zip, not a file.",
        "packed.jpg": "The zip packs this file by method 14. Unpack the zip first.",
        "locked.jpg": "The file is encrypted in the zip. Unpack the zip first.",
    }


def test_damage_in_a_zip_is_an_error_of_that_file(tmp_path: Path) -> None:
    archive = make_zip(tmp_path / "a.zip", {"bad.jpg": BYTES, "good.jpg": BYTES}, zipfile.ZIP_STORED)
    content = bytearray(archive.read_bytes())
    content[content.index(BYTES[:50]) + 20] ^= 1
    archive.write_bytes(content)
    bad, good = entries(open_source([str(archive)]))
    with pytest.raises(OSError, match="damaged"), bad.read() as chunks:
        list(chunks)
    with good.read() as chunks:
        assert b"".join(chunks) == BYTES


def test_files_on_top_of_each_other_are_refused(tmp_path: Path) -> None:
    archive = make_zip(tmp_path / "a.zip", {"a.jpg": BYTES, "b.jpg": BYTES}, zipfile.ZIP_STORED)
    content = bytearray(archive.read_bytes())
    at = content.rindex(b"PK\x01\x02") + 20  # the packed size in the entry of b.jpg
    content[at : at + 4] = struct.pack("<L", 10_000)
    archive.write_bytes(content)
    with pytest.raises(SourceError, match="longer than the zip"):
        open_source([str(archive)])


@pytest.mark.parametrize(("name", "mode"), [("a.tar", "w"), ("a.tar.gz", "w:gz"), ("a.tgz", "w:gz")])
def test_a_tar_is_read_in_its_order(tmp_path: Path, name: str, mode: str) -> None:
    members = [
        (tarfile.TarInfo("day 1/ä.jpg"), BYTES),
        (tarfile.TarInfo("../b.jpg"), b"b"),
        (tarfile.TarInfo("._b.jpg"), b""),
    ]
    members[0][0].mtime = 1_700_000_000
    source = open_source([str(make_tar(tmp_path / name, members, mode))])
    assert (source.name, source.total) == ("a", None)
    assert contents(source) == {"day 1/ä.jpg": BYTES, "b.jpg": b"b"}
    assert entries(source)[0].modified == datetime.fromtimestamp(1_700_000_000, tz=UTC)


def test_links_and_devices_in_a_tar_are_named(tmp_path: Path) -> None:
    members = []
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE):
        member = tarfile.TarInfo(f"{kind.decode()}.jpg")
        member.type, member.linkname = kind, "/etc/passwd"
        members.append((member, b""))
    source = open_source([str(make_tar(tmp_path / "a.tar", members))])
    assert paths(source) == []
    assert len(reasons(source)) == 4
    assert reasons(source)["2.jpg"] == "This is a link to /etc/passwd, not a file."


@pytest.mark.parametrize(
    ("cut", "names"),
    [(3072, ["a.jpg"]), (4000, ["a.jpg", "b.jpg"]), (6144, ["a.jpg", "b.jpg"])],
    ids=["between files", "in the bytes of one", "before the end"],
)
def test_a_tar_that_is_cut_gives_what_it_has(tmp_path: Path, cut: int, names: list[str]) -> None:
    members = [(tarfile.TarInfo(name), BYTES) for name in ("a.jpg", "b.jpg")]
    archive = make_tar(tmp_path / "a.tar", members)
    archive.write_bytes(archive.read_bytes()[:cut])
    *before, last = entries_until_error(open_source([str(archive)]))
    assert [entry.path for entry in before if isinstance(entry, Entry)] == names
    assert isinstance(last, Unusable) and "damaged" in last.reason


def test_a_damaged_header_is_not_the_end_of_a_tar(tmp_path: Path) -> None:
    members = [(tarfile.TarInfo(name), BYTES) for name in ("a.jpg", "b.jpg")]
    archive = make_tar(tmp_path / "a.tar", members)
    archive.write_bytes(archive.read_bytes().replace(b"b.jpg", b"c.jpg"))
    *_, last = entries_until_error(open_source([str(archive)]))
    assert isinstance(last, Unusable) and "bad checksum" in last.reason


def test_a_long_header_of_a_tar_is_not_read(tmp_path: Path) -> None:
    member = tarfile.TarInfo("a.jpg")
    member.pax_headers = {"comment": "x" * 2_000_000}
    with pytest.raises(SourceError, match="header is too long"):
        list(open_source([str(make_tar(tmp_path / "a.tar", [(member, BYTES)]))]).entries())


def test_what_is_no_archive_is_unknown(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"a photo")
    for name in ("a.jpg", "nowhere.zip"):
        with pytest.raises(SourceUnknown):
            open_source([str(tmp_path / name)])


def test_a_damaged_part_does_not_stop_the_others(tmp_path: Path) -> None:
    cut = make_zip(tmp_path / "a-001.zip", {"a.jpg": BYTES})
    cut.write_bytes(cut.read_bytes()[:60])
    with pytest.raises(SourceError, match="damaged"):
        open_source([str(cut)])
    tar = make_tar(tmp_path / "a-002.tar", [(tarfile.TarInfo("b.jpg"), BYTES)])
    tar.write_bytes(tar.read_bytes()[:1500])
    source = open_source([str(cut), str(tar), str(make_zip(tmp_path / "a-003.zip", {"c.jpg": BYTES}))])
    assert source.name == "a-001.zip"
    assert paths(source) == ["b.jpg", "c.jpg"]
    assert list(reasons(source)) == [str(cut), "a-002"]
