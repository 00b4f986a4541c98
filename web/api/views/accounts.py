"""The person's own account, sessions and API tokens."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth import logout
from drf_spectacular.utils import extend_schema
from rest_framework import permissions, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from albums import quotas
from albums.exceptions import NotFound
from albums.personal_ranker import personal_ranker_status
from albums.services.personal_ranker_settings import personal_ranker_reset, personal_ranker_switch
from web.accounts.models import ApiToken
from web.accounts.services import account_delete, token_create, token_revoke
from web.accounts.sessions import session_end, sessions_of
from web.api.pagination import PageInput
from web.api.permissions import SignedInWithSession
from web.api.schema import page_of
from web.api.serializers.accounts import (
    AccountDeleteInput,
    AccountOutput,
    PersonalRankerInput,
    PersonalRankerOutput,
    SessionOutput,
    TokenCreatedOutput,
    TokenInput,
    TokenOutput,
    UsageOutput,
)
from web.api.throttling import PasswordThrottle, TokenThrottle, throttles
from web.api.views.base import ApiView, body, person


class AccountView(ApiView):
    """The signed-in account."""

    reads_body_of_delete = True

    def get_permissions(self) -> list[permissions.BasePermission]:
        """Let tokens read the account, but only sessions delete it."""
        return [SignedInWithSession()] if self.request.method == "DELETE" else [permissions.IsAuthenticated()]

    def get_throttles(self) -> list[BaseThrottle]:
        """Limit attempts at the password."""
        return throttles(*[PasswordThrottle] if self.request.method == "DELETE" else [])

    @extend_schema(operation_id="account_retrieve", responses=AccountOutput)
    def get(self, request: Request) -> Response:
        """Show the signed-in account."""
        return Response(AccountOutput(person(request)).data)

    @extend_schema(operation_id="account_delete", request=AccountDeleteInput, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Delete the account with its albums, photos, exports and tokens. The current password confirms it."""
        account_delete(person(request), password=body(request, AccountDeleteInput)["password"])
        logout(request._request)  # noqa: SLF001
        return Response(status=status.HTTP_204_NO_CONTENT)


class UsageView(ApiView):
    """Per-account quotas and current usage."""

    @extend_schema(operation_id="account_usage", responses=UsageOutput)
    def get(self, request: Request) -> Response:
        """Show the limit and the current usage of each quota."""
        limits = quotas.limits()
        shown = [
            {"quota": quota.value, "used": used, "limit": limits.get(quota)}
            for quota, used in quotas.usage(person(request).pk).items()
        ]
        return Response(UsageOutput({"quotas": shown}).data)


class PersonalRankerView(ApiView):
    """The personal ranker, which learns from the person's decisions."""

    @extend_schema(operation_id="account_personal_ranker", responses=PersonalRankerOutput)
    def get(self, request: Request) -> Response:
        """Show what the personal ranker has learned, and how good it is."""
        return self._show(request)

    @extend_schema(
        operation_id="account_personal_ranker_switch", request=PersonalRankerInput, responses=PersonalRankerOutput
    )
    def patch(self, request: Request) -> Response:
        """Switch the personal ranker on or off. It keeps what it has learned."""
        personal_ranker_switch(person(request).pk, on=body(request, PersonalRankerInput)["enabled"])
        return self._show(request)

    @extend_schema(operation_id="account_personal_ranker_reset", responses={204: None})
    def delete(self, request: Request) -> Response:
        """Make the personal ranker forget what it learned, and ignore all decisions until now. The decisions stay."""
        personal_ranker_reset(person(request).pk)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _show(self, request: Request) -> Response:
        return Response(PersonalRankerOutput(personal_ranker_status(person(request).pk)).data)


class TokenListView(ApiView):
    """API tokens."""

    permission_classes = (SignedInWithSession,)

    def get_throttles(self) -> list[BaseThrottle]:
        """Limit the creation of tokens."""
        return throttles(*[TokenThrottle] if self.request.method == "POST" else [])

    @extend_schema(operation_id="tokens_list", parameters=[PageInput], responses=page_of(TokenOutput))
    def get(self, request: Request) -> Response:
        """List the tokens, the newest first, without their secret part."""
        tokens = ApiToken.objects.filter(user=person(request)).order_by("-created", "id")
        return self.page(request, tokens, TokenOutput)

    @extend_schema(operation_id="tokens_create", request=TokenInput, responses={201: TokenCreatedOutput})
    def post(self, request: Request) -> Response:
        """Create a token for a program. Only this response contains its text."""
        wanted = body(request, TokenInput)
        token, text = token_create(person(request), name=wanted["name"], lifetime=TokenInput.lifetime(wanted))
        shown = {**TokenOutput(token).data, "token": text}
        return Response(shown, status=status.HTTP_201_CREATED)


class TokenView(ApiView):
    """One API token."""

    permission_classes = (SignedInWithSession,)

    @extend_schema(operation_id="tokens_revoke", responses={204: None})
    def delete(self, request: Request, token_id: UUID) -> Response:
        """Revoke a token. It stops working at once."""
        token = ApiToken.objects.filter(user=person(request), id=token_id).first()
        if token is None:
            raise NotFound("There is no such token.")
        token_revoke(token)
        return Response(status=status.HTTP_204_NO_CONTENT)


class SessionListView(ApiView):
    """Where the account is signed in."""

    permission_classes = (SignedInWithSession,)

    @extend_schema(operation_id="sessions_list", parameters=[PageInput], responses=page_of(SessionOutput))
    def get(self, request: Request) -> Response:
        """List the browsers that are signed in, the newest first."""
        return self.page(request, sessions_of(person(request)), SessionOutput)


class SessionView(ApiView):
    """One browser that is signed in."""

    permission_classes = (SignedInWithSession,)

    @extend_schema(operation_id="sessions_end", responses={204: None})
    def delete(self, request: Request, session_id: UUID) -> Response:
        """Sign the browser out at once."""
        record = sessions_of(person(request)).filter(id=session_id).first()
        if record is None:
            raise NotFound("There is no such session.")
        session_end(record)
        return Response(status=status.HTTP_204_NO_CONTENT)
