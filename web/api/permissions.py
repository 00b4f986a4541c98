"""Permissions beyond being signed in. The look-up of an object checks whose it is."""

from __future__ import annotations

from rest_framework import permissions
from rest_framework.request import Request
from rest_framework.views import APIView


class SignedInWithSession(permissions.IsAuthenticated):
    """For actions that a stolen token must not allow: creating more tokens, deleting the account."""

    message = "Sign in to do this. An API token is not enough."
    code = "session_required"

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Allow sessions only: `request.auth` holds the token, or None for a session."""
        return super().has_permission(request, view) and request.auth is None
