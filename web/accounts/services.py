"""Writes to accounts that allauth does not offer: deletion and API tokens."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from albums.exceptions import AlbumsError
from albums.models import Album
from albums.services.albums import album_delete
from web.accounts.addresses import address_is_confirmed
from web.accounts.models import ApiToken, User
from web.accounts.sessions import NOTE_USE_EVERY


class WrongPassword(AlbumsError):
    """The password that should confirm an action is wrong."""

    code = "wrong_password"
    message = "This is not your current password. Try again."


class AddressUnconfirmed(AlbumsError):
    """The person who made the account may have typed somebody else's address."""

    code = "address_unconfirmed"
    status = 403
    message = "Confirm your e-mail address first: open the link that was mailed to it."


class TooManyTokens(AlbumsError):
    """The account already has as many tokens as it may have."""

    code = "too_many_tokens"
    status = 409


def account_delete(user: User, *, password: str) -> None:
    """Delete the account with everything in it, at its owner's request.

    Raises:
        WrongPassword: when the password is wrong. Nothing is deleted then.

    """
    if not user.check_password(password):
        raise WrongPassword
    account_remove(user)


def account_remove(user: User) -> None:
    """Delete the account with everything in it. The stored objects of its albums are deleted after the rows.

    Others who edit one of these albums lose it, too. What the person decided in albums of others stays, without a name.
    """
    # Each in a transaction of its own: together they would keep other people from writing to SQLite for long.
    for album in Album.objects.filter(owner=user):
        album_delete(album)
    _account_remove(user)


@transaction.atomic
def _account_remove(user: User) -> None:
    # A concurrent request that adds an album waits here and then fails, so no objects are orphaned.
    User.objects.select_for_update().get(pk=user.pk)
    for album in Album.objects.filter(owner=user):
        album_delete(album)
    user.end_access()
    user.delete()


@transaction.atomic
def token_create(user: User, *, name: str, lifetime: timedelta | None = None) -> tuple[ApiToken, str]:
    """Create a token, and return it with its text, which is stored nowhere. Without a lifetime it never expires.

    Raises:
        AccessEnded: when the password or the address changed meanwhile.
        AddressUnconfirmed: when the address of the account is not confirmed, and should be.
        TooManyTokens: when the account already has MAX_API_TOKENS.

    """
    user.lock()
    if not address_is_confirmed(user):
        raise AddressUnconfirmed
    if ApiToken.objects.filter(user=user).count() >= settings.MAX_API_TOKENS:
        message = f"An account can have at most {settings.MAX_API_TOKENS} tokens. Revoke one that you no longer use."
        raise TooManyTokens(message)
    token, text = ApiToken.objects.create(user=user, name=name, expiry=lifetime)
    return token, text


def token_note_use(token: ApiToken) -> None:
    """Note that the token was used, every few minutes."""
    now = timezone.now()
    if token.used_at is None or now - token.used_at > NOTE_USE_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(used_at=now)


def token_revoke(token: ApiToken) -> None:
    """Delete the token. It stops working at once."""
    token.delete()
