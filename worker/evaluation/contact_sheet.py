"""An HTML page of the worst mistakes. It is one self-contained file with the pictures in it."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import escape

from worker.evaluation.manifest import LabelledPhoto
from worker.evaluation.measuring import MeasuredPhoto
from worker.evaluation.picks import Mistake
from worker.evaluation.report import Evaluation

_MAX_MISTAKES = 40
_MAX_GROUPS = 25

_STYLE = """
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 90rem; padding: 0 1rem; }
section { border-top: 1px solid #8886; padding: 1rem 0; }
.row { display: flex; flex-wrap: wrap; gap: .75rem; }
figure { margin: 0; width: 15rem; }
img { width: 100%; aspect-ratio: 3 / 2; object-fit: contain; background: #8882; border: 3px solid #0000; }
.picked img { border-color: #e8590c; } .best img { border-color: #2b8a3e; }
figcaption { font-size: .85rem; overflow-wrap: anywhere; }
pre { overflow-x: auto; font-size: .8rem; }
"""


def contact_sheet(
    evaluation: Evaluation,
    mistakes: Sequence[Mistake],
    rows: Sequence[LabelledPhoto],
    photos: Sequence[MeasuredPhoto],
    found: Sequence[int | None],
) -> str:
    """The page: the tables, the worst picks, and the groups that differ from the labels."""
    parts = [
        "<!doctype html><html lang='en'><meta charset='utf-8'><title>Evaluation</title>",
        "<meta name='viewport' content='width=device-width'>",
        f"<style>{_STYLE}</style><h1>Evaluation</h1><pre>{escape(evaluation.to_text())}</pre>",
        f"<h2>Picks that are not the labelled best: {len(mistakes)}</h2>",
        "<p>Orange: the pick. Green: the labelled best. The most confident mistakes come first.</p>",
        *(_mistake(mistake) for mistake in mistakes[:_MAX_MISTAKES]),
        "<h2>Groups that differ from the labels</h2>",
        *_split_groups(rows, photos, found),
        *_merged_groups(rows, photos, found),
    ]
    return "\n".join(parts)


def _mistake(mistake: Mistake) -> str:
    group = mistake.group
    figures = [
        _figure(
            group.photos[place],
            f"{label or 'no label'}: {', '.join(mistake.reasons[place])}",
            "picked" if place == mistake.picked else "best" if place == mistake.best else "",
        )
        for place, label in enumerate(group.labels)
    ]
    return _section(f"{group.name} ({group.kind}), ahead by {mistake.lead:.2f}", figures)


def _split_groups(
    rows: Sequence[LabelledPhoto], photos: Sequence[MeasuredPhoto], found: Sequence[int | None]
) -> Iterator[str]:
    """Labelled groups whose photos were split over several groups."""
    by_truth: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        if row.group:
            by_truth[row.group].append(place)
    split = {name: places for name, places in by_truth.items() if len(places) > 1 and not _together(places, found)}
    for name, places in list(split.items())[:_MAX_GROUPS]:
        figures = [_figure(photos[place], f"found in {_name(found[place])}") for place in places]
        yield _section(f"{name} was split", figures)


def _merged_groups(
    rows: Sequence[LabelledPhoto], photos: Sequence[MeasuredPhoto], found: Sequence[int | None]
) -> Iterator[str]:
    """Groups whose photos belong to several labelled groups, or to none."""
    by_found: dict[int, list[int]] = defaultdict(list)
    for place, group in enumerate(found):
        if group is not None:
            by_found[group].append(place)
    mixed = {
        group: places
        for group, places in by_found.items()
        if len({rows[place].group or f"alone {place}" for place in places}) > 1
    }
    for group, places in list(mixed.items())[:_MAX_GROUPS]:
        figures = [_figure(photos[place], f"belongs to {rows[place].group or 'none'}") for place in places]
        yield _section(f"Group {group} mixes several", figures)


def _together(places: Sequence[int], found: Sequence[int | None]) -> bool:
    groups = {found[place] for place in places}
    return len(groups) == 1 and None not in groups


def _name(group: int | None) -> str:
    return "none" if group is None else f"group {group}"


def _section(title: str, figures: Sequence[str]) -> str:
    return f"<section><h3>{escape(title)}</h3><div class='row'>{''.join(figures)}</div></section>"


def _figure(photo: MeasuredPhoto, caption: str, mark: str = "") -> str:
    picture = base64.b64encode(photo.thumbnail).decode("ascii")
    text = escape(f"{photo.path.name}: {caption}")
    return (
        f"<figure class='{mark}'><img loading='lazy' alt='' src='data:image/jpeg;base64,{picture}'>"
        f"<figcaption>{text}</figcaption></figure>"
    )
