"""Tests the checks themselves: a run without a fault passes, and anything lost, duplicated or left over does not."""

from __future__ import annotations

import json
from contextlib import closing

import psycopg
import pytest
from celery import Celery

from albums import storage
from albums.jobs import QUEUE_OF, Job
from tests.integration.faults import harness as checks
from tests.integration.faults.drawn_album import DECISIONS
from tests.integration.faults.harness import Harness, Outcome
from tests.integration.faults.scale import long_only


@long_only
def test_a_second_run_without_a_fault_comes_out_the_same(harness: Harness, undisturbed: Outcome) -> None:
    run = harness.under_way("calm")
    harness.assert_nothing_lost(run, undisturbed)
    assert run.person.problems == {}
    # The person decided something: the ranking alone would have made another zip.
    picks = [name for group in undisturbed.groups for name in group["picks"]]
    kept = {name for name, decision in DECISIONS.items() if decision == "keep"}
    assert kept <= set(picks)

    # The checks notice what is wrong.
    with psycopg.connect(harness.stack.postgres.url, autocommit=True) as connection:
        photo = connection.execute("SELECT id FROM albums_photo WHERE album_id = %s LIMIT 1", [run.album]).fetchone()
        assert photo
        connection.execute("UPDATE albums_photo SET claimed_by = 'somebody' WHERE id = %s", photo)
        with pytest.raises(AssertionError):
            harness.assert_rows_consistent(run.album)
        connection.execute("UPDATE albums_photo SET claimed_by = '' WHERE id = %s", photo)
        connection.execute("UPDATE albums_cluster SET position = position + 1 WHERE album_id = %s", [run.album])
        with pytest.raises(AssertionError):
            harness.assert_rows_consistent(run.album)
        connection.execute("UPDATE albums_cluster SET position = position - 1 WHERE album_id = %s", [run.album])
        harness.assert_rows_consistent(run.album)
    with closing(storage.open_storage(harness.stack.s3.url)) as bucket:
        bucket.delete([storage.preview_key(run.album, run.photos["IMG_1001.jpg"])])
    with pytest.raises(AssertionError):
        harness.assert_objects_match(run.album)


@long_only
def test_the_broker_may_hold_new_sweeps_and_no_message_that_stays(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = Celery("sweeping", broker=harness.stack.valkey.url, set_as_current=False)

    def with_a_new_sweep() -> dict[str, str]:
        app.send_task(Job.SWEEP, queue=QUEUE_OF[Job.SWEEP])
        return Harness.messages(harness)

    monkeypatch.setattr(harness, "messages", with_a_new_sweep)
    harness.assert_broker_empties()

    monkeypatch.setattr(checks, "SETTLE_SECONDS", 5)
    for job in (Job.SWEEP, Job.PREPARE_PHOTOS):
        message = {"properties": {"delivery_tag": "lost"}, "headers": {"task": job}}
        with harness.stack.valkey.client() as client:
            # A worker took it, and no time is noted after which others would take it.
            client.hset("unacked", "lost", json.dumps([message, "", QUEUE_OF[job]]))
            with pytest.raises(AssertionError, match="Messages are left"):
                harness.assert_broker_empties()
            client.hdel("unacked", "lost")
