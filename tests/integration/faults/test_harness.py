"""Tests the checks themselves: a run without a fault passes, and anything lost, duplicated or left over does not."""

from __future__ import annotations

from contextlib import closing

import psycopg
import pytest

from albums import storage
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
