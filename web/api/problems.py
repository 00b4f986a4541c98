"""Every error of the API, as problem details (RFC 9457) with a code that stays.

`PROBLEMS` is the one list of the codes. The page at /api/v1/problems/ shows it, and each problem's `type` leads there.
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
from rest_framework import exceptions, serializers, status
from rest_framework.response import Response
from rest_framework.views import exception_handler as framework_handler

from albums.exceptions import AlbumsError
from albums.quotas import Quota
from albums.storage.errors import StorageRefused, StorageUnavailable

logger = logging.getLogger(__name__)

MEDIA_TYPE: Final = "application/problem+json"
_API_PATHS: Final = ("/api/", "/_allauth/")
_MOST_ERRORS: Final = 100
_RETRY_AFTER_SECONDS: Final = 30
_DATABASE_AWAY: Final = "The database does not answer now."
_TRY_AGAIN: Final = "Please try again in a while."
_THROTTLED_SECONDS: Final = 60

PROBLEMS: Final[Mapping[str, str]] = {
    "invalid": "The request cannot be met.",
    "invalid_input": "A value is missing or not of the kind that is expected; `errors` says which.",
    "parse_error": "The body is not valid JSON.",
    "invalid_cursor": "The cursor does not belong to this list.",
    "wrong_password": "The password given to confirm the step is not the current one.",
    "not_authenticated": "Nobody is signed in, and there is no token.",
    "authentication_failed": "The token is unknown, revoked or expired.",
    "permission_denied": "The step is not allowed.",
    "csrf_failed": "The X-CSRFToken header does not repeat the CSRF cookie, or the request came from another site.",
    "session_required": "Only a signed-in person can do this, not a program with a token.",
    "not_found": "It is not there, or it is somebody else's.",
    "method_not_allowed": "The address exists and does not know this method.",
    "not_acceptable": "The API answers in JSON only.",
    "invalid_name_pattern": "The pattern for names in the zip cannot be used.",
    "nothing_picked": "No photo is picked, so there is nothing to export.",
    "still_working": "The photos are still being analyzed or grouped.",
    "groups_changed": "A group was named that is not there any more; the groups have been made anew.",
    "nothing_to_undo": "The person has changed nothing in the album that is remembered and not undone.",
    "nothing_to_redo": "Nothing was undone, or something else was done since.",
    "nothing_to_split": "The photos are in no group, or are all of their group.",
    "nothing_to_merge": "The photos are one group already, or fewer than two.",
    "not_uploaded": "The bytes of the photo have not arrived.",
    "not_prepared": "The photo has not been read yet, or could not be.",
    "export_not_ready": "The zip is still being built.",
    "export_failed": "The zip could not be built; ask for another.",
    "export_expired": "The zip is gone after its days of grace; ask for another.",
    "too_many_tokens": "The account has as many API tokens as it may have.",
    "quota_exceeded": "The account has as much as it may have; `quota`, `limit` and `used` say of what.",
    "body_too_large": "The request body is larger than the API reads.",
    "unsupported_media_type": "The API reads JSON only.",
    "throttled": "Too many attempts; the Retry-After header says when to go on.",
    "server_error": "The service has made a mistake. It is logged.",
    "database_unavailable": "The database does not answer, or is overloaded. Trying again later helps.",
    "storage_unavailable": "The storage of the photos does not answer. Trying again later helps.",
    # Codes of uploads to and downloads from a storage folder:
    "wrong_type": "The Content-Type is not the one that was announced for the upload.",
    "wrong_size": "The upload broke off, or has another size than was announced.",
    "wrong_checksum": "The bytes have another SHA-256 than was announced.",
    "length_required": "An upload needs the header Content-Length.",
    "link_invalid": "The link was changed, has expired, or is for something else.",
    "range_not_satisfiable": "The range begins after the end of the file.",
    # Codes of the name pattern among the `errors` of a request:
    "pattern_too_long": "The pattern has more characters than it may have.",
    "pattern_unknown_placeholder": "The braces hold a word that stands for nothing.",
    "pattern_stray_brace": "A brace stands alone.",
    "pattern_has_slash": "A name cannot hold slashes; the layout makes folders.",
    "pattern_tells_nothing_apart": "The pattern needs {sequence} or {name}.",
    # Codes of a single file of an upload, beside its slot:
    "empty_file": "The file has no bytes.",
    "invalid_file": "The file's size or checksum cannot be those of a file.",
    "too_many_bytes": "The file is larger than the limit.",
}


class ProblemErrorOutput(serializers.Serializer[Any]):
    """One value that is not as it must be."""

    field = serializers.CharField(help_text="Where: names and positions between dots; empty for the whole.")
    code = serializers.CharField()
    message = serializers.CharField()


class ProblemOutput(serializers.Serializer[Any]):
    """What went wrong, as RFC 9457 has it."""

    type = serializers.URLField(help_text="A page that explains the code.")
    title = serializers.CharField(help_text="The same for every problem of this code.")
    status = serializers.IntegerField(help_text="The HTTP status.")
    code = serializers.CharField(help_text="For programs; does not change.")
    detail = serializers.CharField(help_text="What is wrong this time, for people.")
    errors = ProblemErrorOutput(many=True, required=False)  # type: ignore[assignment]
    quota = serializers.ChoiceField(
        choices=[quota.value for quota in Quota], required=False, help_text="With `quota_exceeded`: what is used up."
    )
    limit = serializers.IntegerField(required=False, help_text="With `quota_exceeded`: what the account may have.")
    used = serializers.IntegerField(required=False, help_text="With `quota_exceeded`: what it has.")


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
    """The problem that an exception in a view is. Unknown ones are left to Django, which logs them."""
    if isinstance(error, AlbumsError):
        return _response({**problem(error.code, error.status, error.message), **error.extra})
    if isinstance(error, StorageUnavailable | StorageRefused):
        logger.error("The storage failed a request: %s", error)
        return _unavailable("storage_unavailable", "The storage of the photos does not answer now.")
    if isinstance(error, OperationalError | InterfaceError):
        logger.error("The database failed a request.", exc_info=error)
        return _unavailable("database_unavailable", _DATABASE_AWAY)
    if isinstance(error, ObjectDoesNotExist):
        # Somebody deleted it between the look-up and the work.
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
    # Http404 and PermissionDenied of Django have no code, and their text may name models.
    if api_error is None:
        api_error = exceptions.NotFound() if status_code == status.HTTP_404_NOT_FOUND else exceptions.PermissionDenied()
    code = api_error.get_codes()
    known = code if isinstance(code, str) and code in PROBLEMS else api_error.default_code
    return problem(known if known in PROBLEMS else "invalid", status_code, str(api_error.detail))


def _flat(detail: Any, path: tuple[str, ...] = ()) -> Iterator[dict[str, str]]:
    """The leaves of a serializer's errors, each with the way to it."""
    if isinstance(detail, exceptions.ErrorDetail):
        yield {"field": ".".join(path), "code": detail.code or "invalid", "message": str(detail)}
    elif isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from _flat(inner, path if name == "non_field_errors" else (*path, str(name)))
    else:
        for position, inner in enumerate(detail):
            is_leaf = isinstance(inner, exceptions.ErrorDetail)
            yield from _flat(inner, path if is_leaf else (*path, str(position)))


