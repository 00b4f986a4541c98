"""Pages by cursor: the next page begins after the last row of this one, even if rows have come or gone meanwhile.

The framework's CursorPagination compares one column and counts ties. Thousands of photos can tie: those without a time,
or those of one burst. Here the cursor holds the whole sort key, taken from the ordering of the queryset.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.conf import settings
from django.core import signing
from django.core.exceptions import ImproperlyConfigured
from django.db.models import F, Field, Model, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, serializers, status
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV

Row = TypeVar("Row", bound=Model)

DEFAULT_PAGE_SIZE = 100
MAX_PAGE_SIZE = 500


class InvalidCursor(exceptions.APIException):
    """The cursor was not made for this list."""

    status_code = status.HTTP_400_BAD_REQUEST
    default_code = "invalid_cursor"
    default_detail = _("This cursor does not belong to this list. Start again from the first page.")


class PageInput(serializers.Serializer[Any]):
    """The query parameters of every list."""

    cursor = serializers.CharField(required=False, help_text="From `next` of the previous page.")
    page_size = serializers.IntegerField(
        required=False, default=DEFAULT_PAGE_SIZE, min_value=1, max_value=MAX_PAGE_SIZE
    )


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list, and the URL of the next page; None on the last page."""

    results: Sequence[Row]
    next: str | None


def paginate(
    queryset: QuerySet[Row],
    request: Request,
    *,
    cursor: str | None,
    page_size: int,
    weight: Callable[[Row], int] = lambda _row: 0,
    seals: bool = False,
) -> Page[Row]:
    """One page of rows, in one query.

    `seals` is for readers who may not see what the list is sorted by: the names of files. Their cursors are encrypted.

    The ordering of the queryset must be unique for each row, and put empty values last. A page ends earlier where the
    weights of its rows would add up to more than MAX_PAGE_SIZE.

    Raises:
        InvalidCursor: when the cursor belongs to another list or was changed.

    """
    key = _SortKey.of(queryset, seals=seals)
    if cursor is not None:
        queryset = queryset.filter(key.after(cursor))
    found = list(queryset[: page_size + 1])
    rows = _light_enough(found[:page_size], weight)
    if len(rows) == len(found):
        return Page(rows, None)
    return Page(rows, replace_query_param(request.build_absolute_uri(), "cursor", key.cursor(rows[-1])))


def _light_enough(rows: list[Row], weight: Callable[[Row], int]) -> list[Row]:
    total = 0
    for count, row in enumerate(rows):
        total += weight(row)
        if count and total > MAX_PAGE_SIZE:
            return rows[:count]
    return rows


@dataclass(frozen=True)
class _Column:
    """One column of an ordering."""

    field: Field[Any, Any]
    descending: bool

    def equals(self, value: Any) -> Q:
        return Q(**{f"{self.field.name}__isnull": True}) if value is None else Q(**{self.field.name: value})

    def follows(self, value: Any) -> Q | None:
        """The condition for rows after this value; None after an empty value, since these are the last."""
        if value is None:
            return None
        behind = Q(**{f"{self.field.name}__{'lt' if self.descending else 'gt'}": value})
        return behind | self.equals(None) if self.field.null else behind


@dataclass(frozen=True)
class _SortKey:
    """The columns that sort a list. A cursor holds the values of one row in these columns."""

    columns: tuple[_Column, ...]
    salt: str
    seals: bool

    @classmethod
    def of(cls, queryset: QuerySet[Any], *, seals: bool = False) -> _SortKey:
        terms = queryset.query.order_by
        if not terms:
            raise ImproperlyConfigured("A list without an ordering cannot be paged.")
        columns = tuple(_column(queryset.model, term) for term in terms)
        names = [f"{'-' if column.descending else ''}{column.field.name}" for column in columns]
        return cls(columns, ":".join(["web.api.pagination", queryset.model._meta.label, *names]), seals)  # noqa: SLF001

    def cursor(self, row: Model) -> str:
        values = [_plain(getattr(row, column.field.name)) for column in self.columns]
        # Signed, so that a client cannot put other values into it. Without the time, so that the same page gives the
        # same answer.
        if self.seals:
            return _sealed(values, self.salt)
        return signing.Signer(salt=self.salt).sign_object(values)

    def after(self, cursor: str) -> Q:
        try:
            texts: list[Any] = (
                _opened(cursor, self.salt) if self.seals else signing.Signer(salt=self.salt).unsign_object(cursor)
            )
        except (signing.BadSignature, ValueError) as error:
            raise InvalidCursor from error
        behind, equal = Q(), Q()
        for column, text in zip(self.columns, texts, strict=True):
            value = None if text is None else column.field.to_python(text)
            follows = column.follows(value)
            if follows is not None:
                behind |= equal & follows
            equal &= column.equals(value)
        return behind


def _cipher() -> AESSIV:
    """Encrypts and signs. The same content becomes the same text."""
    # Only guests need it, and it takes 6 MB.
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV

    return AESSIV(hashlib.blake2b(settings.SECRET_KEY.encode(), person=b"cursors").digest())


def _sealed(values: list[object], salt: str) -> str:
    sealed = _cipher().encrypt(json.dumps(values).encode(), [salt.encode()])
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def _opened(cursor: str, salt: str) -> list[Any]:
    from cryptography.exceptions import InvalidTag

    sealed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    try:
        values: list[Any] = json.loads(_cipher().decrypt(sealed, [salt.encode()]))
    except InvalidTag as error:
        raise signing.BadSignature from error
    return values


def _column(model: type[Model], term: object) -> _Column:
    nulls_last = False
    if isinstance(term, str):
        name, descending = term.removeprefix("-"), term.startswith("-")
    elif isinstance(term, OrderBy) and isinstance(term.expression, F):
        name, descending, nulls_last = str(vars(term.expression)["name"]), term.descending, bool(term.nulls_last)
    else:
        raise ImproperlyConfigured(f"A list ordered by {term!r} cannot be paged: only columns can be compared.")
    field = model._meta.get_field(name)  # noqa: SLF001
    if not isinstance(field, Field) or (field.null and not nulls_last):
        raise ImproperlyConfigured(f"A list ordered by {name} can be paged only with its empty values last.")
    return _Column(field, descending)


def _plain(value: object) -> object:
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return str(value) if isinstance(value, uuid.UUID) else value
