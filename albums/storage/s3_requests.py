"""Small requests to the bucket in a fraction of botocore's processor time.

botocore builds each request from a model of the whole API: it resolves the endpoint, calls hooks, and parses the
answer. That takes longer than to send it. urllib3 with `http.client` still takes four to five times as long as reading
the few lines that matter. Here a request is signed (Signature Version 4 in the header) and sent over botocore's own
connections, with its certificates and timeouts. Only success counts: whatever else happens, the caller asks botocore,
which repeats requests, corrects clocks and regions, and says what is wrong.

https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, BinaryIO

from botocore.awsrequest import AWSPreparedRequest
from botocore.credentials import ReadOnlyCredentials
from botocore.exceptions import ClientError
from urllib3 import HTTPConnectionPool
from urllib3.exceptions import HTTPError

from albums.storage.s3_links import ALGORITHM, host_and_path, scope_of, signature_of

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


@dataclass(frozen=True)
class Success:
    """The answer to a request that succeeded. `length` is that of the object; PUT has none."""

    length: int
    data: bytes


def connection_pool(client: S3Client, url: str) -> HTTPConnectionPool | None:
    """botocore's own connections to this address, with its certificates and timeouts. None where a proxy is between."""
    session: Any = client._endpoint.http_session  # type: ignore[attr-defined]  # noqa: SLF001 - it has no public name
    if session._proxy_config.proxy_url_for(url):  # noqa: SLF001
        return None
    pool: HTTPConnectionPool = session._manager.connection_from_url(url)  # noqa: SLF001
    session._setup_ssl_cert(pool, url, session._verify)  # noqa: SLF001
    return pool


def send_once(
    pool: HTTPConnectionPool,
    method: str,
    url: str,
    *,
    region: str,
    credentials: ReadOnlyCredentials,
    now: float,
    body: bytes = b"",
    content_type: str = "",
) -> Success | None:
    """The complete answer, or None when it is not a success: then ask botocore. `url` needs no escaping.

    Args:
        pool: connections to the host of the URL.
        now: in seconds since 1970.
        content_type: of the body, which only PUT has.

    """
    headers = {"Content-Type": content_type, "Content-Length": str(len(body))} if method == "PUT" else {}
    signed = signed_headers(method, url, headers, body, credentials=credentials, region=region, now=now)
    host, path = host_and_path(url)
    lines = "".join([f"{name}: {value}\r\n" for name, value in signed.items()])
    request = f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: identity\r\n{lines}\r\n".encode() + body
    try:
        return _exchange(pool, request, method)
    except (HTTPError, OSError, ValueError):
        return None


def _exchange(pool: HTTPConnectionPool, request: bytes, method: str) -> Success | None:
    connection: Any = pool._get_conn()  # noqa: SLF001 - public are only methods that take longer, as above
    stays_open = False
    try:
        if connection.is_closed:
            connection.timeout = pool.timeout.connect_timeout  # botocore sets both
            connection.connect()
            connection.sock.settimeout(pool.timeout.read_timeout)
        connection.sock.sendall(request)
        with connection.sock.makefile("rb") as received:
            success, stays_open = _read_answer(received, method)
    finally:
        if not stays_open:
            connection.close()
        pool._put_conn(connection)  # noqa: SLF001
    return success


def _read_answer(received: BinaryIO, method: str) -> tuple[Success | None, bool]:
    """The answer, if it is a success, and whether its end is known, so that the connection can go on."""
    version, status, *_ = [*received.readline().split(maxsplit=2), b"", b""]
    headers: dict[bytes, bytes] = {}
    while (line := received.readline()).strip():
        name, _, value = line.partition(b":")
        headers[name.lower()] = value.strip().lower()
    if status != b"200" or not line:
        return None, False
    length = int(headers.get(b"content-length", b"-1"))
    if b"transfer-encoding" in headers or length < 0:
        # The status alone says that the object is stored.
        return (Success(0, b"") if method == "PUT" else None), False
    data = b"" if method == "HEAD" else received.read(length)
    is_whole = method == "HEAD" or len(data) == length
    stays_open = is_whole and version == b"HTTP/1.1" and b"close" not in headers.get(b"connection", b"")
    return (Success(length, data) if is_whole else None), stays_open


def is_refused(client: S3Client, method: str, url: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Send a request to a presigned URL, as a browser would. True when the server refuses it.

    Raises:
        ClientError: when it is too busy to say.

    """
    connections = client._endpoint.http_session  # type: ignore[attr-defined]  # noqa: SLF001 - it has no public name
    sent: Any = dict(headers)
    status = connections.send(AWSPreparedRequest(method, url, sent, body, stream_output=False)).status_code
    # 501 is an answer to a header: "not implemented".
    if status == HTTPStatus.TOO_MANY_REQUESTS or (status >= 500 and status != HTTPStatus.NOT_IMPLEMENTED):
        raise ClientError({"ResponseMetadata": {"HTTPStatusCode": status}}, "PutObject")  # type: ignore[typeddict-item]
    return bool(status >= 400)


def signed_headers(
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    credentials: ReadOnlyCredentials,
    region: str,
    now: float,
) -> dict[str, str]:
    """The headers with which to send the request: these, and the signature over them, `method`, `url` and `body`."""
    moment = datetime.fromtimestamp(now, UTC).strftime("%Y%m%dT%H%M%SZ")
    host, path = host_and_path(url)
    digest = hashlib.sha256(body).hexdigest()
    sent = {**headers, "X-Amz-Date": moment, "X-Amz-Content-SHA256": digest}
    if credentials.token is not None:
        sent["X-Amz-Security-Token"] = credentials.token
    # Content-Length is not signed: the digest says as much.
    signed = {name.lower(): value for name, value in sent.items() if name != "Content-Length"} | {"host": host}
    names = ";".join(sorted(signed))
    lines = "".join(f"{name}:{signed[name]}\n" for name in sorted(signed))
    request = f"{method}\n{path}\n\n{lines}\n{names}\n{digest}"
    signature = signature_of(request, moment, region, credentials)
    credential = f"{credentials.access_key}/{scope_of(moment, region)}"
    sent["Authorization"] = f"{ALGORITHM} Credential={credential}, SignedHeaders={names}, Signature={signature}"
    return sent
