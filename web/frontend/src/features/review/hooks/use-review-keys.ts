import { useEffect } from "react";

import { commandOf, isForControl } from "../model/keyboard";
import { neighbour, nextPhotoRow, photosOf, type Row } from "../model/rows";

import { useLatest } from "./use-latest";
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
  readonly setOpen: (isOpen: boolean) => void;
  readonly setZoomed: (isZoomed: boolean) => void;
  readonly showKeys: () => void;
}

/** The review by keyboard. A control that has the focus keeps the keys it needs; dialogs keep all of them. */
export function useReviewKeys(situation: KeySituation): void {
  const latest = useLatest(situation);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const focused = document.activeElement;
      const command = commandOf(event);
      if (!command || focused?.closest("[role=menu], [role=dialog]:not([data-lightbox])")) return;
      if (isForControl(command, focused)) return;
      const isHandled = obey(latest.current, command, focused);
      if (isHandled) event.preventDefault();
    };
    // Firefox presses a focused button when the space bar comes up again.
    const onKeyUp = (event: KeyboardEvent) => {
      if (event.key === " " && document.activeElement?.matches("[data-shot]")) event.preventDefault();
    };
    addEventListener("keydown", onKeyDown);
    addEventListener("keyup", onKeyUp);
    return () => {
      removeEventListener("keydown", onKeyDown);
      removeEventListener("keyup", onKeyUp);
    };
  }, [latest]);
}

function obey(now: KeySituation, command: NonNullable<ReturnType<typeof commandOf>>, focused: Element | null): boolean {
  const { actions, rows } = now;
  switch (command.name) {
    case "help":
      now.showKeys();
      return true;
    case "undo":
      actions.undo();
      return true;
    case "redo":
      actions.redo();
      return true;
    case "close":
      // An open picture is closed by its dialog.
      if (now.isOpen || !now.isSelecting) return false;
      actions.clearSelection();
      return true;
  }
  const index = rows.findIndex((one) => photosOf(one).some(({ id }) => id === now.activeId));
  const row = rows[index];
  const activeId = row ? now.activeId : null;
  if (activeId === null || !row) {
    const first = now.firstInView();
    if (first === null) return false;
    now.show(first);
    return true;
  }
  switch (command.name) {
    case "move":
      move(now, command, index, activeId, focused);
      return true;
    case "pick":
      actions.pickNumber(activeId, command.number);
      return true;
    case "keep":
      actions.toggleKeep(activeId);
      now.show(activeId);
      return true;
    case "reject":
      actions.toggleReject(activeId);
      now.show(activeId);
      return true;
    case "accept": {
      actions.ofGroupAt("accept", activeId);
      const next = nextPhotoRow(rows, index, 1);
      const target = next === null ? undefined : rows[next];
      const first = target && photosOf(target)[0];
      if (first) now.show(first.id);
      return true;
    }
    case "keep-all":
      actions.ofGroupAt("keep-all", activeId);
      now.show(activeId);
      return true;
    case "keep-none":
      actions.ofGroupAt("keep-none", activeId);
      now.show(activeId);
      return true;
    case "open":
      if (now.isOpen) now.setZoomed(!now.isZoomed);
      else now.setOpen(true);
      return true;
    case "select":
      actions.select(activeId);
      return true;
    case "split":
      actions.splitSelected();
      return true;
    case "merge":
      if (now.isSelecting) actions.mergeSelected();
      else actions.ofGroupAt("merge-next", activeId);
      return true;
    case "compare":
      if (now.isSelecting) actions.compareSelected();
      else actions.ofGroupAt("compare", activeId);
      return true;
  }
}

function move(
  now: KeySituation,
  { axis, step }: { axis: "row" | "shot"; step: 1 | -1 },
  index: number,
  activeId: string,
  focused: Element | null,
): void {
  const row = now.rows[index];
  if (!row) return;
  if (axis === "shot") {
    // Large, the shots are in the order of their numbers, as in the strip below.
    const photos = row.kind === "group" && now.isOpen ? row.group.photos : null;
    const place = photos?.findIndex(({ id }) => id === activeId) ?? -1;
    const target = photos ? photos[place + step] : neighbour(row, activeId, step);
    if (target) now.show(target.id);
    return;
  }
  // The first key only puts the focus where it was before.
  if (!now.isOpen && !focused?.matches("[data-shot]")) {
    now.show(activeId);
    return;
  }
  const next = nextPhotoRow(now.rows, index, step);
  const target = next === null ? undefined : now.rows[next];
  const first = target && photosOf(target)[0];
  if (first) now.show(first.id);
}
