"""A build of the front end that comes while the service runs: its files, and the page that names them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.staticfiles.finders import get_finder
from django.test import Client

from tests.settings import TEMPORARY_DIR
from web import pages


def _build(folder: Path, generation: int) -> None:
    """A build whose page loads one script, in place of the one before."""
    (folder / "static" / "assets").mkdir(parents=True, exist_ok=True)
    (folder / "static" / "assets" / f"index-{generation}.js").write_text(f"generation {generation}")
    (folder / "static" / "manifest.webmanifest").write_text("x" * generation)
    (folder / "index.html").write_text(f"/static/app/assets/index-{generation}.js")


@pytest.fixture
def dist(settings: LazySettings) -> Iterator[Path]:
    """The first build of a front end that is served from its folder, as on a machine without containers."""
    folder = TEMPORARY_DIR / "rebuilt"
    _build(folder, 1)
    settings.FRONTEND_DIST = folder
    settings.STATIC_ROOT = TEMPORARY_DIR / "not-collected"
    settings.STATICFILES_DIRS = [("app", folder / "static")]
    settings.WHITENOISE_USE_FINDERS = True
    get_finder.cache_clear()  # type: ignore[attr-defined]
    pages.forget()
    yield folder
    shutil.rmtree(folder)
    get_finder.cache_clear()  # type: ignore[attr-defined]
    pages.forget()


def _get(client: Client, path: str) -> tuple[int, str]:
    response = client.get(path)
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    response.close()
    return response.status_code, content.decode()


@pytest.mark.filterwarnings("ignore:No directory at")
def test_a_build_is_served_as_soon_as_it_is_there(client: Client, dist: Path) -> None:
    assert _get(client, "/") == (200, "/static/app/assets/index-1.js")
    assert _get(client, "/static/app/assets/index-1.js") == (200, "generation 1")
    assert _get(client, "/static/app/assets/index-2.js")[0] == 404

    _build(dist, 2)

    assert _get(client, "/") == (200, "/static/app/assets/index-2.js")
    assert _get(client, "/static/app/assets/index-2.js") == (200, "generation 2")
    # What a page that is open loads later:
    assert _get(client, "/static/app/assets/index-1.js") == (200, "generation 1")


@pytest.mark.filterwarnings("ignore:No directory at")
def test_a_file_that_keeps_its_name_is_that_of_the_new_build(client: Client, dist: Path) -> None:
    assert _get(client, "/static/app/manifest.webmanifest") == (200, "x")
    _build(dist, 5)
    assert _get(client, "/static/app/manifest.webmanifest") == (200, "xxxxx")


@pytest.mark.filterwarnings("ignore:No directory at")
def test_a_file_that_is_gone_is_not_found(client: Client, dist: Path) -> None:
    path = "/static/app/assets/index-1.js"
    assert _get(client, path)[0] == 200
    (dist / "static" / "assets" / "index-1.js").unlink()
    assert _get(client, path)[0] == 404
    assert _get(client, path)[0] == 404


@pytest.mark.filterwarnings("ignore:No directory at")
@pytest.mark.parametrize(
    "path", ["/static/app/assets", "/static/app/assets/", "/static/app/../index.html", "/static/app/%2e%2e/index.html"]
)
@pytest.mark.usefixtures("dist")
def test_nothing_but_files_of_the_build_is_served(client: Client, path: str) -> None:
    assert _get(client, path)[0] == 404


@pytest.mark.filterwarnings("ignore:No directory at")
@pytest.mark.usefixtures("dist")
def test_only_files_with_a_hash_in_their_name_are_kept_for_ever(client: Client) -> None:
    hashed = client.get("/static/app/assets/index-1.js")
    named = client.get("/static/app/manifest.webmanifest")
    assert "immutable" in hashed["Cache-Control"]
    assert "immutable" not in named["Cache-Control"]
    hashed.close()
    named.close()
