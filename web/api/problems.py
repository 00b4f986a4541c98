"""Every error of the API, as problem details (RFC 9457) with a code that never changes.

`PROBLEMS` lists all codes. The page at /api/v1/problems/ shows the list, and each problem's `type` links to it.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import ResolverMatch, is_valid_path, reverse
from django.views import defaults
from django.views.csrf import csrf_failure as django_csrf_failure
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions, serializers, status
from rest_framework.response import Response
from rest_framework.views import exception_handler as framework_handler

from albums.exceptions import AlbumsError
from albums.quotas import Quota
from albums.storage.errors import StorageRefused, StorageUnavailable
from web.pages import page_for_nothing

logger = logging.getLogger(__name__)

MEDIA_TYPE: Final = "application/problem+json"
_API_PATHS: Final = ("/api/", "/_allauth/")
_MOST_ERRORS: Final = 100
_RETRY_AFTER_SECONDS: Final = 30
_DATABASE_AWAY: Final = "The database is not available."
_TRY_AGAIN: Final = "Try again in a minute."
_THROTTLED_SECONDS: Final = 60

PROBLEMS: Final[Mapping[str, str]] = {
    "invalid": "The request is not valid.",
    "invalid_input": "A value is missing or wrong; `errors` says which.",
    "parse_error": "The request body is not valid JSON.",
    "invalid_cursor": "The cursor does not belong to this list. Start again from the first page.",
    "wrong_password": "This is not the current password of the account.",
    "not_authenticated": "You are not signed in. Sign in, or send an API token.",
    "authentication_failed": "The token is unknown, revoked or expired. Use another token.",
    "address_unconfirmed": "The e-mail address of the account is not confirmed. Open the link that was mailed to it.",
    "permission_denied": "You are not allowed to do this.",
    "csrf_failed": "The X-CSRFToken header does not match the CSRF cookie, or another site sent the request.",
    "session_required": "Only a signed-in person can do this. An API token is not enough.",
    "not_found": "It does not exist, or it belongs to another account.",
    "method_not_allowed": "This address does not support the method.",
    "not_acceptable": "The API answers only in JSON.",
    "invalid_name_pattern": "The pattern for names in the zip is not valid.",
    "nothing_picked": "No photo is picked, so there is nothing to export. Pick at least one photo.",
    "too_many_to_print": "A book or contact sheet cannot have that many photos; `limit` says how many. Pick fewer.",
    "too_many_parts": "These would be more zips than the account may keep; `limit` says how many. Make larger parts.",
    "not_a_video": "The photo is not a video that could be read, so no photos can be taken from it.",
    "still_working": "The photos are still being analyzed or grouped. Try again when that is done.",
    "groups_changed": "A group in the request no longer exists, because the groups have changed. Load them again.",
    "nothing_to_undo": "There is nothing to undo: you have changed nothing, or have undone all remembered changes.",
    "nothing_to_redo": "There is nothing to redo: you have undone nothing, or something has changed since.",
    "nothing_to_split": "There is nothing to split: the photos are in no group, or are the whole group.",
    "nothing_to_merge": "There is nothing to merge: the photos are one group already, or fewer than two.",
    "no_camera_time": "There is nothing to shift: no camera's clock dated the photo, or the album has no such camera.",
    "not_uploaded": "The photo has not been uploaded yet.",
    "not_prepared": "The photo has not been analyzed yet, or could not be read.",
    "export_not_ready": "The zip is still being built. Try again when it is ready.",
    "export_failed": "The zip could not be built. Create a new export.",
    "export_expired": "This download has expired. Create a new export.",
    "retried_too_often": "The photo has been tried again as often as its owner may ask for.",
    "only_the_owner": "Only the owner of the album may do this. A member asked.",
    "too_many_members": "The album has as many members as it may have. The owner can remove somebody.",
    "too_many_tokens": "The account has as many API tokens as allowed. Revoke one that you no longer use.",
    "share_gone": "The link is wrong, revoked or over. Ask the person who sent it for a new one.",
    "share_password_required": "The link needs a password, which the guest has not given yet.",
    "share_password_wrong": "This is not the password of the link.",
    "share_forbids": "The link does not allow this: its owner chose what guests may do.",
    "guest_unknown": "A guest who chooses needs the cookie of the link. Show the shared album first, and keep it.",
    "enough_chosen": "The guest has chosen as many photos as wanted; `limit` says how many.",
    "too_many_guests": "The link has as many guests who choose as it may have.",
    "too_many_shares": "The album has as many links as it may have. Delete a revoked one.",
    "album_full": "The album has as many photos as an album may have.",
    "quota_exceeded": "The account has reached a limit; `quota`, `limit` and `used` say which.",
    "body_too_large": "The request body is too large. Send fewer items at once.",
    "unsupported_media_type": "The API reads only JSON.",
    "throttled": "Too many requests. The Retry-After header says when to try again.",
    "server_error": "Something went wrong on our side. The error is logged.",
    "database_unavailable": "The database does not answer or is overloaded. Try again later.",
    "storage_unavailable": "The photo storage does not answer. Try again later.",
    # Codes of uploads to and downloads from a storage folder:
    "wrong_type": "The Content-Type is not the one announced for the upload.",
    "wrong_size": "The upload was interrupted, or the file does not have the announced size. Send it again.",
    "wrong_checksum": "The file does not have the announced SHA-256. Send it again.",
    "length_required": "An upload needs the header Content-Length.",
    "link_invalid": "The link has expired, was changed, or is for something else. Get a new link.",
    "range_not_satisfiable": "The range begins after the end of the file.",
    # Codes for name patterns, in the `errors` of a request:
    "pattern_too_long": "The pattern is too long.",
    "pattern_unknown_placeholder": "The pattern has an unknown word in braces.",
    "pattern_stray_brace": "The pattern has a brace without its partner.",
    "pattern_has_slash": "A name cannot contain slashes. The layout makes folders.",
    "pattern_tells_nothing_apart": "The pattern needs {sequence} or {name}, so that each photo gets its own name.",
    # Codes for one file of an upload, in its upload result:
    "empty_file": "The file is empty.",
    "invalid_file": "No file can have this size or checksum.",
    "too_many_bytes": "The file is larger than the limit.",
}


class ProblemErrorOutput(serializers.Serializer[Any]):
    """One wrong value."""

    field = serializers.CharField(
        help_text="The path to the value: names and positions, joined by dots. Empty for the whole."
    )
    code = serializers.CharField()
    message = serializers.CharField()


class ProblemOutput(serializers.Serializer[Any]):
    """An error as problem details (RFC 9457)."""

    type = serializers.URLField(help_text="A page that explains the code.")
    title = serializers.CharField(help_text="The same for every problem with this code.")
    status = serializers.IntegerField(help_text="The HTTP status.")
    code = serializers.CharField(help_text="For programs; never changes.")
    detail = serializers.CharField(help_text="What went wrong this time, for people.")
    errors = ProblemErrorOutput(many=True, required=False)  # type: ignore[assignment]
    quota = serializers.ChoiceField(
        choices=[quota.value for quota in Quota],
        required=False,
        help_text="With `quota_exceeded`: the quota that is used up.",
    )
    limit = serializers.IntegerField(required=False, help_text="The limit; with `quota_exceeded` that of the account.")
    used = serializers.IntegerField(required=False, help_text="With `quota_exceeded`: the current usage.")


def problem(code: str, status_code: int, detail: str, errors: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """The body of a problem."""
    body: dict[str, Any] = {
        "type": f"{settings.PUBLIC_URL}{reverse('problems')}#{code}",
        "title": PROBLEMS[code],
        "status": status_code,
        "code": code,
        "detail": detail,
    }
    return body if errors is None else {**body, "errors": errors}


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an exception in a view into a problem. Unknown exceptions go to Django, which logs them."""
    if isinstance(error, AlbumsError):
        return _response({**problem(error.code, error.status, error.message), **error.extra})
    if isinstance(error, StorageUnavailable | StorageRefused):
        logger.error("A request failed because of the storage: %s", error)
        return _unavailable("storage_unavailable", "The photo storage is not available.")
    if isinstance(error, OperationalError | InterfaceError):
        logger.error("A request failed because of the database.", exc_info=error)
        return _unavailable("database_unavailable", _DATABASE_AWAY)
    if isinstance(error, ObjectDoesNotExist):
        # Another request deleted the row after the look-up.
        error = exceptions.NotFound()
    response = framework_handler(error, context)
    if response is None:
        return None
    headers = {name: response[name] for name in ("WWW-Authenticate", "Retry-After") if name in response}
    return _response(_framework_problem(error, response.status_code), headers)


