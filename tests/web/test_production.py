"""A public service: the settings that it refuses, and the policies for browsers on every response."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from web.accounts.models import User

REPOSITORY = Path(__file__).resolve().parents[2]
KEY = "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9"
PRODUCTION = {
    "DATABASE_URL": "postgres://photoalbum:0f3b2c1d9e8a7b6c@db.internal/photoalbum",
    "REDIS_URL": "redis://:7b6c0f3b2c1d9e8a@redis.internal:6379/0",
    "STORAGE_URL": "s3://photoalbum:1d9e8a7b6c0f3b2c@s3.internal/photos",
    "SECRET_KEY": KEY,
    "PUBLIC_URL": "https://photos.example.org",
    "BEHIND_PROXY": "true",
    "EMAIL_URL": "smtp://user:8a7b6c0f3b2c1d9e@mail.example.org:587?tls=true",
    "EMBEDDING_MODEL": "descriptor",
}

pytestmark = pytest.mark.slow


def _run(tmp_path: Path, arguments: list[str], **changed: str) -> subprocess.CompletedProcess[str]:
    environment = {**PRODUCTION, "DATA_DIR": str(tmp_path / "data"), **changed}
    environment |= {name: os.environ[name] for name in ("PATH", "HOME", "LD_LIBRARY_PATH") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments], cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False
    )


def _start(tmp_path: Path, **changed: str) -> subprocess.CompletedProcess[str]:
    """Start like gunicorn: import the module, without a request."""
    loaded = "sorted({'web.urls', 'cryptography.hazmat'} & set(sys.modules))"
    return _run(tmp_path, ["-c", f"import sys, web.wsgi; print({loaded})"], **changed)


def test_the_check_of_a_deployment_finds_nothing(tmp_path: Path) -> None:
    check = _run(tmp_path, ["manage.py", "check", "--deploy", "--fail-level", "WARNING"])

    assert check.returncode == 0, check.stderr
    assert "no issues" in check.stdout


def test_it_starts_with_its_own_secrets(tmp_path: Path) -> None:
    start = _start(tmp_path)

    assert start.returncode == 0, start.stderr
    assert start.stdout == "['web.urls']\n", "its processes share what all need, and load the rest when they do"


def test_it_reads_secrets_from_files(tmp_path: Path) -> None:
    """Container platforms pass secrets as files; the variables themselves are empty."""
    files: dict[str, str] = {}
    for name in ("SECRET_KEY", "DATABASE_URL", "REDIS_URL", "STORAGE_URL", "EMAIL_URL"):
        (tmp_path / name).write_text(PRODUCTION[name] + "\n")
        files |= {name: "", f"{name}_FILE": str(tmp_path / name)}

    check = _run(tmp_path, ["manage.py", "check", "--deploy", "--fail-level", "WARNING"], **files)

    assert check.returncode == 0, check.stderr
    assert _start(tmp_path, **files).returncode == 0


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SECRET_KEY", "", "SECRET_KEY is not set"),
        ("SECRET_KEY", "a" * 64, "SECRET_KEY can be guessed"),
        ("SECRET_KEY", f"django-insecure-{KEY}", "SECRET_KEY can be guessed"),
        ("DEBUG", "true", "DEBUG=true"),
    ],
)
def test_it_refuses_to_start_with_unsafe_settings(tmp_path: Path, name: str, value: str, said: str) -> None:
    start = _start(tmp_path, **{name: value})

    assert start.returncode != 0
    assert said in start.stderr


def test_it_names_every_address_with_a_well_known_password(tmp_path: Path) -> None:
    start = _start(
        tmp_path,
        DATABASE_URL="postgres://photoalbum:postgres@db.internal/photoalbum",
        REDIS_URL="redis://:changeme@redis.internal/0",
        STORAGE_URL="s3://minioadmin:minioadmin@s3.internal/photos",
    )

    assert start.returncode != 0
    for name in ("DATABASE_URL", "REDIS_URL", "STORAGE_URL"):
        assert f"{name} has a password that is well known" in start.stderr


def test_the_check_of_a_deployment_says_it_too(tmp_path: Path) -> None:
    check = _run(tmp_path, ["manage.py", "check", "--deploy"], SECRET_KEY="changeme", BEHIND_PROXY="")

    assert check.returncode != 0
    assert "SECRET_KEY can be guessed" in check.stderr
    assert "nothing says who encrypts" in check.stderr


def test_on_one_machine_it_starts_without_any_setting(tmp_path: Path) -> None:
    nothing = dict.fromkeys(PRODUCTION, "")

    assert _start(tmp_path, **nothing).returncode == 0
    assert _start(tmp_path, **nothing, DEBUG="true").returncode == 0


def test_it_warns_of_mails_in_the_log_and_of_missing_tls(tmp_path: Path) -> None:
    check = _run(tmp_path, ["manage.py", "check", "--deploy"], EMAIL_URL="", PUBLIC_URL="http://photos.example.org")

    assert "web.W001" in check.stderr
    assert "web.W002" in check.stderr
    assert "security." not in check.stderr  # Django would say it in five ways more


SETTINGS = """
import django; django.setup()
from django.conf import settings
print([settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY,
       settings.SESSION_COOKIE_SAMESITE, settings.CSRF_COOKIE_SAMESITE])
