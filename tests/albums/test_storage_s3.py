"""The parts of the S3 storage that need no server. `tests/integration/test_storage_s3.py` uses a real one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from io import BytesIO
from socket import SHUT_WR, socketpair
from unittest import mock
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import botocore.exceptions
import pytest
from botocore.auth import SIGV4_TIMESTAMP, S3SigV4Auth, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import ReadOnlyCredentials
from botocore.exceptions import ClientError
from botocore.response import StreamingBody
from hypothesis import given
from hypothesis import strategies as st

from albums import storage
from albums.storage import Storage
from albums.storage.s3 import S3Storage
from albums.storage.s3_errors import translated_errors
from albums.storage.s3_links import presigned_url
from albums.storage.s3_requests import signed_headers
from albums.storage.s3_streams import MAX_PARTS, MIN_PART_BYTES, base_part_bytes, part_bytes

KEY = storage.original_key(1, 2)
GIB = 1024**3


@contextmanager
def opened(url: str) -> Iterator[Storage]:
    store = storage.open_storage(url)
    try:
        yield store
    finally:
        store.close()


def test_it_signs_the_example_of_amazons_documentation() -> None:
    # https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
    url = presigned_url(
        "GET",
        "https://examplebucket.s3.amazonaws.com/test.txt",
        credentials=ReadOnlyCredentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", None),
        region="us-east-1",
        signed_at=datetime(2013, 5, 24, tzinfo=UTC).timestamp(),
        expires_in=86_400,
    )
    assert parse_qs(urlsplit(url).query) == {
        "X-Amz-Algorithm": ["AWS4-HMAC-SHA256"],
        "X-Amz-Credential": ["AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request"],
        "X-Amz-Date": ["20130524T000000Z"],
        "X-Amz-Expires": ["86400"],
        "X-Amz-SignedHeaders": ["host"],
        "X-Amz-Signature": ["aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"],
    }


class DatedQueryAuth(S3SigV4QueryAuth):
    """botocore's own signature, for a given time."""

    signed_at: float

    def _modify_request_before_signing(self, request: AWSRequest) -> None:
        request.context["timestamp"] = datetime.fromtimestamp(self.signed_at, UTC).strftime(SIGV4_TIMESTAMP)
        super()._modify_request_before_signing(request)  # type: ignore[misc]  # missing in the stubs


TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FFF), max_size=20)
NAMES = st.from_regex(r"[a-z]{1,6}(-[a-z]{1,6})?", fullmatch=True)


@given(
    method=st.sampled_from(["GET", "PUT"]),
    bucket=st.sampled_from(
        [
            "http://127.0.0.1:8080/photos/",
            "https://Photos.example.org:443/",
            "http://host:80/b/",
            "https://host:80/b/",
            "http://[::1]:8080/b/",
            "https://s3.eu-central-1.amazonaws.com/dotted.name/",
        ]
    ),
    credentials=st.builds(ReadOnlyCredentials, st.just("KEY:name"), TEXT.filter(bool), st.none() | TEXT.filter(bool)),
    signed_at=st.floats(0, 4e9),
    query=st.dictionaries(NAMES, TEXT.filter(bool), max_size=3),
    headers=st.dictionaries(NAMES, st.from_regex(r"[!-~]{1,5}( {1,3}[!-~]{1,5})?", fullmatch=True), max_size=3),
)
def test_its_signatures_equal_those_of_botocore(
    method: str,
    bucket: str,
    credentials: ReadOnlyCredentials,
    signed_at: float,
    query: dict[str, str],
    headers: dict[str, str],
) -> None:
    url = presigned_url(
        method,
        bucket + KEY,
        credentials=credentials,
        region="eu-central-1",
        signed_at=signed_at,
        expires_in=600,
        query=query,
        headers=headers,
    )
    address = f"{bucket}{KEY}?{urlencode(query, quote_via=quote)}" if query else bucket + KEY
    request = AWSRequest(method=method, url=address, headers=dict(headers))
    auth = DatedQueryAuth(credentials, "s3", "eu-central-1", expires=600)
    auth.signed_at = signed_at
    auth.add_auth(request)
    assert parse_qs(urlsplit(url).query) == parse_qs(urlsplit(str(request.url)).query)
    assert urlsplit(url)[:3] == urlsplit(str(request.url))[:3]