def _unavailable(code: str, detail: str) -> Response:
    body = problem(code, status.HTTP_503_SERVICE_UNAVAILABLE, f"{detail} {_TRY_AGAIN}")
    return _response(body, {"Retry-After": str(_RETRY_AFTER_SECONDS)})


def _response(body: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    return Response(body, status=body["status"], headers=headers, content_type=MEDIA_TYPE)


def _framework_problem(error: Exception, status_code: int) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        errors = [error for error, _ in zip(_flat(error.detail), range(_MOST_ERRORS), strict=False)]
        first = f"{errors[0]['field']}: {errors[0]['message']}".removeprefix(": ")
        return problem("invalid_input", status_code, first, errors)
    api_error = error if isinstance(error, exceptions.APIException) else None
    # Django's Http404 and PermissionDenied have no code, and their text may name models.
    if api_error is None:
        api_error = exceptions.NotFound() if status_code == status.HTTP_404_NOT_FOUND else exceptions.PermissionDenied()
    code = api_error.get_codes()
    known = code if isinstance(code, str) and code in PROBLEMS else api_error.default_code
    return problem(known if known in PROBLEMS else "invalid", status_code, str(api_error.detail))


def _flat(detail: Any, path: tuple[str, ...] = ()) -> Iterator[dict[str, str]]:
    """The leaves of a serializer's errors, each with its path."""
    if isinstance(detail, exceptions.ErrorDetail):
        yield {"field": ".".join(path), "code": detail.code or "invalid", "message": str(detail)}
    elif isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from _flat(inner, path if name == "non_field_errors" else (*path, str(name)))
    else:
        for position, inner in enumerate(detail):
            is_leaf = isinstance(inner, exceptions.ErrorDetail)
            yield from _flat(inner, path if is_leaf else (*path, str(position)))


# --- Errors outside the API's views -------------------------------------------------------------------------------


def _is_for_programs(request: HttpRequest) -> bool:
    return request.path.startswith(_API_PATHS)


def problem_response(code: str, status_code: int, detail: str) -> JsonResponse:
    """A problem outside the API's views, where Django REST framework does not build the response."""
    return JsonResponse(problem(code, status_code, detail), status=status_code, content_type=MEDIA_TYPE)


@csrf_exempt  # a program with a token has no cookies, and should hear that its address is wrong
def no_such_route(request: HttpRequest) -> HttpResponse:
    """The 404 for unknown addresses below /api/."""
    detail = "There is nothing at this address."
    if not request.path.endswith("/") and _is_route(f"{request.path}/"):
        detail = f"There is nothing at this address. Add a slash at the end: {request.path}/"
    return problem_response("not_found", status.HTTP_404_NOT_FOUND, detail)


def _is_route(path: str) -> bool:
    match = is_valid_path(path)
    return isinstance(match, ResolverMatch) and match.func is not no_such_route


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's 400, for a request that never reached a view."""
    if _is_for_programs(request):
        return problem_response("invalid", status.HTTP_400_BAD_REQUEST, "The request is malformed.")
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's 404."""
    if _is_for_programs(request):
        return no_such_route(request)
    return page_for_nothing(request) or defaults.page_not_found(request, exception)


def too_many_requests(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """allauth's 429, for sign-in and similar requests, which it counts per minute."""
    detail = "Too many attempts. Wait a minute and try again."
    response = problem_response("throttled", status.HTTP_429_TOO_MANY_REQUESTS, detail)
    response["Retry-After"] = str(_THROTTLED_SECONDS)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's 500, or 503 for errors of the database: these also happen in sign-ins and sessions."""
    if _is_for_programs(request):
        if isinstance(sys.exception(), OperationalError | InterfaceError):
            status_code = status.HTTP_503_SERVICE_UNAVAILABLE
            response = problem_response("database_unavailable", status_code, f"{_DATABASE_AWAY} {_TRY_AGAIN}")
            response["Retry-After"] = str(_RETRY_AFTER_SECONDS)
            return response
        detail = "Something went wrong on our side. The error is logged. Please try again."
        return problem_response("server_error", status.HTTP_500_INTERNAL_SERVER_ERROR, detail)
    return defaults.server_error(request)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's answer to a missing or wrong CSRF token."""
    if _is_for_programs(request):
        return problem_response("csrf_failed", status.HTTP_403_FORBIDDEN, reason)
    return django_csrf_failure(request, reason)


def problem_list(request: HttpRequest) -> HttpResponse:
    """The page that explains every code."""
    return render(request, "api/problems.html", {"problems": PROBLEMS.items()})
