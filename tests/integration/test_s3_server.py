"""The S3 server of the tests."""

from __future__ import annotations

import http.client
import os
import time
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from botocore.exceptions import ClientError

from tests.services import Stack
from tests.services.observing import is_listening
from tests.services.s3 import BUCKET, Swift


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
