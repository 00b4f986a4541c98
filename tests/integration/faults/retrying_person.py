"""A person whose client behaves like the page during an outage: show the problem, wait, and try again."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

import requests

from tests.integration.faults.scale import SETTLE_SECONDS
from tests.integration.person import Person

_PAUSE_SECONDS = 0.25
# The connection broke before the answer or in the middle of its body.
_BROKEN_CONNECTION = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError)


class RetryingPerson(Person):
    """Retries requests that broke off or were answered with 503, and counts the problems.

    Any other failure of the service is an error at once: a 500 means a traceback in a log.
    """

    patience_seconds = SETTLE_SECONDS

    def __init__(self, url: str, email: str) -> None:
        super().__init__(url, email)
        self.problems: Counter[str] = Counter()

    def request(self, method: str, path: str, **options: Any) -> requests.Response:
        """Send a request until it is answered."""
        deadline = time.monotonic() + self.patience_seconds
        while True:
            try:
                response = super().request(method, path, **options)
            except _BROKEN_CONNECTION as error:
                if time.monotonic() > deadline:
                    raise
                self.problems[type(error).__name__] += 1
            else:
                if response.status_code < 500:
                    return response
                self.problems[assert_clear_problem(response)] += 1
                assert time.monotonic() < deadline, f"{path} is still answered by {response.text[:500]}"
            time.sleep(_PAUSE_SECONDS)

    def send(self, result: dict[str, Any], data: bytes) -> None:
        """Send a file until it has arrived."""
        deadline = time.monotonic() + self.patience_seconds
        while True:
            try:
                return super().send(result, data)
            except (requests.ConnectionError, requests.Timeout, AssertionError):
                if time.monotonic() > deadline:
                    raise
                self.problems["upload"] += 1
            time.sleep(_PAUSE_SECONDS)


def assert_clear_problem(response: requests.Response) -> str:
    """Return the problem's code. It must be a 503 with a sentence and a Retry-After, without a traceback."""
    said = f"{response.request.method} {response.url} answered {response.status_code}: {response.text[:1000]}"
    assert response.status_code == 503, said
    assert response.headers["Content-Type"].startswith("application/problem+json"), said
    assert "Traceback" not in response.text, said
    problem = response.json()
    assert problem["detail"].endswith("."), said
    assert int(response.headers["Retry-After"]) > 0, said
    return str(problem["code"])
