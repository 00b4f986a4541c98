import { useEffect, useEffectEvent } from "react";

export interface CompareKeys {
  choose: (place: number) => void;
  /** An arrow, as the direction to look into. */
  arrow: (x: number, y: number) => void;
  keep: () => void;
  reject: () => void;
  /** Keep the chosen one and no other of the group. */
  only: () => void;
  /** Another of the group in the place of the chosen one. */
  swap: (step: 1 | -1) => void;
  undo: () => void;
  zoom: (factor: number) => void;
  actualSize: () => void;
  whole: () => void;
  toggle: (tool: "linked" | "faces" | "scores" | "histogram") => void;
  help: () => void;
  close: () => void;
}

const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const TOOLS = { l: "linked", f: "faces", s: "scores", h: "histogram" } as const;

/** What a key does, or undefined; by the sign on it, so that every keyboard works. */
function actionOf(key: string, keys: CompareKeys): (() => void) | undefined {
  const arrow = ARROWS[key];
  if (arrow) return () => keys.arrow(...arrow);
  if (/^[1-4]$/.test(key)) return () => keys.choose(Number(key) - 1);
  const lower = key.toLowerCase();
  if (lower in TOOLS) return () => keys.toggle(TOOLS[lower as keyof typeof TOOLS]);
  return {
    " ": keys.keep,
    x: keys.reject,
    u: keys.undo,
    enter: keys.only,
    n: () => keys.swap(1),
    p: () => keys.swap(-1),
    "+": () => keys.zoom(1.25),
    "=": () => keys.zoom(1.25),
    "-": () => keys.zoom(0.8),
    z: keys.actualSize,
    "0": keys.whole,
    "?": keys.help,
    escape: keys.close,
  }[lower];
}

/** The keys of the page. They rest while a dialog is open, and where a key has a meaning of its own. */
export function useCompareKeys(enabled: boolean, keys: CompareKeys): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!enabled || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("input, textarea, select, [role=dialog]")) return;
    // Space and Enter press the button that has the focus; arrows scroll a region that has it.
    if ((event.key === " " || event.key === "Enter") && target?.closest("button, a")) return;
    if (event.key.startsWith("Arrow") && target?.closest("[role=region]")) return;
    const action = actionOf(event.key, keys);
    if (!action) return;
    event.preventDefault();
    action();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, []);
}