# --- Errors before or beside the API's views --------------------------------------------------------------------------


def _is_for_programs(request: HttpRequest) -> bool:
    return request.path.startswith(_API_PATHS)


def problem_response(code: str, status_code: int, detail: str) -> JsonResponse:
    """A problem outside the API's views, where Django REST framework does not build the response."""
    return JsonResponse(problem(code, status_code, detail), status=status_code, content_type=MEDIA_TYPE)


def no_such_route(request: HttpRequest) -> HttpResponse:
    """The answer to any address below /api/ that is none."""
    detail = "There is nothing at this address."
    if not request.path.endswith("/") and _is_route(f"{request.path}/"):
        detail = f"There is nothing at this address. It ends with a slash: {request.path}/"
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
    return defaults.page_not_found(request, exception)


def too_many_requests(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """allauth's 429, for sign-in and the like, which it counts by the minute."""
    detail = "There were too many attempts. Wait a minute and try again."
    response = problem_response("throttled", status.HTTP_429_TOO_MANY_REQUESTS, detail)
    response["Retry-After"] = str(_THROTTLED_SECONDS)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's 500; but 503 where it was the database, which fails sign-ins and sessions as it fails views."""
    if _is_for_programs(request):
        if isinstance(sys.exception(), OperationalError | InterfaceError):
            status_code = status.HTTP_503_SERVICE_UNAVAILABLE
            response = problem_response("database_unavailable", status_code, f"{_DATABASE_AWAY} {_TRY_AGAIN}")
            response["Retry-After"] = str(_RETRY_AFTER_SECONDS)
            return response
        detail = "Something went wrong on our side. It is logged; please try again."
        return problem_response("server_error", status.HTTP_500_INTERNAL_SERVER_ERROR, detail)
    return defaults.server_error(request)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's answer to a request without its CSRF token."""
    if _is_for_programs(request):
        return problem_response("csrf_failed", status.HTTP_403_FORBIDDEN, reason)
    return django_csrf_failure(request, reason)


def problem_list(request: HttpRequest) -> HttpResponse:
    """The page that explains every code."""
    return render(request, "api/problems.html", {"problems": PROBLEMS.items()})
