"""Headers of every response (policies for browsers, a request id for the log, Retry-After), bodies, use of sessions."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from albums.log_context import log_context
from web.accounts.sessions import session_note_use
from web.api.problems import problem_response

GetResponse = Callable[[HttpRequest], HttpResponse]

# For pages that set no policy of their own: the admin pages, the API documentation, errors. Django's admin and the
# documentation need no inline scripts, but both use inline styles.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "font-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
# A web worker obeys the policy of its own script, not that of the page. The one that hashes uploads compiles
# WebAssembly, which this policy allows; `eval` stays forbidden.
STATIC_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; frame-ancestors 'none'"
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
_ALLAUTH = "/_allauth/"
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
# allauth limits attempts per minute, but does not say when to try again.
_RETRY_AFTER_SECONDS = "60"


def response_headers(get_response: GetResponse) -> GetResponse:
    """Add policies for browsers to every response that has none of its own."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_static = request.path.startswith(settings.STATIC_URL)
        response.headers.setdefault("Content-Security-Policy", STATIC_POLICY if is_static else CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if response.status_code == 429:
            response.headers.setdefault("Retry-After", _RETRY_AFTER_SECONDS)
        return response

    return middleware


def request_id(get_response: GetResponse) -> GetResponse:
    """Give each request an id, in the log and in the response. A proxy may send its own id."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        identifier = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        with log_context(request_id=identifier):
            response = get_response(request)
        response.headers["X-Request-ID"] = identifier
        return response

    return middleware


def session_use(get_response: GetResponse) -> GetResponse:
    """Note the use of sessions, for the list on the account page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.session.accessed:
            session_note_use(request)
        return response

    return middleware


def flat_json(get_response: GetResponse) -> GetResponse:
    """Refuse bodies that allauth would fail on: deeply nested JSON, numbers of thousands of digits, broken text.

    It reads names with one value each, so nothing is lost by refusing lists and objects inside.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(_ALLAUTH) and request.body and not _is_flat(request.body):
            detail = "The request body is not a JSON object of names and values."
            return problem_response("parse_error", HTTPStatus.BAD_REQUEST, detail)
        return get_response(request)

    return middleware


def _is_flat(body: bytes) -> bool:
    try:
        parsed = json.loads(body)
        # Half of a surrogate pair is JSON, but not a text that can be stored or hashed.
        json.dumps(parsed, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return False
    return isinstance(parsed, dict) and not any(isinstance(value, dict | list) for value in parsed.values())
