"""The address of an account: whether it is confirmed, and how it changes."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from web.accounts.models import User


def address_is_confirmed(user: User) -> bool:
    """Whether the person has shown that the mailbox is theirs. With EMAIL_VERIFICATION=none nobody is asked to."""
    if settings.ACCOUNT_EMAIL_VERIFICATION == "none":
        return True
    return bool(EmailAddress.objects.filter(user=user, email=user.email.lower(), verified=True).exists())


def confirmed_people(people: Iterable[User]) -> set[int]:
    """Primary keys of those whose address is confirmed, as `address_is_confirmed` says it of one."""
    people = list(people)
    if settings.ACCOUNT_EMAIL_VERIFICATION == "none":
        return {each.pk for each in people}
    rows = EmailAddress.objects.filter(user__in=people, verified=True).values_list("user_id", "email")
    confirmed = set(rows)
    return {each.pk for each in people if (each.pk, each.email.lower()) in confirmed}


def own_address(user: User) -> EmailAddress:
    """The row of the account's own address. Accounts that an operator made have none at first."""
    address, _ = EmailAddress.objects.get_or_create(user=user, email=user.email.lower(), defaults={"primary": False})
    if not address.primary:
        EmailAddress.objects.filter(user=user, primary=True).update(primary=False)
        EmailAddress.objects.filter(pk=address.pk).update(primary=True)
        address.primary = True
    return address


def address_confirm(user: User) -> None:
    """Note that the person reads the mail sent to the account's own address."""
    own_address(user).set_verified()


def address_ask_for(request: HttpRequest, user: User, email: str) -> EmailAddress:
    """Mail a link to the address that the person wants, instead of any that they asked for before.

    allauth would take the account's own address for one of those while it is not confirmed, and remove it.

    Raises:
        AccessEnded: when the password or the address changed meanwhile.

    """
    with transaction.atomic():
        user.lock()
        own = own_address(user)
        EmailAddress.objects.filter(user=user).exclude(pk=own.pk).delete()
        wanted = EmailAddress.objects.create(user=user, email=email.lower(), primary=False, verified=False)
    send_verification_email_to_address(request, wanted)
    return wanted
