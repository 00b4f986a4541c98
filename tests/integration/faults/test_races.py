"""Many things at once: the same file, the same message, and deletions of what is being worked on."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import psycopg

from tests.integration.faults.harness import Harness, Outcome, Run
from tests.integration.faults.scale import Scale


def test_the_same_files_uploaded_many_times_at_once_are_stored_once(
    harness: Harness, undisturbed: Outcome, scale: Scale
) -> None:
    run = harness.begin("many")
    tabs = [run.in_another_tab() for _ in range(scale.of(4, 10))]
    with ThreadPoolExecutor(len(tabs)) as threads:
        list(threads.map(Run.upload, tabs))
    run.photos = tabs[0].photos
    assert all(tab.photos == run.photos for tab in tabs)
    assert all(tab.person.problems == {} for tab in tabs)
    run.decide()
    harness.assert_nothing_lost(run, undisturbed)
    assert set(harness.claims(run, "prepare").values()) == {1}


def test_photos_and_albums_deleted_while_they_are_analyzed_leave_nothing(
    harness: Harness, chance: random.Random
) -> None:
    run, doomed = (harness.begin(name, harness.drawn.good) for name in ("thinned", "doomed"))
    for each in (run, doomed):
        each.upload()
    photos = sorted(run.photos.values())
    victims = chance.sample(photos, len(photos) * 5 // 9)
    tabs = [run.in_another_tab().person for _ in range(3)]

    def delete(numbered: tuple[int, str]) -> int:
        number, photo = numbered
        return tabs[number % 3].request("DELETE", f"/api/v1/photos/{photo}/").status_code

    with ThreadPoolExecutor(3) as threads:
        answers = list(threads.map(delete, enumerate(victims)))
    assert set(answers) == {204}
    assert doomed.person.request("DELETE", f"/api/v1/albums/{doomed.album}/").status_code == 204
    assert all(person.problems == {} for person in (*tabs, doomed.person))
    harness.settle(run)
    left = harness.rows("SELECT id FROM albums_photo WHERE album_id = %s AND state = 'analyzed'", run.album)
    assert {str(row["id"]) for row in left} == set(run.photos.values()) - set(victims)
    harness.assert_rows_consistent(run.album)
    harness.assert_broker_empties()
    # A worker may have written a thumbnail since. The last deletion runs when no presigned upload is valid any more.
    with psycopg.connect(harness.stack.postgres.url) as connection:
        connection.execute("UPDATE albums_objectdeletion SET final_after = now() - interval '1 second'")
    harness.wait(lambda: not harness.rows("SELECT 1 FROM albums_objectdeletion"), what="the last deletion")
    harness.assert_objects_match(run.album)
    assert harness.keys(doomed.album) == set()
