import type { HandlersOn } from "@/shared/keyboard/commands";
import { useKeys } from "@/shared/keyboard/use-keys";
import { labelOf } from "@/shared/marks/marks";

import { neighbour, nextPhotoRow, photosOf, type Row } from "../model/rows";
import type { GroupAction } from "../review-context";

import type { Layer } from "./use-inspection";
import type { AllActions } from "./use-review-actions";

interface KeySituation {
  readonly rows: readonly Row[];
  readonly activeId: string | null;
  readonly isOpen: boolean;
  readonly isZoomed: boolean;
  readonly isSelecting: boolean;
  readonly actions: AllActions;
  /** Where the keys begin when they are at no photo yet. */
  readonly firstInView: () => string | null;
  readonly show: (photoId: string) => void;
  /** Opens the large view. */
  readonly openLarge: () => void;
  readonly closeLarge: () => void;
  readonly setZoomed: (isZoomed: boolean) => void;
  /** Show or hide something over an open photo. */
  readonly toggleLayer: (layer: Layer) => void;
  readonly openSlideshow: () => void;
  readonly showKeys: () => void;
}

/** The review by keyboard: its list, or the large view over it. */
export function useReviewKeys(situation: KeySituation): void {
  useKeys(situation.isOpen ? "large" : "review", handlersOf(situation));
}

/** Where the keys are. */
interface Place {
  readonly photoId: string;
  readonly row: Row;
  readonly index: number;
}

function handlersOf(now: KeySituation): HandlersOn<"review" | "large"> {
  const { actions, isSelecting } = now;
  /** Do something at the shot that the keys are at. The first key only shows where that is. */
  const at = (act: (place: Place, key: number) => void) => (key: number) => {
    const index = now.rows.findIndex((one) => photosOf(one).some(({ id }) => id === now.activeId));
    const row = now.rows[index];
    if (row && now.activeId !== null) act({ photoId: now.activeId, row, index }, key);
    else {
      const first = now.firstInView();
      if (first === null) return false;
      now.show(first);
    }
    return true;
  };
  const decide = (act: (photoId: string) => void) =>
    at(({ photoId }) => {
      act(photoId);
      now.show(photoId);
    });
  /** The selection, or the shot that the keys are at. */
  const mark = (one: (photoIds: readonly string[], key: number) => void, selected: (key: number) => void) =>
    at(({ photoId }, key) => {
      if (isSelecting && !now.isOpen) selected(key);
      else {
        one([photoId], key);
        now.show(photoId);
      }
    });
  const ofGroup = (action: GroupAction) => (photoId: string) => actions.ofGroupAt(action, photoId);
  return {
    group: at((place, key) => toGroup(now, place, key === 0 ? -1 : 1)),
    shot: at((place, key) => toShot(now, place, key === 0 ? -1 : 1)),
    keep: decide(actions.toggleKeep),
    only: decide(actions.makePick),
    number: at(({ photoId }, key) => actions.pickNumber(photoId, key + 1)),
    reject: decide(actions.toggleReject),
    leave: decide(actions.leave),
    stars: mark(actions.setStars, actions.starSelected),
    label: mark(
      (photoIds, key) => actions.toggleLabel(photoIds, labelOf(key)),
      (key) => actions.labelSelected(labelOf(key)),
    ),
    accept: at((place) => {
      actions.ofGroupAt("accept", place.photoId);
      goToGroup(now, place, 1);
    }),
    keepAll: decide(ofGroup("keep-all")),
    keepNone: decide(ofGroup("keep-none")),
    undo: actions.undo,
    redo: actions.redo,
    close: () => {
      if (now.isOpen) now.closeLarge();
      else if (isSelecting) actions.clearSelection();
      else return false;
      return true;
    },
    help: now.showKeys,
    zoom: at(() => {
      if (now.isOpen) now.setZoomed(!now.isZoomed);
      else now.openLarge();
    }),
    info: () => now.toggleLayer("info"),
    peaking: () => now.toggleLayer("peaking"),
    clipping: () => now.toggleLayer("clipping"),
    compare: at(({ photoId }) => {
      if (isSelecting) actions.compareSelected();
      else actions.ofGroupAt("compare", photoId);
    }),
    slideshow: now.openSlideshow,
    select: at(({ photoId }) => actions.select(photoId)),
    split: at(() => actions.splitSelected()),
    merge: at(({ photoId }) => {
      if (isSelecting) actions.mergeSelected();
      else actions.ofGroupAt("merge-next", photoId);
    }),
  };
}

function toShot(now: KeySituation, { photoId, row }: Place, step: 1 | -1): void {
  // Large, the shots are in the order of their numbers, as in the strip below.
  const photos = row.kind === "group" && now.isOpen ? row.group.photos : null;
  const place = photos?.findIndex(({ id }) => id === photoId) ?? -1;
  const target = photos ? photos[place + step] : neighbour(row, photoId, step);
  if (target) now.show(target.id);
}

function toGroup(now: KeySituation, place: Place, step: 1 | -1): void {
  // The first key only puts the focus where it was before.
  if (now.isOpen || document.activeElement?.matches("[data-shot]")) goToGroup(now, place, step);
  else now.show(place.photoId);
}

function goToGroup(now: KeySituation, { index }: Place, step: 1 | -1): void {
  const next = nextPhotoRow(now.rows, index, step);
  const target = next === null ? undefined : now.rows[next];
  const first = target && photosOf(target)[0];
  if (first) now.show(first.id);
}
