"""What long commands show on the terminal."""

from __future__ import annotations

import pytest

from albums.management.terminal import ProgressBar, counted


@pytest.mark.parametrize(
    ("count", "nouns", "text"),
    [(0, ["photo"], "0 photos"), (1, ["photo"], "1 photo"), (2, ["prefix", "prefixes"], "2 prefixes")],
)
def test_a_number_has_its_noun_in_the_right_form(count: int, nouns: list[str], text: str) -> None:
    assert counted(count, *nouns) == text


def test_progress_is_a_line_for_each_tenth_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with ProgressBar(quiet=False) as bar:
        for done in range(41):
            bar.show("analyze", done, 80)
        bar.show("export", 1, 1)
    lines = capsys.readouterr().err.splitlines()
    assert lines == ["analyze 10%", "analyze 20%", "analyze 30%", "analyze 40%", "analyze 50%", "export 100%"]


def test_nothing_is_shown_of_the_progress_of_a_quiet_command(capsys: pytest.CaptureFixture[str]) -> None:
    with ProgressBar(quiet=True) as bar:
        bar.show("copy", 1, 2)
    assert capsys.readouterr().err == ""
