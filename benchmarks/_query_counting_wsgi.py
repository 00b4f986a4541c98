"""The service's WSGI application, which adds the number of database queries to each response. For `benchmarks.load`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection

from web.wsgi import application as service

HEADER = "X-Queries"


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Count the queries on this thread's connection until the response starts. Streamed bodies are not counted."""
    queries = 0

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*arguments)

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        return start_response(status, [*headers, (HEADER, str(queries))], *rest)

    with connection.execute_wrapper(count):
        answer: Iterable[bytes] = service(environ, start)
    return answer
