import type { HandlersOn } from "@/shared/keyboard/commands";
import { useKeys } from "@/shared/keyboard/use-keys";
import { labelOf, type Mark } from "@/shared/marks/marks";

import type { Said } from "../judging/decisions";

import type { Tools } from "./compare-toolbar";

export interface CompareKeys {
  /** The photo at a place is chosen; null where there is none. */
  choose: (place: number) => string | null;
  /** The photo before or after the chosen one is chosen. */
  chooseNext: (step: 1 | -1) => void;
  /** An arrow, as the direction to look into. */
  arrow: (x: number, y: number) => void;
  /** About the chosen photo, or another. */
  say: (said: Said, photoId?: string) => void;
  /** Give the chosen photo stars or a label. The label that it has is taken back. */
  mark: (mark: Mark) => void;
  /** Another of the group in the place of the chosen one. */
  swap: (step: 1 | -1) => void;
  undo: () => void;
  redo: () => void;
  zoom: (factor: number) => void;
  actualSize: () => void;
  whole: () => void;
  toggle: (tool: keyof Tools) => void;
  help: () => void;
  close: () => void;
}

const ZOOM = 1.25;

export function useCompareKeys(now: CompareKeys): void {
  useKeys("compare", handlersOf(now));
}

function handlersOf(now: CompareKeys): HandlersOn<"compare"> {
  const step = (key: number) => (key === 0 ? -1 : 1);
  return {
    group: (key) => now.arrow(0, step(key)),
    shot: (key) => now.arrow(step(key), 0),
    pane: (key) => now.chooseNext(step(key)),
    replace: (key) => now.swap(step(key)),
    keep: () => now.say("keep"),
    only: () => now.say("only"),
    number: (key) => {
      const chosen = now.choose(key);
      if (chosen !== null) now.say("only", chosen);
    },
    reject: () => now.say("reject"),
    leave: () => now.say("leave"),
    stars: (key) => now.mark({ stars: key }),
    label: (key) => now.mark({ label: labelOf(key) }),
    undo: now.undo,
    redo: now.redo,
    close: now.close,
    help: now.help,
    zoom: now.actualSize,
    zoomStep: (key) => now.zoom(key === 0 ? 1 / ZOOM : ZOOM),
    whole: now.whole,
    linked: () => now.toggle("linked"),
    faces: () => now.toggle("faces"),
    scores: () => now.toggle("scores"),
    histogram: () => now.toggle("histogram"),
  };
}
