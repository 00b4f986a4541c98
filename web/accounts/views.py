"""allauth's views, with the inputs of this service."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.headless.account.views import (
    ManageEmailView,
    RequestPasswordResetView,
    ResetPasswordView,
    SignupView,
    VerifyEmailView,
)
from allauth.headless.base.response import ForbiddenResponse, UnauthorizedResponse
from allauth.headless.internal.restkit.response import ErrorResponse
from django.db import IntegrityError, transaction
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
from web.accounts.models import AccessEnded, User


class SignUpView(SignupView):  # type: ignore[misc]
    """Creates an account."""

    input_class = {"POST": SignUpInput}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse when sign-up is closed. allauth looks first whether the address has an account, and says so."""
        if not get_adapter().is_open_for_signup(request):
            refused: HttpResponseBase = ForbiddenResponse(request)
            return refused
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class ResetRequestView(RequestPasswordResetView):  # type: ignore[misc]
    """Mails a link that resets the password."""

    input_class = ResetRequestInput

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Mail it, or say how long to wait where ACCOUNT_RATE_LIMITS has been reached."""
        response: HttpResponse = super().post(request, *args, **kwargs)
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            response["Retry-After"] = "3600"
        return response


class ResetView(ResetPasswordView):  # type: ignore[misc]
    """Checks such a link, and sets the password."""

    input_class = ResetInput

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check the link."""
        given = ResetKeyInput({"key": request.headers.get("X-Password-Reset-Key", "")})
        valid = given.is_valid()
        response: HttpResponse = super().get(request, *args, **kwargs) if valid else ErrorResponse(request, input=given)
        return response


class ConfirmationView(VerifyEmailView):  # type: ignore[misc]
    """Confirms an address."""

    input_class = ConfirmationInput

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Load the person first: a new address ends the session in the database, and nothing could be read from it."""
        str(request.user)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Confirm, unless the link has ended since it was checked: the account has another password, or the address.

        allauth would write the deleted row again.
        """
        address = self.input.verification.email_address
        try:
            with transaction.atomic():
                User.objects.select_for_update().filter(pk=address.user_id).first()
                if EmailAddress.objects.filter(pk=address.pk, verified=False).exists():
                    response: HttpResponse = super().post(request, *args, **kwargs)
                    return response
        except IntegrityError:
            pass  # Another account was given the address a moment ago.
        self.input.add_error("key", get_adapter().validation_error("invalid_or_expired_key"))
        refused: HttpResponse = ErrorResponse(request, input=self.input)
        return refused


class EmailView(ManageEmailView):  # type: ignore[misc]
    """The account's e-mail addresses: its own, and one that the person asked for."""

    input_class = {**ManageEmailView.input_class, "POST": WantedEmailInput, "PATCH": ConfirmedEmailInput}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask for an address."""
        try:
            response: HttpResponse = super().post(request, *args, **kwargs)
        except AccessEnded:
            response = UnauthorizedResponse(request)
        return response

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """See that the account's own address has its row."""
        if request.user.is_authenticated:
            own_address(request.user)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response
