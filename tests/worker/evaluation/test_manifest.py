from __future__ import annotations

from pathlib import Path

import pytest

from worker.evaluation.manifest import Label, LabelledPhoto, ManifestError, read_manifest


def written(folder: Path, text: str, *files: str) -> Path:
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"any")
    path = folder / "manifest.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_it_reads_groups_labels_and_kinds(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "file,group_id,label,kind\na.jpg,g1,best,blur\nsub/b.jpg,g1,OK,blur\nc.jpg,,,\n",
        "a.jpg",
        "sub/b.jpg",
        "c.jpg",
    )
    assert read_manifest(path, tmp_path) == [
        LabelledPhoto("a.jpg", "g1", Label.BEST, "blur"),
        LabelledPhoto("sub/b.jpg", "g1", Label.OK, "blur"),
        LabelledPhoto("c.jpg", "", Label.NONE, ""),
    ]


def test_labels_and_kinds_are_optional_and_other_columns_ignored(tmp_path: Path) -> None:
    path = written(tmp_path, "\ufeffgroup_id,licence,file\ng1,MIT,a.jpg\n", "a.jpg")
    assert read_manifest(path, tmp_path) == [LabelledPhoto("a.jpg", "g1", Label.NONE, "")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,group_id\na.jpg,g1\n", "no column file"),
        ("file\na.jpg\n", "no column group_id"),
        ("file,group_id\n", "names no photo"),
        ("file,group_id\n,g1\n", "Line 2 .* names no file"),
        (
            "file,group_id,label\na.jpg,g1,great\n",
            "Line 2 .* there is no label 'great'. Use best, ok, worse, bad, ambiguous",
        ),
        ("file,group_id\na.jpg,g1\na.jpg,g2\n", "names a.jpg more than once"),
        ("file,group_id\na.jpg,g1\nmissing.jpg,g1\n", "lacks files that .* names: missing.jpg"),
    ],
)
def test_it_refuses_invalid_rows_and_says_where(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ManifestError, match=message):
        read_manifest(written(tmp_path, text, "a.jpg"), tmp_path)


def test_it_refuses_a_missing_or_binary_manifest(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="cannot be read"):
        read_manifest(tmp_path / "none.csv", tmp_path)
    (tmp_path / "binary.csv").write_bytes(b"file,group_id\n\xff\xfe\n")
    with pytest.raises(ManifestError, match="not a CSV file in UTF-8"):
        read_manifest(tmp_path / "binary.csv", tmp_path)
