"""Presigned URLs (Signature Version 4 in the query) for the address under which browsers reach the bucket.

Our own code signs them, not botocore, for two reasons. botocore always presigns from the current time, but links that
browsers cache must stay the same for a day. And it takes several times as long: that was more than half of the time the
web process needs for a list of photos. A test compares every signature with botocore's.

https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final
from urllib.parse import quote, urlsplit

from botocore.credentials import ReadOnlyCredentials

ALGORITHM: Final = "AWS4-HMAC-SHA256"
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


def presigned_url(
    method: str,
    url: str,
    *,
    credentials: ReadOnlyCredentials,
    region: str,
    signed_at: float,
    expires_in: int,
    query: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> str:
    """Return `url` with a signature over it, `method`, `query` and `headers`.

    `url` has no query, and its path is already escaped. The link is valid for `expires_in` seconds from `signed_at`, in
    seconds since 1970. The client must send exactly these headers. When the credentials expire, so does the link.
    """
    moment = datetime.fromtimestamp(signed_at, UTC).strftime("%Y%m%dT%H%M%SZ")
    host, path = host_and_path(url)
    signed_headers = {name.lower(): " ".join(value.split()) for name, value in (headers or {}).items()} | {"host": host}
    names = ";".join(sorted(signed_headers))
    parameters = {
        **(query or {}),
        "X-Amz-Algorithm": ALGORITHM,
        "X-Amz-Credential": f"{credentials.access_key}/{scope_of(moment, region)}",
        "X-Amz-Date": moment,
        "X-Amz-Expires": str(expires_in),
        "X-Amz-SignedHeaders": names,
    }
    if credentials.token is not None:
        parameters["X-Amz-Security-Token"] = credentials.token
    # Signed in the order of the escaped names. In the URL the order does not matter.
    escaped = sorted((_escaped(name), _escaped(value)) for name, value in parameters.items())
    sent = "&".join([f"{name}={value}" for name, value in escaped])
    canonical_headers = "".join(f"{name}:{signed_headers[name]}\n" for name in sorted(signed_headers))
    request = f"{method}\n{path}\n{sent}\n{canonical_headers}\n{names}\nUNSIGNED-PAYLOAD"
    return f"{url}?{sent}&X-Amz-Signature={signature_of(request, moment, region, credentials)}"


def scope_of(moment: str, region: str) -> str:
    """What a signature of this moment, as of `X-Amz-Date`, is good for."""
    return f"{moment[:8]}/{region}/s3/aws4_request"


def signature_of(request: str, moment: str, region: str, credentials: ReadOnlyCredentials) -> str:
    """The signature, in hexadecimal digits, of a canonical request."""
    digest = hashlib.sha256(request.encode()).hexdigest()
    to_sign = f"{ALGORITHM}\n{moment}\n{scope_of(moment, region)}\n{digest}"
    return _hmac(_signing_key(credentials.secret_key, moment[:8], region), to_sign).hex()


def host_and_path(url: str) -> tuple[str, str]:
    """The Host header that a client sends, which omits the default port of the scheme, and the path."""
    scheme, _, rest = url.partition("://")
    place, slash, path = rest.partition("/")
    return _host(scheme, place), slash + path


@lru_cache(maxsize=8)
def _host(scheme: str, place: str) -> str:
    parts = urlsplit(f"{scheme}://{place}")
    host = parts.netloc.rpartition("@")[2].lower()
    return host.removesuffix(f":{parts.port}") if parts.port == _DEFAULT_PORTS.get(parts.scheme) else host


@lru_cache(maxsize=1024)
def _escaped(text: str) -> str:
    """Escape as the signature requires. Cached, because names and most values are the same in thousands of links."""
    return quote(text, safe="-_.~")


@lru_cache(maxsize=8)
def _signing_key(secret_key: str, day: str, region: str) -> bytes:
    key = f"AWS4{secret_key}".encode()
    for part in (day, region, "s3", "aws4_request"):
        key = _hmac(key, part)
    return key


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), "sha256")
