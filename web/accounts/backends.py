"""Whose password signs in."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser

from web.accounts.models import User


class AddressBackend(AuthenticationBackend):  # type: ignore[misc]
    """Sign-in with the account's own address.

    allauth also accepts an address that an account only asked for. Its owner could then sign in to the account of the
    person who asked.
    """

    def _authenticate_by_email(self, email: str, password: str) -> AbstractBaseUser | None:
        user: AbstractBaseUser | None = self._check_password(User.objects.with_address(email), password)
        return user
