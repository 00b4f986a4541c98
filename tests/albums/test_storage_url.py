"""STORAGE_URL."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import override_settings

from albums import storage
from albums.storage import FolderLocation, S3Location, parse_storage_url


@pytest.mark.parametrize(
    ("url", "location"),
    [
        ("file:///srv/photos", FolderLocation(Path("/srv/photos"))),
        ("file:///srv/my%20photos/%3F", FolderLocation(Path("/srv/my photos/?"))),
        (
            "s3://photo%3Aalbum:a%2Fb%2Bc%40d@127.0.0.1:8080/photos?scheme=http",
            S3Location(
                "photos", "http://127.0.0.1:8080", "photo:album", "a/b+c@d", region="us-east-1", addressing="path"
            ),
        ),
        (
            (
                "s3://KEY:SECRET@s3.example.org/my-bucket?addressing=virtual&region=eu-west-1"
                "&public=https%3A%2F%2Fphotos.example.org%3A8443"
            ),
            S3Location(
                "my-bucket",
                "https://s3.example.org",
                "KEY",
                "SECRET",
                region="eu-west-1",
                addressing="virtual",
                public_endpoint="https://photos.example.org:8443",
            ),
        ),
        (
            "s3://K:S@[::1]:9000/photos?scheme=http",
            S3Location("photos", "http://[::1]:9000", "K", "S", "us-east-1", "path"),
        ),
        ("s3:///photos", S3Location("photos", addressing="virtual")),
        ("s3:///photos?region=eu-central-1", S3Location("photos", region="eu-central-1")),
        ("s3://KEY:SECRET@/photos", S3Location("photos", access_key="KEY", secret_key="SECRET")),
    ],
)
def test_it_reads_every_form(url: str, location: FolderLocation | S3Location) -> None:
    assert parse_storage_url(url) == location


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("", "must begin with file:/// or s3://"),
        ("/srv/photos", "must begin with file:/// or s3://"),
        ("https://s3.example.org/photos", "must begin with file:/// or s3://"),
        ("file://srv/photos", "three slashes"),
        ("file:relative", "three slashes"),
        ("file:///", "root of the file system"),
        ("file:///srv?x=1", "no options"),
        ("file:///srv#x", "%23"),
        ("s3://KEY:TOPSECRET@host", "must name one bucket"),
        ("s3://KEY:TOPSECRET@host/two/parts", "must name one bucket"),
        ("s3://KEY:TOPSECRET@host/UPPER", "must name one bucket"),
        ("s3://KEY:TOPSECRET@host/a..b", "must name one bucket"),
        ("s3://KEY@host/photos", "both the access key and the secret"),
        ("s3://:TOPSECRET@host/photos", "both the access key and the secret"),
        ("s3://KEY:TOPSECRET/x@host/photos", "Percent-encode"),
        ("s3://KEY:TOP#SECRET@host/photos", "Percent-encode"),
        ("s3://KEY:12/TOPSECRET@host/photos", "Percent-encode"),
        ("s3://KEY:12?TOPSECRET=1@host/photos", "Percent-encode"),
        ("s3://KEY:12#TOPSECRET@host/photos", "%23"),
        ("s3://KEY:TOPSECRET@host:99999/photos", "cannot be read"),
        ("s3://KEY:TOPSECRET@host/photos?scheme=ftp", "scheme=ftp"),
        ("s3://KEY:TOPSECRET@host/photos?addressing=dns", "addressing=dns"),
        ("s3://KEY:TOPSECRET@host/photos?colour=red", "unknown option 'colour'"),
        ("s3://KEY:TOPSECRET@host/photos?region=", "'region' of STORAGE_URL is empty"),
        ("s3://KEY:TOPSECRET@host/photos?region=a&region=b", "twice"),
        ("s3://KEY:TOPSECRET@host/photos?region", "?name=value"),
        ("s3://KEY:TOPSECRET@host/photos?public=photos.example.org", "public="),
        ("s3://KEY:TOPSECRET@host/photos?public=https://photos.example.org/path", "public="),
        ("s3:///photos?scheme=http", "no host"),
    ],
)
def test_it_refuses_with_a_sentence_that_keeps_the_secret(url: str, complaint: str) -> None:
    with pytest.raises(storage.StorageURLError) as caught:
        parse_storage_url(url)
    assert complaint in str(caught.value)
    assert "SECRET" not in str(caught.value).replace("s3://ACCESS:SECRET@host/bucket", "")


def test_the_secret_is_not_in_representations() -> None:
    assert "TOPSECRET" not in repr(parse_storage_url("s3://KEY:TOPSECRET@host/photos"))


def test_one_storage_serves_the_process_and_follows_the_setting(tmp_path: Path) -> None:
    with override_settings(STORAGE_URL=f"file://{tmp_path}/one"):
        first = storage.get_storage()
        assert storage.get_storage() is first
    with override_settings(STORAGE_URL=f"file://{tmp_path}/two"):
        assert storage.get_storage() is not first
