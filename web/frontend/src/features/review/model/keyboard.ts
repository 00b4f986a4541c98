/** What a key does in the review. */
export type Command =
  | { readonly name: "move"; readonly axis: "row" | "shot"; readonly step: 1 | -1 }
  | { readonly name: "pick"; readonly number: number }
  | {
      readonly name:
        | "keep"
        | "reject"
        | "accept"
        | "keep-all"
        | "keep-none"
        | "undo"
        | "redo"
        | "open"
        | "select"
        | "split"
        | "merge"
        | "compare"
        | "help"
        | "close";
    };

type Key = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

const NAMED: Readonly<Record<string, Command>> = {
  ArrowUp: { name: "move", axis: "row", step: -1 },
  ArrowDown: { name: "move", axis: "row", step: 1 },
  ArrowLeft: { name: "move", axis: "shot", step: -1 },
  ArrowRight: { name: "move", axis: "shot", step: 1 },
  " ": { name: "keep" },
  x: { name: "reject" },
  a: { name: "accept" },
  k: { name: "keep-all" },
  n: { name: "keep-none" },
  u: { name: "undo" },
  r: { name: "redo" },
  z: { name: "open" },
  s: { name: "select" },
  d: { name: "split" },
  m: { name: "merge" },
  c: { name: "compare" },
  "?": { name: "help" },
  Escape: { name: "close" },
};

export function commandOf(event: Key): Command | null {
  if (event.altKey) return null;
  if (event.ctrlKey || event.metaKey) {
    if (event.key.toLowerCase() !== "z") return null;
    return { name: event.shiftKey ? "redo" : "undo" };
  }
  if (/^[1-9]$/.test(event.key)) return { name: "pick", number: Number(event.key) };
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return NAMED[key] ?? null;
}

const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]";
const OWN_ARROWS =
  "video, [role=slider], [role=menu], [role=menuitem], [role=listbox], [role=radiogroup], [type=radio]";
const OWN_SPACE = "button, a, input, video, [role=slider], [role=menuitem], [role=switch]";

/** Whether the focused control needs the key itself. A shot needs none. */
export function isForControl(command: Command, focused: Element | null): boolean {
  if (!focused || focused.matches("[data-shot]")) return false;
  if (focused.closest(TYPING)) return true;
  if (command.name === "move") return focused.closest(OWN_ARROWS) !== null;
  return command.name === "keep" && focused.closest(OWN_SPACE) !== null;
}

/** What the help shows, in the order in which one learns it: the keys as written on them. */
export const KEYS = [
  ["keyGroups", ["↑", "↓"]],
  ["keyShots", ["←", "→"]],
  ["keyKeep", ["Space"]],
  ["keyPick", ["1", "…", "9"]],
  ["keyReject", ["X"]],
  ["keyAccept", ["A"]],
  ["keyKeepAll", ["K"]],
  ["keyKeepNone", ["N"]],
  ["keyOpen", ["Z"]],
  ["keyUndo", ["U"]],
  ["keyRedo", ["R"]],
  ["keySelect", ["S"]],
  ["keySplit", ["D"]],
  ["keyMerge", ["M"]],
  ["keyCompare", ["C"]],
  ["keyClose", ["Esc"]],
  ["keyHelp", ["?"]],
] as const;
