"""An error after a commit is logged, and the request goes on."""

from __future__ import annotations

import pytest
from django.db import transaction

from albums import jobs
from albums.after_commit import after_commit


@pytest.mark.django_db(transaction=True)
def test_an_error_is_logged_by_name_and_the_next_function_is_called(caplog: pytest.LogCaptureFixture) -> None:
    called: list[int] = []

    def fail(number: int) -> None:
        raise ValueError(f"number {number}")

    with transaction.atomic():
        after_commit(fail, 3)
        after_commit(called.append, 4)
        assert called == []
    assert called == [4]
    assert "fail in on_commit() during transaction (number 3)" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_message_that_cannot_be_sent_for_an_unknown_reason_fails_no_request(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        raise ModuleNotFoundError("No module named 'packaging'")

    monkeypatch.setattr(jobs, "_producer_app", broken)
    monkeypatch.setattr(jobs._breaker, "open_until", 0.0)  # a test before this one may have found no broker
    with transaction.atomic():
        jobs._send_after_commit(jobs.Job.SWEEP, [])
    assert "No module named 'packaging'" in caplog.text
