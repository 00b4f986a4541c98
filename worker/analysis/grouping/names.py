"""How far apart photos are by their names, as evidence for photos whose files have no time.

A name may be wrong (see `metadata.names`). So `likeness` lets it bring photos together, but hardly keep them apart.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from worker.analysis.metadata import read_name

_WRAPS_AT = 9999  # then a camera starts again at 1
_DIGITS_THAT_WRAP = 4
_MINUTES_OF_NEIGHBOURS = 1.0  # between two shots with the same number
_NUMBERS_LIKE_A_MINUTE = 4.0
_TIMES_LIKE_A_MINUTE = 5.0  # in between; photos that were saved seconds apart may have been taken on different days


class NameTimes:
    """How far apart photos are by their names.

    Args:
        names: of n photos.
        times: (n,) capture times in seconds; NaN if unknown. A known time counts instead of that in the name.
    """

    def __init__(self, names: Sequence[str], times: NDArray[np.float64]) -> None:
        evidence = [read_name(name) for name in names]
        told = np.array([np.nan if one.seconds is None else one.seconds for one in evidence], np.float64)
        known = np.where(np.isfinite(times), times, told)
        finite = known[np.isfinite(known)]
        if len(np.unique(finite)) < 2:  # all saved at once
            known, finite = np.full_like(known, np.nan), finite[:0]
        self._times = known
        self._places = np.searchsorted(np.sort(finite), known)
        numbering = {series: index for index, series in enumerate({one.series: None for one in evidence if one.series})}
        self._series = np.array([numbering.get(one.series or "", -1) for one in evidence], np.intp)
        self._numbers = np.array([one.number for one in evidence], np.intp)
        self._wraps = np.array([(one.series or "").endswith(str(_DIGITS_THAT_WRAP)) for one in evidence], bool)

    def minutes(self, one: NDArray[np.intp], other: NDArray[np.intp]) -> NDArray[np.float64]:
        """The minutes between pairs of photos; NaN if their names do not tell. `one` and `other` broadcast."""
        apart = np.abs(self._numbers[one] - self._numbers[other])
        apart = np.where(self._wraps[one], np.minimum(apart, np.abs(_WRAPS_AT - apart)), apart)
        together = (self._series[one] == self._series[other]) & (self._series[one] >= 0)
        by_number = np.where(together, _MINUTES_OF_NEIGHBOURS + apart / _NUMBERS_LIKE_A_MINUTE, np.nan)
        between = np.maximum(np.abs(self._places[one] - self._places[other]) - 1, 0)
        by_time = np.abs(self._times[one] - self._times[other]) / 60 + between / _TIMES_LIKE_A_MINUTE
        return np.where(np.isnan(by_time), by_number, by_time)
