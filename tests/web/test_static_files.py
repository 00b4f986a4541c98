"""Static files of the built front end: which files are served, and how long browsers may keep them."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.staticfiles.finders import get_finder
from django.test import Client

from tests.settings import TEMPORARY_DIR
from web import pages

SCRIPT = "the script;" * 100

pytestmark = [
    pytest.mark.usefixtures("dist"),
    pytest.mark.filterwarnings("ignore:No directory at"),
    # Closing a response ends a request. Django then checks database connections that earlier tests left open.
    pytest.mark.django_db,
]


@pytest.fixture
def dist(settings: LazySettings) -> Iterator[Path]:
    """A built front end, served from its folder as on a machine without containers."""
    folder = TEMPORARY_DIR / "built"
    (folder / "static" / "assets").mkdir(parents=True)
    (folder / "static" / "assets" / "index-1.js").write_text(SCRIPT)
    (folder / "static" / "assets" / "index-1.js.gz").write_bytes(gzip.compress(SCRIPT.encode()))
    (folder / "static" / "manifest.webmanifest").write_text("{}")
    (folder / "index.html").write_text("/static/app/assets/index-1.js")
    settings.FRONTEND_DIST = folder
    settings.STATIC_ROOT = TEMPORARY_DIR / "not-collected"
    settings.STATICFILES_DIRS = [("app", folder / "static")]
    settings.WHITENOISE_USE_FINDERS = True
    settings.WHITENOISE_AUTOREFRESH = False
    get_finder.cache_clear()  # type: ignore[attr-defined]
    pages.forget()
    yield folder
    shutil.rmtree(folder)
    get_finder.cache_clear()  # type: ignore[attr-defined]
    pages.forget()


def _get(client: Client, path: str) -> tuple[int, str]:
    response = client.get(path)
    content = b"".join(response)
    response.close()
    return response.status_code, content.decode()


def test_it_serves_the_page_and_the_files_it_loads(client: Client) -> None:
    assert _get(client, "/") == (200, "/static/app/assets/index-1.js")
    assert _get(client, "/static/app/assets/index-1.js") == (200, SCRIPT)
    assert _get(client, "/static/app/manifest.webmanifest") == (200, "{}")
    assert _get(client, "/static/app/assets/index-2.js")[0] == 404


@pytest.mark.parametrize(
    "path", ["/static/app/assets", "/static/app/assets/", "/static/app/../index.html", "/static/app/%2e%2e/index.html"]
)
def test_it_serves_only_files_of_the_build(client: Client, path: str) -> None:
    assert _get(client, path)[0] == 404


def test_browsers_keep_only_files_with_a_hash_in_their_name_forever(client: Client) -> None:
    hashed = client.get("/static/app/assets/index-1.js")
    named = client.get("/static/app/manifest.webmanifest")
    assert "immutable" in hashed["Cache-Control"]
    assert named["Cache-Control"] == "max-age=60, public"
    assert "no-cache" in client.get("/")["Cache-Control"]
    hashed.close()
    named.close()


def test_browsers_get_the_copy_that_the_build_compressed(client: Client) -> None:
    response = client.get("/static/app/assets/index-1.js", headers={"Accept-Encoding": "gzip, br"})
    assert response["Content-Encoding"] == "gzip"
    assert response["Vary"] == "Accept-Encoding"
    assert gzip.decompress(b"".join(response.streaming_content)) == SCRIPT.encode()  # type: ignore[attr-defined]
    response.close()
