"""Who may do what, beyond being known. That an object is one's own is checked where it is looked up."""

from __future__ import annotations

from rest_framework import permissions
from rest_framework.request import Request
from rest_framework.views import APIView


class SignedInWithSession(permissions.IsAuthenticated):
    """For what a stolen token must not reach: making further tokens, deleting the account."""

    message = "Sign in to do this; an API token is not enough."
    code = "session_required"

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Tokens leave themselves in `request.auth`, sessions leave nothing."""
        return super().has_permission(request, view) and request.auth is None
