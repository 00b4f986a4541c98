"""Presigned URLs (Signature Version 4 in the query), for the address under which browsers reach the bucket.

botocore presigns for now, always. Links that browsers cache must stay the same for a day, so the time of
signing is given here; the signature itself stays botocore's work.

https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from botocore.auth import SIGV4_TIMESTAMP, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import ReadOnlyCredentials


class _DatedQueryAuth(S3SigV4QueryAuth):
    """Signs as of a given time instead of now."""

    def __init__(self, credentials: ReadOnlyCredentials, region: str, *, signed_at: datetime, expires_in: int) -> None:
        super().__init__(credentials, "s3", region, expires=expires_in)
        self._signed_at = signed_at

    def _modify_request_before_signing(self, request: AWSRequest) -> None:
        # add_auth() has just put the present time here; the scope and the string to sign read it later.
        request.context["timestamp"] = self._signed_at.strftime(SIGV4_TIMESTAMP)
        super()._modify_request_before_signing(request)  # type: ignore[misc]  # missing in the stubs


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

    It is good for `expires_in` seconds from `signed_at`, in seconds since 1970. Whoever uses it must send
    exactly these headers. Credentials that expire take the link with them.
    """
    address = f"{url}?{urlencode(query, quote_via=quote)}" if query else url
    request = AWSRequest(method=method, url=address, headers=dict(headers or {}))
    signed_time = datetime.fromtimestamp(signed_at, UTC)
    _DatedQueryAuth(credentials, region, signed_at=signed_time, expires_in=expires_in).add_auth(request)
    return str(request.url)
