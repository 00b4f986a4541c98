"""People in many tabs: regroupings, decisions, splits, merges, zips, undo and redo, all at once."""

from __future__ import annotations

import hashlib
import io
import random
import zipfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from tests.integration.faults.harness import Harness, Row, Run
from tests.integration.faults.scale import Scale

# The refusals allowed for each action at a bad moment. Anything else but success is a failure.
REFUSALS = {
    "exports/": {"still_working", "quota_exceeded", "nothing_picked"},
    "clusters/split/": {"nothing_to_split"},
    "clusters/merge/": {"nothing_to_merge"},
    "undo/": {"nothing_to_undo"},
    "redo/": {"nothing_to_redo"},
}
DECISIONS = ("keep", "reject", "auto")


class _Tab:
    """The album in another tab, and the answers it got."""

    def __init__(self, run: Run) -> None:
        self._run = run.in_another_tab()
        self.overruled: list[Row] = []
        """The decisions of somebody else that this tab was told to have replaced."""
        self.decided: dict[str, str] = {}
        """The last acknowledged decision of each photo."""
        self.refused: list[str] = []

    def post(self, action: str, data: Any = None) -> bool:
        """Send the action. False when it was refused for an allowed reason."""
        path = f"/api/v1/albums/{self._run.album}/{action}"
        response = self._run.person.request("POST", path, json=data or {})
        if response.ok:
            self.overruled += response.json().get("overruled", [])
            return True
        code = response.json()["code"]
        assert code in REFUSALS.get(action, ()), f"{action} {data}: {response.status_code} {response.text[:1000]}"
        self.refused.append(code)
        return False

    def decide(self, photos: list[str], decision: str) -> None:
        """Keep, reject, or neither."""
        lists: dict[str, list[str]] = {each: [] for each in DECISIONS}
        assert self.post("photos/decision/", {**lists, decision: photos})
        self.decided |= dict.fromkeys(photos, decision)


def _together(actions: Iterable[Callable[[], object]]) -> None:
    """Run each in its own thread. Raises the first error."""
    actions = list(actions)
    with ThreadPoolExecutor(len(actions)) as threads:
        for future in [threads.submit(action) for action in actions]:
            future.result()


def _reviewed(harness: Harness, run: Run) -> tuple[list[Row], float]:
    """The person's decisions and arrangements for every photo, and the similarity."""
    photos = harness.rows(
        "SELECT id, decision, manual_group, manual_kind FROM albums_photo WHERE album_id = %s ORDER BY id", run.album
    )
    return photos, run.person.get(f"/api/v1/albums/{run.album}/")["similarity"]


def _assert_picks_follow(harness: Harness, run: Run) -> None:
    """Whatever came first: kept photos are picked, and rejected ones are not."""
    photos = harness.rows("SELECT decision, picked FROM albums_photo WHERE album_id = %s", run.album)
    assert all(photo["picked"] for photo in photos if photo["decision"] == "keep")
    assert not any(photo["picked"] for photo in photos if photo["decision"] == "reject")


def _assert_zips_whole(harness: Harness, run: Run) -> None:
    """Each acknowledged zip is ready and contains what its row lists, byte for byte."""
    originals = {
        str(row["id"]): row["sha256"]
        for row in harness.rows("SELECT id, sha256 FROM albums_photo WHERE album_id = %s", run.album)
    }
    for export in harness.rows("SELECT * FROM albums_export WHERE album_id = %s", run.album):
        data = run.person.download({"id": export["id"]})
        assert export["photo_count"] == len(export["entries"]) > 0
        assert export["byte_size"] == len(data)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert archive.testzip() is None
            assert archive.namelist() == [name for _, name in export["entries"]]
            for photo, name in export["entries"]:
                assert hashlib.sha256(archive.read(name)).hexdigest() == originals[photo]


def _finish(harness: Harness, run: Run) -> None:
    """Wait until nothing is in progress. Then everything is in order."""
    harness.settle(run)
    unfinished = "SELECT 1 FROM albums_export WHERE album_id = %s AND state IN ('queued', 'building')"
    harness.wait(lambda: not harness.rows(unfinished, run.album), what="the zips")
    harness.assert_rows_consistent(run.album)
    harness.assert_objects_match(run.album)
    harness.assert_broker_empties()
    _assert_picks_follow(harness, run)
    _assert_zips_whole(harness, run)


def _partition(run: Run) -> set[frozenset[str]]:
    return {frozenset(cluster["photos"]) for cluster in run.groups()}


