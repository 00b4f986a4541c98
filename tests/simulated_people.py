"""Simulated people with known preferences, who choose among measured photos. Tests learn personal rankers from them.

The photos are the training examples of the shipped ranker (measurements only), in groups of two to six of one scene.
Some get faces, for people who look at eyes first. `python -m tests.simulated_people` prints how well it learns.
"""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from albums.analysis import Face, PhotoFeatures
from worker.analysis.ranking import Choice, Ranker, Verdict, compare, fit_personal, judge_personal, shipped_ranker
from worker.training.examples import Example
from worker.training.table import read_table

_TABLE = Path(str(files("worker.training").joinpath("examples.csv.gz")))
_LARGEST_GROUP = 6
_WORST_GRADE = 2  # people overrule a pick when several photos are about equally good
FIRST_LOOK = 20  # corrections, as in the service
_CORRECTIONS_A_LOOK = 10
_FRESH_GROUPS = 1000
_POOL = 600
_PROMINENT = Face(
    x=0.4, y=0.3, width=0.15, height=0.2, eyes_open=1.0, sharpness=1.0, frontal=True, cut_off=False, confidence=1.0
)

Utility = Callable[[Sequence[PhotoFeatures], NDArray[np.float64]], NDArray[np.float64]]


@dataclass(frozen=True)
class Person:
    """How somebody chooses: the photo of the largest utility, plus a random whim.

    `whim` is the scale of that Gumbel distribution. `differs` is whether their preferences are so far from the shipped
    ranker that seventy corrections show it.
    """

    name: str
    utility: Utility
    whim: float
    differs: bool


def _score(name: str, times: float) -> Utility:
    return lambda features, _: times * np.array([photo.scores[name] for photo in features])


def _shipped(_: Sequence[PhotoFeatures], comparison: NDArray[np.float64]) -> NDArray[np.float64]:
    return shipped_ranker().quality(comparison)


def _shipped_but_brighter(features: Sequence[PhotoFeatures], comparison: NDArray[np.float64]) -> NDArray[np.float64]:
    brightness = np.array([photo.scores["brightness"] for photo in features], np.float64)
    return _shipped(features, comparison) + 40.0 * brightness


