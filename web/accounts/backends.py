"""Whose password signs in."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser

from web.accounts.addresses import address_is_confirmed
from web.accounts.models import User


class AddressBackend(AuthenticationBackend):  # type: ignore[misc]
    """Sign-in with the account's own address.

    allauth also accepts an address that an account only asked for. Its owner could then sign in to the account of the
    person who asked.
    """

    def _authenticate_by_email(self, email: str, password: str) -> AbstractBaseUser | None:
        owner = User.objects.with_address(email)
        user: AbstractBaseUser | None = self._check_password(owner, password)
        return None if owner and _must_look_wrong(owner) else user


def _must_look_wrong(user: User) -> bool:
    """Whether the right password is refused like a wrong one.

    Who signs up with somebody's address could sign in afterwards if the address had no account, and so learn whether it
    had one. Nobody makes operators by signing up; they are asked for the mailed link instead.
    """
    return settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory" and not user.is_staff and not address_is_confirmed(user)