@pytest.mark.parametrize("token", [None, "session token"])
@pytest.mark.parametrize(
    ("method", "headers", "body"),
    [("GET", {}, b""), ("HEAD", {}, b""), ("PUT", {"Content-Type": "image/jpeg"}, b"pixels")],
)
def test_the_signatures_of_its_small_requests_equal_those_of_botocore(
    method: str, headers: dict[str, str], body: bytes, token: str | None
) -> None:
    credentials = ReadOnlyCredentials("KEY:name", "secret", token)
    url, now = f"http://127.0.0.1:8080/photos/{KEY}", datetime(2026, 11, 27, 4, 30, tzinfo=UTC)
    signed = signed_headers(
        method, url, headers, body, credentials=credentials, region="eu-central-1", now=now.timestamp()
    )
    request = AWSRequest(method=method, url=url, headers=headers, data=body)
    with mock.patch("botocore.auth.get_current_datetime", return_value=now):
        S3SigV4Auth(credentials, "s3", "eu-central-1").add_auth(request)
    assert signed == dict(request.headers)


@pytest.fixture(scope="module")
def bucket() -> Iterator[Storage]:
    with opened("s3://K:S@127.0.0.1:1/photos?scheme=http") as store:
        yield store


HEAD = b"HTTP/1.1 200 OK\r\nETag: x\r\n"


@contextmanager
def answering(store: Storage, *answers: bytes) -> Iterator[tuple[mock.Mock, mock.Mock]]:
    """Each connection to the storage gets one of these answers. Gives the connections, and what botocore is asked."""
    with ExitStack() as stack:
        connections = []
        for answer in answers:
            ours, server = (stack.enter_context(end) for end in socketpair())
            server.sendall(answer)
            server.shutdown(SHUT_WR)
            connections.append(mock.Mock(sock=ours, is_closed=False))
        client = mock.Mock()
        client.put_object.return_value = {}
        client.head_object.return_value = {"ContentLength": 9}
        body = StreamingBody(BytesIO(b"by botocore"), 11)
        client.get_object.return_value = {"ContentLength": 11, "ETag": "e", "Body": body}
        client.meta.region_name = "us-east-1"
        pool = mock.Mock(**{"_get_conn.side_effect": connections})
        with mock.patch.multiple(store, _client=client, _connections=pool):
            yield pool, client


@pytest.mark.parametrize(
    "answer",
    [
        *(b"HTTP/1.1 %d No\r\nContent-Length: 1\r\n\ny" % status for status in (206, 301, 403, 404, 500, 503)),
        b"HTTP/1.1 100 Continue\r\n\r\n" + HEAD + b"Content-Length: 1\r\n\r\ny",
        b"",
        b"no HTTP at all",
        HEAD,
        HEAD + b"Content-Length: one\r\n\r\ny",
    ],
)
def test_botocore_repeats_a_small_request_that_was_not_a_success(bucket: Storage, answer: bytes) -> None:
    with answering(bucket, *3 * [answer]) as (pool, client):
        bucket.write_bytes(KEY, b"x", "image/jpeg")
        assert bucket.read_bytes(KEY) == b"by botocore"
        assert bucket.size(KEY) == 9
    assert [client.put_object.call_count, client.get_object.call_count, client.head_object.call_count] == [1, 1, 1]
    assert all(call.args[0].close.called for call in pool._put_conn.call_args_list)


@pytest.mark.parametrize("head", [b"Content-Length: 5", b"Transfer-Encoding: chunked", b"Server: no length"])
def test_botocore_reads_an_object_that_may_have_come_only_in_part(bucket: Storage, head: bytes) -> None:
    with answering(bucket, HEAD + head + b"\r\n\r\nwho") as (pool, _):
        assert bucket.read_bytes(KEY) == b"by botocore"
    assert pool._put_conn.call_args.args[0].close.called


def test_the_status_alone_says_that_an_object_is_stored(bucket: Storage) -> None:
    chunked = HEAD + b"transfer-encoding: chunked\r\n\r\n0\r\n\r\n"
    with answering(bucket, chunked) as (pool, client):
        bucket.write_bytes(KEY, b"x", "image/jpeg")
    assert client.put_object.call_count == 0
    assert pool._put_conn.call_args.args[0].close.called  # where that answer ends, nobody knows


