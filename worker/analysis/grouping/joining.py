"""Joins linked photos by DBSCAN (Ester et al. 1996)."""

from __future__ import annotations

import sys
from importlib import import_module
from threading import Thread

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array

from worker.analysis.grouping.likeness import STRONGEST
from worker.analysis.grouping.link_search import Links

_SCIKIT_LEARN = "sklearn.cluster"
"""Not imported with this file: it takes half of the time that a worker needs to start, and only a grouping uses it."""


def import_ahead() -> None:
    """Import scikit-learn in a thread, while NumPy finds the links of an album without the interpreter's lock."""
    if _SCIKIT_LEARN not in sys.modules:
        Thread(target=import_module, args=(_SCIKIT_LEARN,), name="import-ahead", daemon=True).start()


def join_linked(links: Links, photos: int, weakest: float) -> NDArray[np.intp]:
    """DBSCAN over the links of strength `weakest` or more: (photos,) labels, -1 for photos without a link."""
    from sklearn.cluster import DBSCAN
    from sklearn.neighbors import sort_graph_by_row_values

    strong = links.where(links.strength >= weakest)
    first, second = strong.first, strong.second
    apart = 2 * STRONGEST - strong.strength.astype(np.float64)
    every = np.arange(photos)  # the distance 0 of each photo from itself; DBSCAN would add it out of order
    graph = coo_array(
        (
            np.concatenate([apart, apart, np.zeros(photos)]),
            (np.concatenate([first, second, every]), np.concatenate([second, first, every])),
        ),
        shape=(photos, photos),
    )
    ordered = sort_graph_by_row_values(graph.tocsr(), warn_when_not_sorted=False)
    clusters = DBSCAN(eps=2 * STRONGEST - weakest, min_samples=2, metric="precomputed").fit(ordered)
    return np.asarray(clusters.labels_, np.intp)
