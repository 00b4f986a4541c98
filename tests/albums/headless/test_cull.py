"""Sidecars beside a photographer's own files: what is written, what is left alone, and undo."""

from __future__ import annotations

import base64
import errno
import hashlib
import json
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO

import pytest

from albums.headless import cull
from albums.headless.cull import JOURNAL, JournalError, NewSidecar, sidecars_undo, sidecars_write
from albums.headless.output import atomic_file

OLD, NEW, NEWER = b"<old/>", b"<new/>", b"<newer/>"


@pytest.fixture
def card(tmp_path: Path) -> Path:
    (tmp_path / "day 1").mkdir()
    for name in ("A.NEF", "B.NEF", "day 1/C.JPG"):
        (tmp_path / name).write_bytes(b"photo")
    (tmp_path / "B.xmp").write_bytes(OLD)
    return tmp_path


def sidecars(content: bytes, before: bytes = OLD) -> list[NewSidecar]:
    return [
        NewSidecar("A.xmp", content, "A.NEF"),
        NewSidecar("B.xmp", content, "B.xmp", sha256_of(before)),
        NewSidecar("day 1/C.xmp", content, "day 1/C.JPG"),
    ]


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_sidecars_are_written_and_taken_back(card: Path) -> None:
    before = files_of(card)
    culled = sidecars_write(card, sidecars(NEW), dry_run=False)
    assert (culled.written, culled.left) == (["A.xmp", "B.xmp", "day 1/C.xmp"], {})
    assert {name: data for name, data in files_of(card).items() if name.endswith(".xmp")} == dict.fromkeys(
        culled.written, NEW
    )
    assert sidecars_write(card, sidecars(NEW), dry_run=False).unchanged == culled.written

    assert sidecars_undo(card, dry_run=False).written == culled.written
    assert files_of(card) == before


def test_a_dry_run_says_the_same_and_writes_nothing(card: Path) -> None:
    before = files_of(card)
    assert len(sidecars_write(card, sidecars(NEW), dry_run=True).written) == 3
    assert files_of(card) == before
    sidecars_write(card, sidecars(NEW), dry_run=False)
    culled = files_of(card)
    assert len(sidecars_undo(card, dry_run=True).written) == 3
    assert files_of(card) == culled


def test_after_two_runs_an_undo_goes_back_to_before_the_first(card: Path) -> None:
    before = files_of(card)
    sidecars_write(card, sidecars(NEW), dry_run=False)
    second = [NewSidecar(new.path, NEWER, new.beside, sha256_of(NEW)) for new in sidecars(NEW)]
    assert len(sidecars_write(card, second, dry_run=False).written) == 3
    sidecars_undo(card, dry_run=False)
    assert files_of(card) == before


def test_a_sidecar_that_was_not_used_is_left_alone(card: Path) -> None:
    (card / "A.xmp").write_bytes(b"of somebody else")
    (card / "B.xmp").write_bytes(b"changed since it was read")
    (card / "day 1" / "C.JPG").unlink()
    culled = sidecars_write(card, sidecars(NEW), dry_run=False)
    assert (culled.written, sorted(culled.left)) == ([], ["A.xmp", "B.xmp", "day 1/C.xmp"])
    assert not (card / JOURNAL).exists()


def test_an_undo_leaves_what_was_changed_since_and_can_be_repeated(card: Path) -> None:
    sidecars_write(card, sidecars(NEW), dry_run=False)
    (card / "B.xmp").write_bytes(b"edited in Lightroom")
    culled = sidecars_undo(card, dry_run=False)
    assert (culled.written, list(culled.left)) == (["A.xmp", "day 1/C.xmp"], ["B.xmp"])
    (card / "B.xmp").write_bytes(NEW)
    assert sidecars_undo(card, dry_run=False).written == ["B.xmp"]
    assert (card / "B.xmp").read_bytes() == OLD


