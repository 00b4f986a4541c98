from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from tests.drawing import add_noise, blur, draw_scene, expose, jpeg_bytes

SIZE = (800, 600)


@pytest.fixture(scope="module")
def labelled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two groups with known best photos, a single photo, and a file that is not a photo."""
    folder = tmp_path_factory.mktemp("labelled")
    lines = ["file,group_id,label,kind"]
    for scene in (1, 2):
        shot = draw_scene(scene, SIZE)
        for name, label, kind, image in (
            ("sharp", "best", "blur", shot),
            ("soft", "bad", "blur", blur(shot, 0.004)),
            ("noisy", "worse", "blur", add_noise(shot, 20.0)),
            ("dark", "worse", "blur", expose(shot, -2.0)),
        ):
            (folder / f"{scene}-{name}.jpg").write_bytes(jpeg_bytes(image, quality=92))
            lines.append(f"{scene}-{name}.jpg,scene{scene},{label},{kind}")
    (folder / "alone.jpg").write_bytes(jpeg_bytes(draw_scene(9, SIZE), quality=92))
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff nothing")
    lines += ["alone.jpg,,,", "broken.jpg,,,"]
    (folder / "manifest.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_it_reports_how_well_groups_and_picks_agree(
    labelled_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: Settings
) -> None:
    settings.EMBEDDING_MODEL = "resnet50"  # whose weights are missing, so the option must win
    call_command(
        "evaluate",
        str(labelled_folder),
        "--manifest",
        str(labelled_folder / "manifest.csv"),
        "--json",
        str(tmp_path / "found.json"),
        "--embedding",
        "descriptor",
        "--html",
        str(tmp_path / "sheet.html"),
    )
    found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    assert found["embedding_model"] == "descriptor"
    assert found["grouping"]["photos"] == 9
    assert 0.5 < found["grouping"]["bcubed_f"] <= 1
    default = found["pick"]["default"]["all"]
    assert {**default, "pairwise": 1} == {"groups": 2, "best": 2, "best_or_ok": 2, "pairs": 10, "pairwise": 1}
    assert default["pairwise"] >= 0.6
    assert found["pick"]["chance"]["blur"]["best"] == 0.5
    assert {"heuristic", "laplacian_variance", "sharpness"} < found["pick"].keys()
    assert [photo["file"] for photo in found["failed"]] == ["broken.jpg"]
    printed = capsys.readouterr().out
    assert "Picks, blur: 2 groups" in printed
    assert "broken.jpg" in printed
    page = (tmp_path / "sheet.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "http" not in page.replace("data:image", "")  # it loads nothing from the network


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "There is no folder nowhere"),
        (["{folder}", "--manifest", "{folder}/none.csv"], "cannot be read"),
        (["{folder}", "--json", "{folder}/none/found.json"], "--json: there is no folder"),
        (["{folder}", "--similarity", "7"], "similarity"),
    ],
)
def test_it_refuses_bad_usage(labelled_folder: Path, arguments: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message) as refused:
        call_command("evaluate", *(argument.format(folder=labelled_folder) for argument in arguments))
    assert refused.value.returncode == 2
