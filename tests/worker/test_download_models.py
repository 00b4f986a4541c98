from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from tests.resnet50_weights import write_weights
from worker.analysis.models import WeightsSource
from worker.management.commands.download_models import Command

CONTENT = b"weights" * 1000


@pytest.fixture
def server() -> Iterator[list[str]]:
    """Answers /weights.h5 with CONTENT and anything else with 404; the paths asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Keep the test output clean."""

        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200 if self.path == "/weights.h5" else 404)
            self.end_headers()
            self.wfile.write(CONTENT)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running, pytest.MonkeyPatch.context() as patch:
        url = f"http://127.0.0.1:{running.server_port}/weights.h5"
        source = WeightsSource(url, len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
        patch.setattr(Command, "source", source)
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield asked
        running.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def installation(settings: Settings, tmp_path: Path) -> Path:
    settings.EMBEDDING_MODEL, settings.RESNET50_WEIGHTS, settings.MODEL_CACHE = "auto", "", tmp_path
    return tmp_path


@pytest.fixture
def offline(server: list[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    source = Command.source
    gone = WeightsSource(source.url.replace("weights.h5", "gone.h5"), source.size, source.sha256)
    monkeypatch.setattr(Command, "source", gone)
    return server


def run(*arguments: str, **options: Any) -> str:
    output = StringIO()
    call_command("download_models", *arguments, stdout=output, stderr=StringIO(), **options)
    return output.getvalue()


def test_it_downloads_the_weights_and_says_where_they_are(server: list[str], installation: Path) -> None:
    assert run() == f"The ResNet50 weights are at {installation / 'weights.h5'}.\n"
    assert (installation / "weights.h5").read_bytes() == CONTENT
    assert run(verbosity=0) == ""
    assert server == ["/weights.h5"]


def test_it_fails_with_the_reason(offline: list[str]) -> None:
    with pytest.raises(CommandError, match=r"could not be downloaded\. .* answered 404"):
        run()


def test_it_explains_the_fallback_when_optional_weights_are_missing(offline: list[str]) -> None:
    said = run("--optional", verbosity=0)
    assert said.count("\n") == 1
    assert "answered 404" in said and "Photos are compared by " in said
    assert "it is tried once a day" in run("--optional")
    assert len(offline) == 1
    run("--optional", "--force")
    assert len(offline) == 2


def test_it_fails_when_resnet50_is_required(offline: list[str], settings: Settings) -> None:
    settings.EMBEDDING_MODEL = "resnet50"
    with pytest.raises(CommandError, match="could not be downloaded"):
        run("--optional")


def test_it_downloads_nothing_for_the_descriptor(server: list[str], settings: Settings) -> None:
    settings.EMBEDDING_MODEL = "descriptor"
    assert run() == "EMBEDDING_MODEL=descriptor needs no download.\n"
    assert server == []


def test_it_takes_the_operators_own_file(server: list[str], settings: Settings, installation: Path) -> None:
    own = installation / "own.h5"
    write_weights(own)
    settings.RESNET50_WEIGHTS = str(own)
    assert run() == f"ResNet50 uses the weights that RESNET50_WEIGHTS names, {own}.\n"
    assert server == []


def test_it_refuses_an_invalid_file_of_the_operator(settings: Settings, installation: Path) -> None:
    settings.RESNET50_WEIGHTS = str(installation / "missing.h5")
    with pytest.raises(CommandError, match=r"RESNET50_WEIGHTS: There is no file of weights at .*missing\.h5\."):
        run("--optional")