def test_an_interrupted_second_run_can_be_undone(card: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files_of(card)
    sidecars_write(card, sidecars(NEW), dry_run=False)
    second = [NewSidecar(new.path, NEWER, new.beside, sha256_of(NEW)) for new in sidecars(NEW)]
    with monkeypatch.context() as interrupted:
        interrupted.setattr(cull, "atomic_file", written_until("day 1"))
        with pytest.raises(KeyboardInterrupt):
            sidecars_write(card, second, dry_run=False)
    assert (card / "A.xmp").read_bytes() == NEWER
    assert (card / "day 1" / "C.xmp").read_bytes() == NEW
    assert len(sidecars_undo(card, dry_run=True).written) == 3
    sidecars_write(card, [NewSidecar("day 1/C.xmp", NEWER, "day 1/C.JPG", sha256_of(NEW))], dry_run=False)
    sidecars_undo(card, dry_run=False)
    assert files_of(card) == before


def written_until(folder: str) -> Callable[[Path], AbstractContextManager[BinaryIO]]:
    """`atomic_file`, interrupted at the first file of this folder."""

    def write(path: Path) -> AbstractContextManager[BinaryIO]:
        if path.parent.name == folder:
            raise KeyboardInterrupt
        return atomic_file(path)

    return write


def test_what_is_in_the_way_is_named_and_left(card: Path) -> None:
    (card / "A.xmp").mkdir()
    (card / "B.xmp").rename(card / "elsewhere")
    (card / "B.xmp").symlink_to("elsewhere")
    (card / "day 1" / "c.XMP").write_bytes(OLD)
    culled = sidecars_write(card, sidecars(NEW), dry_run=False)
    assert (culled.written, list(culled.left)) == ([], ["A.xmp", "B.xmp", "day 1/C.xmp"])
    assert "link" in culled.left["B.xmp"]
    assert "c.XMP" in culled.left["day 1/C.xmp"]


def test_two_photos_do_not_fight_for_one_sidecar(card: Path) -> None:
    both = [NewSidecar("A.xmp", NEW, "A.NEF"), NewSidecar("A.xmp", NEWER, "B.NEF")]
    culled = sidecars_write(card, both, dry_run=False)
    assert (culled.written, list(culled.left)) == (["A.xmp"], ["A.xmp"])
    assert (card / "A.xmp").read_bytes() == NEW


def test_a_disk_that_takes_nothing_is_named_and_the_journal_stays(card: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> AbstractContextManager[BinaryIO]:
        raise PermissionError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    with monkeypatch.context() as read_only:
        read_only.setattr(cull, "atomic_file", refuse)
        with pytest.raises(JournalError, match=os.strerror(errno.EROFS)):
            sidecars_write(card, sidecars(NEW), dry_run=False)
    sidecars_write(card, sidecars(NEW), dry_run=False)
    with monkeypatch.context() as read_only:
        read_only.setattr(cull, "atomic_file", refuse)
        read_only.setattr(Path, "unlink", refuse)
        culled = sidecars_undo(card, dry_run=False)
    assert (culled.written, len(culled.left)) == ([], 3)
    assert len(sidecars_undo(card, dry_run=False).written) == 3


@pytest.mark.parametrize("path", ["../B.xmp", "/{card}/B.xmp", "day 1/../../B.xmp", "B.NEF"])
def test_a_journal_of_somebody_else_writes_nothing_but_sidecars_of_its_folder(card: Path, path: str) -> None:
    inner = card / "day 1"
    note = {"before": base64.b64encode(b"hostile").decode(), "written": [sha256_of(OLD), sha256_of(b"photo")]}
    (inner / "B.NEF").write_bytes(b"photo")
    (inner / JOURNAL).write_text(json.dumps({path.format(card=card): note}))
    before = files_of(card)
    with pytest.raises(JournalError, match="no sidecar of this folder"):
        sidecars_undo(inner, dry_run=False)
    assert files_of(card) == before


@pytest.mark.parametrize(
    "content",
    [
        None,
        "{",
        "[]",
        '{"A.xmp": {}}',
        '{"A.xmp": {"before": 1, "written": []}}',
        '{"A.xmp": {"before": "ä", "written": []}}',
    ],
)
def test_a_journal_that_says_nothing_is_named(card: Path, content: str | None) -> None:
    if content is not None:
        (card / JOURNAL).write_text(content)
    with pytest.raises(JournalError, match=JOURNAL):
        sidecars_undo(card, dry_run=False)
