"""allauth's views, with the inputs of this service."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.headless.account.views import (
    ManageEmailView,
    RequestPasswordResetView,
    ResetPasswordView,
    SignupView,
    VerifyEmailView,
)
from allauth.headless.base.response import ForbiddenResponse
from allauth.headless.internal.restkit.response import ErrorResponse
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from web.accounts.addresses import own_address
from web.accounts.inputs import (
    ConfirmationInput,
    ConfirmedEmailInput,
    ResetInput,
    ResetKeyInput,
    ResetRequestInput,
    SignUpInput,
    WantedEmailInput,
)


class SignUpView(SignupView):  # type: ignore[misc]
    """Creates an account."""

    input_class = {"POST": SignUpInput}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse when sign-up is closed. allauth looks first whether the address has an account, and says so."""
        if not get_adapter().is_open_for_signup(request):
            return ForbiddenResponse(request)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class ResetRequestView(RequestPasswordResetView):  # type: ignore[misc]
    """Mails a link that resets the password."""

    input_class = ResetRequestInput


class ResetView(ResetPasswordView):  # type: ignore[misc]
    """Checks such a link, and sets the password."""

    input_class = ResetInput

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check the link."""
        given = ResetKeyInput({"key": request.headers.get("X-Password-Reset-Key", "")})
        if not given.is_valid():
            return ErrorResponse(request, input=given)
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response


class ConfirmationView(VerifyEmailView):  # type: ignore[misc]
    """Confirms an address."""

    input_class = ConfirmationInput

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Load the person first: a new address ends the session in the database, and nothing could be read from it."""
        str(request.user)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class EmailView(ManageEmailView):  # type: ignore[misc]
    """The account's e-mail addresses: its own, and one that the person asked for."""

    input_class = {**ManageEmailView.input_class, "POST": WantedEmailInput, "PATCH": ConfirmedEmailInput}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """See that the account's own address has its row."""
        if request.user.is_authenticated:
            own_address(request.user)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response
