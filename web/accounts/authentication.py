"""How a request is signed in: a browser by its session, a program by its token."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from knox.auth import TokenAuthentication as KnoxTokenAuthentication
from rest_framework import authentication, exceptions
from rest_framework.request import Request


class SessionAuthentication(authentication.SessionAuthentication):
    """Django's session, with its CSRF check."""

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002
        """Answer anonymous requests with 401. Without a challenge, the framework would answer 403."""
        return "Session"

    def enforce_csrf(self, request: Request) -> None:
        """Refuse requests that another site made the browser send, with a code that the front end can act on."""
        try:
            super().enforce_csrf(request)
        except exceptions.PermissionDenied as error:
            raise exceptions.PermissionDenied(str(error.detail), code="csrf_failed") from error


class TokenAuthentication(KnoxTokenAuthentication):  # type: ignore[misc]
    """`Authorization: Token …`."""

    def authenticate_credentials(self, token: bytes) -> Any:
        """Find the token's user. Bytes that no token has are refused here, because knox would fail on them."""
        if not (token.isascii() and token.decode("ascii").isprintable()):
            raise exceptions.AuthenticationFailed(_("Invalid token."))
        return super().authenticate_credentials(token)
