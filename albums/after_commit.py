"""Calls functions once what they rely on is committed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction


def after_commit(function: Callable[..., Any], *arguments: Any) -> None:
    """Call the function once the transaction is committed.

    What it raises is logged and goes no further: the request has succeeded, and the sweep does what was not done. For
    that, Django needs a function with a name. For a `functools.partial` it raises an error of its own instead.
    """

    @wraps(function)
    def call() -> None:
        function(*arguments)

    transaction.on_commit(call, robust=True)