@pytest.mark.parametrize(
    ("head", "closes"),
    [
        (HEAD, False),
        (b"HTTP/1.1 200\r\n", False),
        (HEAD + b"Connection: Close\r\n", True),
        (b"HTTP/1.0 200 OK\r\n", True),
    ],
)
def test_a_small_request_leaves_the_connection_to_the_next(bucket: Storage, head: bytes, closes: bool) -> None:
    success = head + b"content-length:  4\r\n\r\n"
    with answering(bucket, success + b"data", success) as (pool, client):
        assert bucket.read_bytes(KEY) == b"data"
        assert bucket.size(KEY) == 4
    assert client.get_object.call_count == client.head_object.call_count == 0
    assert [call.args[0].close.called for call in pool._put_conn.call_args_list] == [closes, closes]


@pytest.mark.parametrize("proxy", ["", "http://127.0.0.1:2"])
def test_botocore_sends_all_requests_that_go_through_a_proxy(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("http_proxy", proxy)
    with opened("s3://K:S@192.0.2.1:1/photos?scheme=http") as store:
        assert isinstance(store, S3Storage)
        assert (store._connections is None) == bool(proxy)


@pytest.mark.parametrize(
    ("url", "beginning"),
    [
        ("s3://K:S@127.0.0.1:8080/photos?scheme=http", "http://127.0.0.1:8080/photos/albums/"),
        ("s3://K:S@s3.example.org/photos?addressing=virtual", "https://photos.s3.example.org/albums/"),
        (
            "s3://K:S@10.0.0.1:80/photos?scheme=http&public=https://photos.example.org",
            "https://photos.example.org/photos/albums/",
        ),
        ("s3://K:S@/photos?region=eu-central-1", "https://photos.s3.eu-central-1.amazonaws.com/albums/"),
        ("s3://K:S@/dotted.name?region=eu-central-1", "https://s3.eu-central-1.amazonaws.com/dotted.name/albums/"),
    ],
)
def test_links_use_the_address_for_browsers(url: str, beginning: str) -> None:
    with opened(url) as store:
        assert store.view_link(KEY, content_type="image/jpeg").startswith(beginning)
        presigned = store.presigned_upload(KEY, size=1, content_type="image/jpeg", sha256="00" * 32, expires_in=60)
        assert presigned.url.startswith(beginning)


def test_a_view_link_is_the_same_all_day() -> None:
    with opened("s3://K:S@127.0.0.1:1/photos?scheme=http") as store, mock.patch("albums.storage.s3.time.time") as now:
        now.return_value = 1_800_000_000.0
        first = store.view_link(KEY, content_type="image/jpeg")
        links = set()
        for minute in range(0, 24 * 60, 10):
            now.return_value = 1_800_000_000.0 + 60 * minute
            link = store.view_link(KEY, content_type="image/jpeg")
            links.add(link)
            query = parse_qs(urlsplit(link).query)
            signed_at = datetime.strptime(query["X-Amz-Date"][0], "%Y%m%dT%H%M%S%z").timestamp()
            left = signed_at + int(query["X-Amz-Expires"][0]) - now.return_value
            assert left >= 12 * 3600
        assert first in links
        assert len(links) == 2  # one change in 24 hours


def test_a_presigned_upload_fixes_size_type_and_content() -> None:
    with opened("s3://K:S@127.0.0.1:1/photos?scheme=http") as store:
        presigned = store.presigned_upload(KEY, size=5, content_type="image/jpeg", sha256="00" * 32, expires_in=60)
    query = parse_qs(urlsplit(presigned.url).query)
    assert query["X-Amz-SignedHeaders"] == ["content-length;content-type;host;x-amz-checksum-sha256"]
    assert query["X-Amz-Expires"] == ["60"]
    assert presigned.headers == {
        "Content-Type": "image/jpeg",
        "x-amz-checksum-sha256": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    }


def test_nothing_secret_is_in_a_link() -> None:
    with opened("s3://KEY:TOPSECRET@127.0.0.1:1/photos?scheme=http") as store:
        assert "TOPSECRET" not in store.view_link(KEY, content_type="image/jpeg")


def test_a_server_that_is_down_can_be_retried() -> None:
    with opened("s3://KEY:TOPSECRET@127.0.0.1:1/photos?scheme=http") as store:
        with pytest.raises(
            storage.StorageUnavailable, match=r"bucket 'photos' at http://127.0.0.1:1 does not answer"
        ) as caught:
            store.read_bytes(KEY)
        assert "does not answer" in (store.check() or "")
        assert "TOPSECRET" not in str(caught.value)


def test_missing_credentials_need_the_operator(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nonexistent")
    with opened("s3:///photos?region=eu-central-1") as store:
        with pytest.raises(storage.StorageRefused, match="no usable credentials"):
            store.view_link(KEY, content_type="image/jpeg")
        assert "no usable credentials" in (store.check() or "")


def test_credentials_come_from_the_environment_without_any_in_the_url(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "FROMENVIRONMENT")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "token")
    with opened("s3:///photos?region=eu-central-1") as store:
        query = parse_qs(urlsplit(store.view_link(KEY, content_type="image/jpeg")).query)
    assert query["X-Amz-Credential"][0].startswith("FROMENVIRONMENT/")
    assert query["X-Amz-Security-Token"] == ["token"]


def answer(code: str, status: int) -> ClientError:
    return ClientError(
        {"Error": {"Code": code, "Message": "why"}, "ResponseMetadata": {"HTTPStatusCode": status}},  # type: ignore[typeddict-item]
        "GetObject",
    )


@pytest.mark.parametrize(
    ("error", "expected", "words"),
    [
        (answer("NoSuchKey", 404), storage.ObjectMissing, KEY),
        (answer("404", 404), storage.ObjectMissing, KEY),
        (answer("NoSuchBucket", 404), storage.StorageRefused, "bucket does not exist"),
        (answer("AccessDenied", 403), storage.StorageRefused, "has no permission for this"),
        (answer("403", 403), storage.StorageRefused, "access key or secret in STORAGE_URL"),
        (answer("SignatureDoesNotMatch", 403), storage.StorageRefused, "secret or the region in STORAGE_URL"),
        (answer("RequestTimeTooSkewed", 403), storage.StorageRefused, "clocks"),
        (answer("PermanentRedirect", 301), storage.StorageRefused, "another region"),
        (answer("SlowDown", 503), storage.StorageUnavailable, "busy"),
        (answer("InternalError", 500), storage.StorageUnavailable, "busy or failing"),
        (answer("Whatever", 502), storage.StorageUnavailable, "busy or failing"),
        (answer("TooManyRequests", 429), storage.StorageUnavailable, "busy"),
        (answer("NotImplemented", 501), storage.StorageRefused, "why"),
        (answer("Unheard", 400), storage.StorageRefused, "why"),
        (
            botocore.exceptions.ReadTimeoutError(endpoint_url="http://h/k?X-Amz-Signature=1"),
            storage.StorageUnavailable,
            "h/k",
        ),
        (
            botocore.exceptions.EndpointConnectionError(endpoint_url="http://h"),
            storage.StorageUnavailable,
            "does not answer",
        ),
        (
            botocore.exceptions.IncompleteReadError(actual_bytes=1, expected_bytes=2),
            storage.StorageUnavailable,
            "does not",
        ),
        (botocore.exceptions.NoCredentialsError(), storage.StorageRefused, "credentials"),
        (botocore.exceptions.ParamValidationError(report="bad"), storage.StorageRefused, "cannot be used"),
    ],
)
def test_no_error_of_botocore_reaches_the_caller(
    error: Exception, expected: type[storage.StorageError], words: str
) -> None:
    with pytest.raises(expected) as caught, translated_errors("bucket 'b' at h", KEY):
        raise error
    assert type(caught.value) is expected
    assert words in str(caught.value)
    assert "Signature=" not in str(caught.value)


@pytest.mark.parametrize("expected_size", [None, 0, 1, 10 * GIB, 70 * GIB, 500 * GIB, 5 * 1024 * GIB])
def test_an_announced_object_fits_into_parts_of_one_size(expected_size: int | None) -> None:
    base = base_part_bytes(expected_size)
    assert base >= MIN_PART_BYTES
    assert base <= 5 * GIB
    sizes = {part_bytes(number, base) for number in range(1, MAX_PARTS * 3 // 4 + 1)}
    assert sizes == {base}
    assert base * MAX_PARTS * 3 // 4 >= (expected_size or 0)


def test_an_unannounced_object_of_200_gib_still_fits() -> None:
    base = base_part_bytes(None)
    assert sum(part_bytes(number, base) for number in range(1, MAX_PARTS + 1)) > 200 * GIB