from django.test import Client
for secure in (False, True):
    for path in ("/health/", "/help"):
        how = {"X-Forwarded-Proto": "https" if secure else "http"}
        response = Client(headers={"host": "photos.example.org", **how}).get(path)
        print(path, secure, response.status_code, response.headers.get("Strict-Transport-Security"))
"""


def test_under_tls_cookies_are_secure_and_browsers_must_use_https(tmp_path: Path) -> None:
    """`/help` is a page: 200 if the pages are built, otherwise 503."""
    shown = _run(tmp_path, ["-c", SETTINGS], DJANGO_SETTINGS_MODULE="web.settings", DATABASE_URL="")

    assert shown.returncode == 0, shown.stderr
    flags, *answers = shown.stdout.splitlines()
    assert flags == "[True, True, True, 'Lax', 'Lax']"
    assert answers[0] == "/health/ False 200 None"
    assert answers[1] == "/help False 301 None"
    assert answers[2] == "/health/ True 200 max-age=31536000; includeSubDomains"
    assert answers[3].endswith(" max-age=31536000; includeSubDomains")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["/", "/help", "/admin/", "/admin/login/", "/api/v1/docs/", "/api/v1/problems/", "/api/v1/account/", "/nothing/",
     "/files/guessed", "/health/"],
)  # fmt: skip
def test_every_response_has_policies_for_browsers(path: str, charlie: User) -> None:
    client = Client()
    client.force_login(charlie)

    response = client.get(path)

    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    directives = dict(directive.strip().partition(" ")[::2] for directive in policy.split(";"))
    assert directives.get("script-src", "'self'") == "'self'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert response["X-Frame-Options"] == "DENY"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/login/", "/admin/albums/photo/", "/api/v1/docs/", "/api/v1/problems/"]
)
def test_no_page_has_an_inline_script(path: str, charlie: User, settings: Settings) -> None:
    """The policy would block inline scripts. This test checks that there are none."""
    client = Client()
    if path != "/admin/login/":
        client.force_login(charlie)

    page = client.get(path).content.decode()

    for part in page.split("<script")[1:]:
        opening, _, inside = part.partition(">")
        assert "src=" in opening or 'type="application/json"' in opening, opening
        assert "src=" not in opening or not inside.partition("</script>")[0].strip()
    assert " onclick=" not in page and " onload=" not in page


@pytest.mark.django_db
def test_the_worker_that_hashes_uploads_may_compile_webassembly(client: Client) -> None:
    """A web worker obeys the policy of its script. The browser tests upload with it."""
    response = client.get("/static/admin/js/core.js")
    response.close()
    policy = response["Content-Security-Policy"]

    assert "script-src 'self' 'wasm-unsafe-eval'" in policy
    assert "'unsafe-eval'" not in policy


def test_a_request_has_an_id_which_a_proxy_may_set(client: Client) -> None:
    given = client.get("/health/", headers={"X-Request-ID": "proxy-4711-abc"})
    odd = client.get("/health/", headers={"X-Request-ID": 'x"; drop'})

    assert given["X-Request-ID"] == "proxy-4711-abc"
    assert len(odd["X-Request-ID"]) == 32


@pytest.mark.django_db
def test_it_refuses_changes_from_another_site(alice: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)

    for headers in ({}, {"Origin": "https://evil.example"}):
        response = client.post("/api/v1/albums/", {"name": "x"}, content_type="application/json", headers=headers)
        assert (response.status_code, response.json()["code"]) == (403, "csrf_failed")
    assert client.post("/admin/logout/").status_code == 403
