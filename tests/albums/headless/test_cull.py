"""Sidecars beside a photographer's own files: what is written, what is left alone, and undo."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from albums.headless.cull import JOURNAL, JournalError, NewSidecar, sidecars_undo, sidecars_write

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


@pytest.mark.parametrize("content", [None, "{", "[]", '{"A.xmp": {}}'])
def test_a_journal_that_says_nothing_is_named(card: Path, content: str | None) -> None:
    if content is not None:
        (card / JOURNAL).write_text(content)
    with pytest.raises(JournalError, match=JOURNAL):
        sidecars_undo(card, dry_run=False)
