"""Writes to accounts that allauth has none for: deletion, and API tokens."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from albums.exceptions import AlbumsError
from albums.models import Album
from albums.services.albums import album_delete
from web.accounts.models import ApiToken, User


class WrongPassword(AlbumsError):
    """The password given to confirm a step is not the account's."""

    code = "wrong_password"
    message = "This is not the account's current password."


class TooManyTokens(AlbumsError):
    """One token more than an account may have."""

    code = "too_many_tokens"
    status = 409


def account_delete(user: User, *, password: str) -> None:
    """Delete the account as its owner asks for it, with everything of it.

    Raises:
        WrongPassword: when the password is not the current one. Nothing is deleted then.

    """
    if not user.check_password(password):
        raise WrongPassword
    account_remove(user)


@transaction.atomic
def account_remove(user: User) -> None:
    """Delete the account and everything of it; the objects of its albums follow the rows."""
    # Whoever adds an album now waits, and then finds no owner for it: no album goes and leaves its objects behind.
    User.objects.select_for_update().get(pk=user.pk)
    for album in Album.objects.filter(owner=user):
        album_delete(album)
    user.delete()


def token_create(user: User, *, name: str, lifetime: timedelta | None = None) -> tuple[ApiToken, str]:
    """Make a token, good until revoked unless it has a lifetime, and return it with its text, which is kept nowhere.

    Raises:
        TooManyTokens: when the account has MAX_API_TOKENS already.

    """
    if ApiToken.objects.filter(user=user).count() >= settings.MAX_API_TOKENS:
        message = f"An account has at most {settings.MAX_API_TOKENS} tokens. Revoke one that is no longer used."
        raise TooManyTokens(message)
    token, text = ApiToken.objects.create(user=user, name=name, expiry=lifetime)
    return token, text


def token_revoke(token: ApiToken) -> None:
    """Make the token worthless at once."""
    token.delete()
