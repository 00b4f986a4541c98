"""Arguments that several of our commands take."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser

from albums.exports.plan import ExportOptions
from albums.models import Export
from albums.picks import Wanted

_TECHNICAL_USER = "makealbum@localhost"


def similarity(text: str) -> float:
    """A similarity: 0 groups loosely, 1 strictly."""
    value = float(text)
    if not 0 <= value <= 1:
        raise ArgumentTypeError("must be between 0 (loose) and 1 (strict)")
    return value


def wanted_picks(text: str) -> Wanted:
    """A number of photos, or a share with a percent sign."""
    number = text.removesuffix("%").strip()
    value = int(number) if number.isdecimal() else 0
    if not 1 <= value <= (100 if text.endswith("%") else 1_000_000):
        raise ArgumentTypeError("must be a number of photos such as 50, or a share such as 25%")
    return Wanted(share=value / 100) if text.endswith("%") else Wanted(count=value)


def add_shape_arguments(parser: ArgumentParser) -> None:
    """The options for which files, in which folders."""
    parser.add_argument(
        "--layout",
        choices=Export.Layout.values,
        default=Export.Layout.FLAT,
        help="flat: all files side by side (default); folders: one folder for each group; source: its folders; "
        "days: one folder for each day",
    )
    parser.add_argument(
        "--sets",
        choices=Export.Sets.values,
        default=Export.Sets.SELECTED,
        help="of brackets, focus stacks and panoramas: selected: as all other photos (default); whole: all of a set of "
        "which one is selected; picks: only the picks",
    )


def add_zip_arguments(parser: ArgumentParser) -> None:
    """The options for what is in a zip besides originals, and for several zips."""
    parser.add_argument(
        "--jpeg-size", type=int, choices=Export.JPEG_SIZES, default=0, help="JPEGs of this longer side, not originals"
    )
    parser.add_argument(
        "--part-gigabytes",
        type=int,
        choices=range(1, 1001),
        metavar="GB",
        default=0,
        help="several zips of at most this size: 'NAME 1 of 3.zip' and so on",
    )
    parser.add_argument("--checksums", action="store_true", help="with checksums.sha256, for sha256sum --check")
    parser.add_argument(
        "--gallery", choices=Export.Language.values, help="with a page that shows the photos, in this language"
    )


def export_options(options: Mapping[str, Any]) -> ExportOptions:
    """What these options ask for."""
    names = ("layout", "sets", "jpeg_size", "part_gigabytes", "checksums")
    return ExportOptions(
        **{name: options[name] for name in names},
        gallery=options["gallery"] is not None,
        language=options["gallery"] or Export.Language.ENGLISH,
    )


def owner_named(user: str | None) -> AbstractBaseUser:
    """The named account, created without a password if it does not exist. Without a name, a technical account."""
    users = get_user_model()._default_manager  # noqa: SLF001 - documented for swapped user models
    email = user or _TECHNICAL_USER
    if "@" not in email:
        email = f"{email}@localhost"
    with suppress(users.model.DoesNotExist):
        return users.get(email__iexact=email)
    return users.create_user(email)
