"""`manage.py doctor`: each fault gives an error or a warning that says what to do."""

from __future__ import annotations

import smtplib
import threading
import time
from collections.abc import Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import redis
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

from albums import storage
from albums.models import StorageProbe
from albums.storage import FolderStorage, PresignedUpload, StorageRefused
from tests.web.findings import sentences
from web.doctor.addresses import check_encryption, check_public_address
from web.doctor.broker import check_broker
from web.doctor.clocks import clock
from web.doctor.configuration import check_mail, check_settings
from web.doctor.database import check_database
from web.doctor.finding import Level, error, ok, warning
from web.doctor.management.commands import doctor
from web.doctor.photo_storage import check_storage
from web.doctor.workers import check_workers

# --- A server in the place of the service or of the storage -----------------------------------------------------------


_CHECKSUM = "x-amz-checksum-sha256"


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        code, body = self.server.answers.get(self.command, (200, b"{}"))
        if _CHECKSUM in self.headers and not self.server.takes_checksum:
            code = 501
        self.send_response_only(code)
        self.send_header("Date", formatdate(time.time() + self.server.clock_off, usegmt=True))
        if self.command == "OPTIONS" and self.headers["Origin"] == self.server.origin:
            self.send_header("Access-Control-Allow-Origin", self.server.origin)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_PUT = do_OPTIONS = _answer  # noqa: N815 - the names of http.server

    def log_message(self, *_: Any) -> None:
        """Nothing."""