def test_acknowledged_changes_from_many_tabs_are_kept(harness: Harness, chance: random.Random, scale: Scale) -> None:
    run = harness.begin("tabs", harness.drawn.good)
    run.upload()
    photos = list(run.photos.values())
    # The service remembers 200 steps. The test will undo all of its steps.
    steps = scale.of(3, 12)
    # Each thread decides about its own photos, so it knows which decision is the last. One is of another person.
    member = harness.with_member(run)
    tabs = [_Tab(run), _Tab(member)]
    shares = [photos[number :: len(tabs)] for number in range(len(tabs))]
    regrouper, arranger, exporter = _Tab(run), _Tab(run), _Tab(run)
    seeds = [chance.random() for _ in range(4)]

    def decide(tab: _Tab, mine: list[str], seed: float) -> None:
        own = random.Random(seed)
        for _ in range(steps * 2):
            tab.decide(own.sample(mine, 5), own.choice(DECISIONS))

    def regroup(seed: float) -> None:
        own = random.Random(seed)
        for _ in range(steps):
            assert regrouper.post("regroup/", {"similarity": round(own.random(), 3)})

    def arrange(seed: float) -> None:
        own = random.Random(seed)
        for _ in range(steps):
            arranger.post("clusters/split/", {"photos": own.sample(photos, 2), "singles": own.random() < 0.5})
            arranger.post("clusters/merge/", {"photos": own.sample(photos, 2)})

    def export(wanted: int) -> None:
        """Request exports until this many were acknowledged. They are refused while the album is being grouped."""
        made = 0

        def more() -> bool:
            nonlocal made
            selection = ("picks", "all")[made % 2]
            made += exporter.post("exports/", {"selection": selection, "layout": "folders"})
            return made >= wanted

        harness.wait(more, what="zips", pause=0.02)

    # During the analysis, and after it.
    decisions = [
        lambda tab=tab, mine=mine, seed=seed: decide(tab, mine, seed)
        for tab, mine, seed in zip(tabs, shares, seeds, strict=False)
    ]
    _together([*decisions, lambda: regroup(seeds[2])])
    harness.settle(run)
    _together([*decisions, lambda: regroup(seeds[2]), lambda: arrange(seeds[3]), lambda: export(3)])
    _finish(harness, run)
    done = _reviewed(harness, run)
    acknowledged = {photo: decision for tab in tabs for photo, decision in tab.decided.items()}
    assert {str(row["id"]): row["decision"] for row in done[0]} == dict.fromkeys(photos, "auto") | acknowledged
    assert any(row["manual_group"] for row in done[0])
    # The grouping must use the last requested similarity, not one requested while it was running.
    groups = _partition(run)
    run.person.post(f"/api/v1/albums/{run.album}/regroup/")
    harness.settle(run)
    assert _partition(run) == groups

    # Undo every step once, with three threads at once. Then redo every step.
    def repeat(tab: _Tab, action: str) -> None:
        while tab.post(action):
            pass

    for action in ("undo/", "redo/"):
        three = [_Tab(run), _Tab(run), _Tab(member)]
        _together([*[lambda tab=tab, action=action: repeat(tab, action) for tab in three], lambda: export(1)])
        _finish(harness, run)
        if action == "undo/":
            untouched = {
                (row["decision"], row["manual_group"], row["manual_kind"]) for row in _reviewed(harness, run)[0]
            }
            assert untouched == {("auto", None, "moment")}
    assert _reviewed(harness, run) == done
    assert run.person.problems == member.person.problems == {}


def test_two_people_who_decide_at_once_lose_nothing(harness: Harness, scale: Scale) -> None:
    run = harness.begin("two", harness.drawn.good[:3])
    run.upload()
    harness.settle(run)
    member = harness.with_member(run)
    for photo in list(run.photos.values())[: scale.of(2, 3)]:
        owner, other = _Tab(run), _Tab(member)
        _together([partial(owner.decide, [photo], "keep"), partial(other.decide, [photo], "reject")])
        # One of the two came second, and was told what it replaced.
        (second,) = [tab for tab in (owner, other) if tab.overruled]
        assert [row["id"] for row in second.overruled] == [photo]
        first = other if second is owner else owner
        assert [row["decision"] for row in second.overruled] == list(first.decided.values())
        # The first cannot take back what is not theirs any more, and the second brings the first decision back.
        assert first.post("undo/")
        assert _decision(harness, photo) == second.decided[photo]
        assert second.post("undo/")
        assert _decision(harness, photo) == first.decided[photo]


def _decision(harness: Harness, photo: str) -> str:
    [row] = harness.rows("SELECT decision FROM albums_photo WHERE id = %s", photo)
    return str(row["decision"])
