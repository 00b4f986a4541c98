"""Rules of CONTRIBUTING.md that no linter knows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
MOST_CHARACTERS = 120
MOST_LINES = 400
GENERATED = {"schema.d.ts", "texts.d.ts"}


def _files(folders: str, endings: str) -> Iterator[Path]:
    for folder in folders.split():
        for ending in endings.split():
            yield from (path for path in (REPOSITORY / folder).rglob(f"*.{ending}") if path.name not in GENERATED)


def test_lines_of_documents_fit_beside_each_other() -> None:
    documents = [*REPOSITORY.glob("*.md"), *_files("docs deploy", "md")]
    long = [
        f"{path.relative_to(REPOSITORY)}:{number}"
        for path in documents
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > MOST_CHARACTERS and not line.lstrip().startswith("|")
    ]
    assert len(documents) > 60
    assert long == []


def test_no_file_of_code_is_long() -> None:
    code = [*_files("albums worker web/api web/accounts web/doctor web/embedded benchmarks tests", "py")]
    code += [*(REPOSITORY / "web").glob("*.py"), *_files("web/frontend/src", "ts tsx css")]
    long = [
        str(path.relative_to(REPOSITORY))
        for path in code
        if "migrations" not in path.parts and len(path.read_text(encoding="utf-8").splitlines()) > MOST_LINES
    ]
    assert len(code) > 1000
    assert long == []