def _little_noise(features: Sequence[PhotoFeatures], _: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.array([-3 * math.log2(1 + photo.scores["noise"]) for photo in features])


def _eyes_first(features: Sequence[PhotoFeatures], comparison: NDArray[np.float64]) -> NDArray[np.float64]:
    worst = [min((face.eyes_open or 0.0 for face in photo.faces), default=0.5) for photo in features]
    return 40 * np.array(worst) + shipped_ranker().quality(comparison)


PEOPLE = (
    Person("sharp above all, whatever the noise", _score("tenengrad_1024", 3.0), 0.3, differs=True),
    Person("no noise, whatever else", _little_noise, 0.3, differs=True),
    Person("the brighter the better", _score("brightness", 25.0), 0.3, differs=True),
    Person("dark and moody", _score("brightness", -25.0), 0.3, differs=True),
    Person("strong contrasts", _score("contrast", 60.0), 0.3, differs=True),
    Person("as shipped, but brighter", _shipped_but_brighter, 0.5, differs=False),
    Person("open eyes above all", _eyes_first, 0.3, differs=False),
    Person("as shipped, exactly", _shipped, 0.0, differs=False),
    Person("as shipped, with whims", _shipped, 1.0, differs=False),
    Person("as shipped, with many whims", _shipped, 4.0, differs=False),
    Person("at random", lambda features, _: np.zeros(len(features)), 1.0, differs=False),
)


@dataclass(frozen=True)
class Group:
    """Photos of one moment of a scene, and the comparison of them."""

    scene: str
    features: list[PhotoFeatures]
    comparison: NDArray[np.float64]


@cache
def _scenes() -> list[list[Example]]:
    by_scene: dict[str, list[Example]] = defaultdict(list)
    for example in read_table(_TABLE):
        if example.grade <= _WORST_GRADE:
            by_scene[example.scene].append(example)
    return [by_scene[scene] for scene in sorted(by_scene)]


@cache
def _pool(*, fresh: bool, faces: bool) -> list[Group]:
    """Groups of two to six photos, compared once for everybody. Fresh ones are of scenes that the others never have."""
    random = np.random.default_rng(0)
    scenes = _scenes()[1 if fresh else 0 :: 2]
    pool = []
    for _ in range(_POOL):
        scene = scenes[int(random.integers(len(scenes)))]
        size = int(random.integers(2, _LARGEST_GROUP + 1))
        features = [scene[int(place)].features for place in random.choice(len(scene), size, replace=False)]
        if faces and random.random() < 0.3:
            features = [_with_faces(photo, random) for photo in features]
        pool.append(Group(scene[0].scene, features, compare(features)))
    return pool


def groups(random: np.random.Generator, *, fresh: bool, faces: bool = True) -> Iterator[Group]:
    """Groups without end, each of the pool once before any comes again."""
    while True:
        yield from (_pool(fresh=fresh, faces=faces)[place] for place in random.permutation(_POOL))


def _with_faces(photo: PhotoFeatures, random: np.random.Generator) -> PhotoFeatures:
    """Two people, who blink now and then."""
    faces = [
        replace(
            _PROMINENT, x=x, eyes_open=float(random.uniform(*((0.0, 0.3) if random.random() < 0.2 else (0.7, 1.0))))
        )
        for x in (0.2, 0.6)
    ]
    return replace(photo, faces=faces)


def choose(person: Person, group: Group, random: np.random.Generator) -> int:
    """The place of the photo that the person chooses."""
    whims = person.whim * random.gumbel(size=len(group.features))
    return int(np.argmax(person.utility(group.features, group.comparison) + whims))


def choice_of(person: Person, group: Group, random: np.random.Generator) -> Choice:
    """The person's choice in a group, when the shipped ranker's pick is shown."""
    taken = choose(person, group, random)
    return Choice(
        group.comparison,
        shown=int(np.argmax(shipped_ranker().quality(group.comparison))),
        taken=(taken,),
        left=tuple(place for place in range(len(group.features)) if place != taken),
        scene=group.scene,
    )


def choices_with(person: Person, corrections: int, random: np.random.Generator, *, most: int = 2000) -> list[Choice]:
    """The person's choices until they have overruled `corrections` picks, in at most `most` groups."""
    found: list[Choice] = []
    overruled = 0
    for group in groups(random, fresh=False):
        if overruled >= corrections or len(found) >= most:
            break
        found.append(choice_of(person, group, random))
        overruled += not found[-1].agrees_with(shipped_ranker())
    return found


def fresh_choices(person: Person, random: np.random.Generator, *, count: int) -> list[Choice]:
    """The person's choices in groups that nobody has learned from."""
    fresh = groups(random, fresh=True)
    return [choice_of(person, next(fresh), random) for _ in range(count)]


def agreement(choices: Sequence[Choice], ranker: Ranker) -> float:
    """The share of the choices with which the ranker agrees."""
    return float(np.mean([choice.agrees_with(ranker) for choice in choices]))


@dataclass(frozen=True)
class Outcome:
    """The result of learning from one person: shares of agreement in fresh groups, and which ranker is then used."""

    verdict: Verdict
    in_use: bool
    shipped: float
    learned: float

    @property
    def used(self) -> float:
        """The agreement of the ranker that the service would use."""
        return self.learned if self.in_use else self.shipped


def learn(person: Person, corrections: int, seed: int, *, fresh: int = _FRESH_GROUPS) -> Outcome:
    """Let a person overrule `corrections` picks, learn after every ten of them, and measure on fresh groups."""
    choices = choices_with(person, corrections, np.random.default_rng(seed))
    verdict, in_use = judge_personal(choices[:0], shipped_ranker()), False
    for count in _looks(choices):
        verdict = judge_personal(choices[:count], shipped_ranker())
        in_use = verdict.is_better(was_better=in_use)
    learned = fit_personal(choices, shipped_ranker())
    tested = fresh_choices(person, np.random.default_rng(seed + 1_000_000), count=fresh)
    return Outcome(verdict, in_use, agreement(tested, shipped_ranker()), agreement(tested, learned))


def _looks(choices: Sequence[Choice]) -> list[int]:
    """After how many choices each look is taken: at every tenth correction from the least on, and at the end."""
    corrections = np.cumsum([not choice.agrees_with(shipped_ranker()) for choice in choices])
    places = [
        int(np.searchsorted(corrections, wanted)) + 1
        for wanted in range(FIRST_LOOK, int(corrections[-1]) + 1, _CORRECTIONS_A_LOOK)
    ]
    return sorted({*places, len(choices)}) if places else []


def main() -> None:
    """Print a table: `python -m tests.simulated_people [RUNS]`."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    sys.stdout.write(
        f"{'':<40}{'':>10}"
        + "".join(f"{heading:>10}" for heading in ("shipped", "learned", "used", "in use", "worst"))
        + "\n"
    )
    for person in PEOPLE:
        for corrections in (25, 50, 200):
            outcomes = [learn(person, corrections, seed) for seed in range(runs)]
            shares = [
                np.mean([getattr(outcome, name) for outcome in outcomes])
                for name in ("shipped", "learned", "used", "in_use")
            ]
            worst = min(outcome.used - outcome.shipped for outcome in outcomes)
            columns = "".join(f"{share:>10.1%}" for share in [*shares, worst])
            sys.stdout.write(f"{person.name:<40}{corrections:>10}{columns}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
