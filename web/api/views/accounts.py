"""The person's own account and API tokens."""

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
from web.api.pagination import PageInput
from web.api.permissions import SignedInWithSession
from web.api.schema import page_of
from web.api.serializers.accounts import (
    AccountDeleteInput,
    AccountOutput,
    PersonalRankerInput,
    PersonalRankerOutput,
    TokenCreatedOutput,
    TokenInput,
    TokenOutput,
    UsageOutput,
)
from web.api.throttling import PasswordThrottle, TokenThrottle, throttles
from web.api.views.base import ApiView, body, person


class AccountView(ApiView):
    """The account of the person who asks."""

    reads_body_of_delete = True

    def get_permissions(self) -> list[permissions.BasePermission]:
        """Let tokens look, and only people delete."""
        return [SignedInWithSession()] if self.request.method == "DELETE" else [permissions.IsAuthenticated()]

    def get_throttles(self) -> list[BaseThrottle]:
        """Count attempts at the password."""
        return throttles(*[PasswordThrottle] if self.request.method == "DELETE" else [])

    @extend_schema(operation_id="account_retrieve", responses=AccountOutput)
    def get(self, request: Request) -> Response:
        """Show who is signed in."""
        return Response(AccountOutput(person(request)).data)

    @extend_schema(operation_id="account_delete", request=AccountDeleteInput, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Delete the account with its albums, photos, exports and tokens. The current password confirms it."""
        account_delete(person(request), password=body(request, AccountDeleteInput)["password"])
        logout(request._request)  # noqa: SLF001
        return Response(status=status.HTTP_204_NO_CONTENT)


class UsageView(ApiView):
    """What the account uses of what it may."""

    @extend_schema(operation_id="account_usage", responses=UsageOutput)
    def get(self, request: Request) -> Response:
        """Show how much of each quota is used."""
        limits = quotas.limits()
        shown = [
            {"quota": quota.value, "used": used, "limit": limits.get(quota)}
            for quota, used in quotas.usage(person(request).pk).items()
        ]
        return Response(UsageOutput({"quotas": shown}).data)


class PersonalRankerView(ApiView):
    """What the person's decisions have taught about how they choose."""

    @extend_schema(operation_id="account_personal_ranker", responses=PersonalRankerOutput)
    def get(self, request: Request) -> Response:
        """Show what was learned, and whether it is any good."""
        return self._show(request)

    @extend_schema(
        operation_id="account_personal_ranker_switch", request=PersonalRankerInput, responses=PersonalRankerOutput
    )
    def patch(self, request: Request) -> Response:
        """Switch learning on or off. What was learned stays."""
        personal_ranker_switch(person(request).pk, on=body(request, PersonalRankerInput)["enabled"])
        return self._show(request)

    @extend_schema(operation_id="account_personal_ranker_reset", responses={204: None})
    def delete(self, request: Request) -> Response:
        """Forget what was learned, and do not learn from the decisions made until now. The decisions stay."""
        personal_ranker_reset(person(request).pk)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _show(self, request: Request) -> Response:
        return Response(PersonalRankerOutput(personal_ranker_status(person(request).pk)).data)


class TokenListView(ApiView):
    """API tokens."""

    permission_classes = (SignedInWithSession,)

    def get_throttles(self) -> list[BaseThrottle]:
        """Count what is made."""
        return throttles(*[TokenThrottle] if self.request.method == "POST" else [])

    @extend_schema(operation_id="tokens_list", parameters=[PageInput], responses=page_of(TokenOutput))
    def get(self, request: Request) -> Response:
        """List the tokens, the newest first, without what is secret of them."""
        tokens = ApiToken.objects.filter(user=person(request)).order_by("-created", "id")
        return self.page(request, tokens, TokenOutput)

    @extend_schema(operation_id="tokens_create", request=TokenInput, responses={201: TokenCreatedOutput})
    def post(self, request: Request) -> Response:
        """Make a token for a program. Its text is in this answer and nowhere else."""
        wanted = body(request, TokenInput)
        token, text = token_create(person(request), name=wanted["name"], lifetime=TokenInput.lifetime(wanted))
        shown = {**TokenOutput(token).data, "token": text}
        return Response(shown, status=status.HTTP_201_CREATED)


class TokenView(ApiView):
    """One API token."""

    permission_classes = (SignedInWithSession,)

    @extend_schema(operation_id="tokens_revoke", responses={204: None})
    def delete(self, request: Request, token_id: UUID) -> Response:
        """Revoke a token. It is worthless at once."""
        token = ApiToken.objects.filter(user=person(request), id=token_id).first()
        if token is None:
            raise NotFound("There is no such token.")
        token_revoke(token)
        return Response(status=status.HTTP_204_NO_CONTENT)
