"""Time the steps of an examination by wrapping every function it calls in a stopwatch.

Nothing of the examination is repeated here, so a new measurement gets its own row without a change to this file.
"""

from __future__ import annotations

import functools
import inspect
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Literal, NamedTuple, ParamSpec, TypeVar
from unittest import mock

from albums.analysis import PhotoFeatures
from worker.analysis import examination, features
from worker.analysis.examination import examine_photo
from worker.analysis.faces import cascade_finder, detector, network_finder, yunet_finder
from worker.analysis.features import measure_features
from worker.analysis.interface import DecodeLimits

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
Judged = Literal["photo", "faces"]


class Step(NamedTuple):
    """A part of an examination. `judges` says whose quality it judges; None for other steps."""

    name: str
    judges: Judged | None = None


class Measured(NamedTuple):
    """One examination: its result, and the seconds of each step in the order in which the steps began."""

    features: PhotoFeatures
    seconds: dict[Step, float]


class Row(NamedTuple):
    """A step, its milliseconds and its share of the total, both as medians over the photos."""

    step: Step
    milliseconds: float
    share: float


_REST = Step("everything else")
_FACE_SEARCH = Step("face search")
_FACES_JUDGED = Step("eyes and sharpness", judges="faces")
_WORDS = {
    "decode_photo": "decoding",
    "smaller_copies": "smaller copies",
    "preview_bytes": "their JPEGs",
    "thumbnail_bytes": "their JPEGs",
    "placeholder_uri": "placeholder",
    "luminance_histogram": "histogram",
    "measure_features": "grey and scores put together",
    "resize_to_fit": "reducing",
}


def measure_photos(photos: Sequence[bytes], *, face_model: str | Path | None = None) -> list[Measured]:
    """Examine every photo once. An uncounted first run loads the networks."""
    _measure(photos[0], face_model)
    return [_measure(photo, face_model) for photo in photos]


def rows_of(measured: Sequence[Measured]) -> list[Row]:
    """The table in the order of the examination. A step that a photo does not have counts as no time."""
    steps = dict.fromkeys(step for photo in measured for step in photo.seconds)
    wholes = [sum(photo.seconds.values()) for photo in measured]
    return [
        Row(
            step,
            milliseconds=1000 * median(photo.seconds.get(step, 0.0) for photo in measured),
            share=median(photo.seconds.get(step, 0.0) / whole for photo, whole in zip(measured, wholes, strict=True)),
        )
        for step in steps
    ]


def judging_ratio(measured: Sequence[Measured], *judged: Judged) -> float:
    """The time for judging quality divided by the rest, as the median over the photos."""
    return median(_judging_ratio(photo.seconds, judged) for photo in measured)


def _judging_ratio(seconds: dict[Step, float], judged: Sequence[Judged]) -> float:
    judging = sum(spent for step, spent in seconds.items() if step.judges in judged)
    return judging / (sum(seconds.values()) - judging)


def _measure(photo: bytes, face_model: str | Path | None) -> Measured:
    stopwatch = _Stopwatch()
    with _watched(stopwatch):
        examined = stopwatch.timed(_REST, examine_photo)(
            photo, limits=DecodeLimits(), face_model=face_model, pictures_ready=lambda _preview, _thumbnail: None
        )
    return Measured(examined.features, dict(stopwatch.seconds))


class _Stopwatch:
    """Processor time of this process by step. Each excludes its inner steps, so that they add up.

    Other load on the machine affects processor time far less than wall-clock time.
    """

    def __init__(self) -> None:
        self.seconds: defaultdict[Step, float] = defaultdict(float)
        self._inner: list[float] = []

    def timed(self, step: Step, function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
        """Wrap a function so that its time is added to the step."""

        @functools.wraps(function)
        def run(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
            self.seconds[step] += 0.0  # sets its position in the order
            self._inner.append(0.0)
            started = time.process_time()
            try:
                return function(*args, **kwargs)
            finally:
                whole = time.process_time() - started
                self.seconds[step] += whole - self._inner.pop()
                if self._inner:
                    self._inner[-1] += whole

        return run


@contextmanager
def _watched(stopwatch: _Stopwatch) -> Iterator[None]:
    """Wrap every function that the modules of the examination import by name."""
    with ExitStack() as stack:

        def watch(owner: ModuleType | type, name: str, step: Step) -> None:
            stack.enter_context(mock.patch.object(owner, name, stopwatch.timed(step, getattr(owner, name))))

        for name in _imported_functions(examination):
            watch(examination, name, _examination_step(name))
        for name in _imported_functions(features):
            watch(features, name, Step(_in_words(name), judges="photo"))
        watch(detector.FaceDetector, "detect", _FACES_JUDGED)
        for finder in (network_finder.NetworkFinder, cascade_finder.CascadeFinder, yunet_finder.YunetFinder):
            watch(finder, "find", _FACE_SEARCH)
        yield


def _imported_functions(module: ModuleType) -> list[str]:
    """The analysis functions that a module imports, except the detector's, whose method is wrapped instead."""
    home = "worker.analysis."
    return [
        name
        for name, value in vars(module).items()
        if inspect.isfunction(value)
        and value.__module__.startswith(home)
        and value.__module__ not in (module.__name__, detector.__name__)
    ]


def _examination_step(name: str) -> Step:
    """The step of an imported function. `measure_features` itself counts as judging, for example its grey copy."""
    return Step(_in_words(name), judges="photo" if name == measure_features.__name__ else None)


def _in_words(name: str) -> str:
    return _WORDS.get(name) or name.removeprefix("measure_").replace("_", " ")