class _Server(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.answers: dict[str, tuple[int, bytes]] = {}
        self.clock_off = 0.0
        self.takes_checksum = True
        self.origin = settings.PUBLIC_URL


@pytest.fixture
def server() -> Iterator[_Server]:
    with _Server() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def bucket(db: None, server: _Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FolderStorage:
    kept = FolderStorage(tmp_path / "objects")
    kept.create_if_missing()

    def presigned(key: str, *, sha256: str | None, **_: Any) -> PresignedUpload:
        headers = {"Content-Type": "image/jpeg"} | ({_CHECKSUM: "..."} if sha256 else {})
        return PresignedUpload(f"{server.address}/{key}", "PUT", headers)

    monkeypatch.setattr(kept, "presigned_upload", presigned)
    monkeypatch.setattr(kept, "download_link", lambda key, **_: f"{server.address}/{key}")
    monkeypatch.setattr(storage, "get_storage", lambda: kept)
    monkeypatch.setattr("web.doctor.photo_storage.FolderStorage", type(None))
    return kept


# --- Storage ----------------------------------------------------------------------------------------------------------


def test_a_bucket_that_works(bucket: FolderStorage) -> None:
    found = list(check_storage())
    assert {each.level for each in found} == {Level.OK}
    assert {each.part for each in found} == {"storage", "uploads", "clocks"}
    assert list(bucket.list_keys("albums/")) == []


def test_a_bucket_that_is_not_there(bucket: FolderStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bucket, "check", lambda: "The bucket does not exist.")
    assert "The bucket does not exist. Correct STORAGE_URL" in sentences(check_storage())


@pytest.mark.parametrize("method", ["write_bytes", "read_bytes", "list_keys", "abort_stale_uploads", "delete"])
def test_a_key_without_a_right(bucket: FolderStorage, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    def refuse(*_: Any) -> None:
        raise StorageRefused("AccessDenied.")

    monkeypatch.setattr(bucket, method, refuse)
    assert "AccessDenied. Give the access key this right." in sentences(check_storage())


def test_a_key_that_may_not_list_parts(bucket: FolderStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = StorageRefused("AccessDenied.")
    monkeypatch.setattr(bucket.multipart, "part_sizes", mock.Mock(side_effect=refused))
    aborted = mock.Mock()
    monkeypatch.setattr(bucket.multipart, "abort", aborted)
    assert "We cannot upload files in parts to it: AccessDenied." in sentences(check_storage())
    aborted.assert_called_once()


def test_a_bucket_that_refuses_checksums(bucket: FolderStorage, server: _Server) -> None:
    server.takes_checksum = False
    assert "501. Run `manage.py initialize`, which finds out whether" in sentences(check_storage())
    StorageProbe.objects.create(place=bucket.place, takes_checksum=False)
    assert sentences(check_storage()) == ""


@pytest.mark.parametrize("method", ["PUT", "GET"])
def test_a_public_address_that_refuses(bucket: FolderStorage, server: _Server, method: str) -> None:
    server.answers[method] = (403, b"<Error><Code>SignatureDoesNotMatch</Code></Error>")
    assert "403 SignatureDoesNotMatch. Check `public`" in sentences(check_storage())
    assert list(bucket.list_keys("albums/")) == []


@pytest.mark.usefixtures("bucket")
def test_a_public_address_that_nobody_answers(server: _Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.shutdown()
    server.server_close()
    # A container may not reach its host's own address, which browsers do.
    assert "Try an upload in a browser" in sentences(check_storage(), Level.WARNING)
    monkeypatch.setattr("web.doctor.photo_storage.urlsplit", lambda _url: _Elsewhere())
    assert "Correct `public` in STORAGE_URL" in sentences(check_storage())


class _Elsewhere:
    scheme, netloc, hostname = "https", "photos.example.org", "photos.example.org"


@pytest.mark.usefixtures("bucket")
def test_a_bucket_without_the_rule_for_our_pages(server: _Server) -> None:
    server.origin = "https://another.example.org"
    assert "it has no CORS rule for them. Run `manage.py initialize`" in sentences(check_storage())


@pytest.mark.usefixtures("bucket")
def test_a_storage_whose_clock_is_wrong(server: _Server) -> None:
    server.clock_off = -3600
    said = sentences(check_storage())
    assert "That of the storage is 3" in said
    assert "s behind this machine's. Set both by NTP." in said


@pytest.mark.parametrize(
    ("free", "level"), [(5 * 10**8, Level.ERROR), (10**10, Level.WARNING), (10**11, Level.OK)], ids=str
)
def test_a_folder_on_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, level: Level) -> None:
    kept = FolderStorage(tmp_path)
    monkeypatch.setattr(kept, "free_bytes", lambda: free)
    monkeypatch.setattr(storage, "get_storage", lambda: kept)
    [found] = [each for each in check_storage() if each.part == "disk"]
    assert found.level == level
    assert f"has {f'{free / 10**9:g}'} GB left" in found.sentence


# --- Database, broker and clocks --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_database_that_works() -> None:
    assert {each.level for each in check_database()} == {Level.OK}


def test_a_database_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong DATA_DIR. To connect would make an empty database, and `initialize` a second installation."""
    file = tmp_path / "photoalbum.sqlite3"
    monkeypatch.setattr(connection, "vendor", "sqlite")
    monkeypatch.setitem(connection.settings_dict, "NAME", str(file))
    assert f"There is no {file}. Correct DATA_DIR" in sentences(check_database())
    assert sentences(check_workers()) == ""


@pytest.mark.parametrize(
    ("problem", "remedy"),
    [
        ("FATAL:  unsupported startup parameter: options", "That is PgBouncer. If it pools transactions"),
        ("Connection refused", "Start it, or correct DATABASE_URL."),
    ],
)
def test_a_database_that_refuses(monkeypatch: pytest.MonkeyPatch, problem: str, remedy: str) -> None:
    monkeypatch.setattr(connection, "cursor", mock.Mock(side_effect=OperationalError(problem)))
    assert f"It does not answer: {problem} {remedy}" in sentences(check_database())


@pytest.mark.django_db
def test_a_database_of_another_version() -> None:
    rows = MigrationRecorder.Migration.objects
    rows.create(app="albums", name="9999_later")
    assert "albums.9999_later" in sentences(check_database(), Level.WARNING)
    last = max(row.name for row in rows.filter(app="albums") if not row.name.startswith("9999"))
    rows.filter(app="albums", name=last).delete()
    assert f"1 are not applied, the last of them albums.{last}" in sentences(check_database())


@pytest.mark.parametrize(("off", "level"), [(-61, Level.ERROR), (0, Level.OK), (59, Level.OK), (61, Level.ERROR)])
def test_clocks_may_differ_by_a_minute(off: float, level: Level) -> None:
    assert clock("database", 1000 + off, 1000).level == level


def test_a_broker_that_is_away(settings: Settings, tmp_path: Path) -> None:
    settings.REDIS_URL, settings.DATA_DIR = "", tmp_path
    assert "Start it with `make run`, or set REDIS_URL." in sentences(check_broker())
    settings.REDIS_URL = settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    assert "It does not answer" in sentences(check_broker())


@pytest.mark.parametrize(("policy", "said"), [("noeviction", ""), ("allkeys-lru", "it drops messages")])
def test_a_broker_that_drops_messages(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, policy: str, said: str
) -> None:
    settings.REDIS_URL = settings.CELERY_BROKER_URL
    monkeypatch.setattr(redis.Redis, "ping", lambda _self: True)
    monkeypatch.setattr(redis.Redis, "info", lambda _self, _section: {"maxmemory_policy": policy})
    shown = sentences(check_broker(), Level.WARNING)
    assert said in shown
    assert bool(said) == bool(shown)


# --- Addresses, settings and mail -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "body", "said"),
    [(200, b'{"status": "ok"}', ""), (200, b"Welcome", "Something else answers"), (400, b"", "answers 400"),
     (503, b"", "answers 503")],
)  # fmt: skip
def test_what_answers_at_the_public_address(
    settings: Settings, server: _Server, code: int, body: bytes, said: str
) -> None:
    settings.PUBLIC_URL = server.address
    server.answers["GET"] = (code, body)
    shown = sentences(check_public_address())
    assert said in shown
    assert bool(said) == bool(shown)


def test_nobody_answers_at_the_public_address(settings: Settings) -> None:
    settings.PUBLIC_URL = "http://localhost:1"
    assert "Start the service, or correct PORT and PUBLIC_URL." in sentences(check_public_address(), Level.WARNING)
    settings.PUBLIC_URL = "https://photos.invalid"
    assert "Correct PUBLIC_URL" in sentences(check_public_address())


def test_a_public_address_without_a_valid_certificate(settings: Settings, server: _Server) -> None:
    settings.PUBLIC_URL = f"https://127.0.0.1:{server.server_port}"
    assert f"{settings.PUBLIC_URL} (PUBLIC_URL) is refused: " in sentences(check_encryption())
    assert list(check_public_address()) == []


def test_services_elsewhere_without_encryption(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://u:p@8.8.8.8/photos")
    settings.REDIS_URL, settings.STORAGE_URL = "redis://10.0.0.5:6379/0", "s3://a:b@8.8.4.4/photos?scheme=http"
    shown = sentences(check_encryption(), Level.WARNING)
    assert "DATABASE_URL goes to 8.8.8.8 without TLS. Use sslmode=verify-full." in shown
    assert "STORAGE_URL goes to 8.8.4.4 without TLS. Use scheme=https." in shown
    assert "REDIS_URL" not in shown  # a private network
    monkeypatch.setenv("DATABASE_URL", "postgres://u:p@10.0.0.6:5432,8.8.8.8:5432,[2001:4860:4860::8888]/photos")
    shown = sentences(check_encryption(), Level.WARNING)
    assert "DATABASE_URL goes to 8.8.8.8 without TLS." in shown
    assert "DATABASE_URL goes to 2001:4860:4860::8888 without TLS." in shown
    monkeypatch.setenv("DATABASE_URL", "postgres://u:p@8.8.8.8/photos?sslmode=verify-full")
    assert "DATABASE_URL" not in sentences(check_encryption(), Level.WARNING)


def test_secrets_that_everybody_knows(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PUBLIC_URL = "https://photos.example.org"
    monkeypatch.setenv("SECRET_KEY", "changeme")
    assert "SECRET_KEY can be guessed." in sentences(check_settings())


def test_a_mail_server_that_refuses(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert "The mail server 127.0.0.1:1 refuses or does not answer" in sentences(check_mail())

    def refuse(_self: object) -> None:
        raise smtplib.SMTPAuthenticationError(535, b"No.")

    monkeypatch.setattr("django.core.mail.backends.smtp.EmailBackend.open", refuse)
    assert "Correct EMAIL_URL." in sentences(check_mail())


# --- The command ------------------------------------------------------------------------------------------------------


def test_the_exit_status_says_whether_something_needs_to_be_mended(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = [ok("disk", "Fine."), warning("mail", "Odd.", "Look.")]
    monkeypatch.setattr(doctor, "_CHECKS", [lambda: iter(found)])
    call_command("doctor")
    shown = capsys.readouterr().out
    assert shown.splitlines() == [
        "ok       disk: Fine.",
        "warning  mail: Odd.",
        "         → Look.",
        "Nothing needs to be mended.",
    ]
    found.append(error("broker", "Away.", "Start it."))
    with pytest.raises(CommandError, match="1 thing needs to be mended"):
        call_command("doctor")
