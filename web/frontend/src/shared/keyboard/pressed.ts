import { COMMAND_NAMES, type CommandName, isOnPage, type Page } from "./commands";
import type { Keys } from "./presets";

type Press = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

export interface Pressed {
  readonly name: CommandName;
  /** Which of the command's keys it was. */
  readonly index: number;
}

/** The ways in which a preset can name what was pressed. */
export function namesOf(event: Press): string[] {
  // With Alt, keys belong to the browser and the system.
  if (event.altKey) return [];
  const shift = event.shiftKey ? "Shift+" : "";
  const mod = event.ctrlKey || event.metaKey ? "Mod+" : "";
  const isDigit = /^\d$/.test(event.key);
  const names: string[] = [];
  // The sign says nothing about a digit with Shift: it is another on each layout, and in France Shift makes the digits.
  const row = /^Digit(\d)$/.exec(event.code)?.[1];
  if (row !== undefined) names.push(mod + shift + row);
  else if (isDigit) names.push(mod + shift + event.key);
  if (row !== undefined && isDigit) return names;
  if (event.key === " ") names.push(`${mod}${shift}Space`);
  else if (event.key.length > 1) names.push(mod + shift + event.key);
  else if (/\p{L}/u.test(event.key)) names.push(mod + shift + event.key.toLowerCase());
  // Signs are written with Shift on one keyboard and without on another, and "+" without it is "=" on many.
  else if (!isDigit) names.push(mod + (event.key === "=" ? "+" : event.key));
  return names;
}

/** The command of a key on a page. */
export function commandOf(keys: Keys, page: Page, event: Press): Pressed | null {
  for (const pressed of namesOf(event)) {
    for (const name of COMMAND_NAMES) {
      const index = isOnPage(name, page) ? keys[name].indexOf(pressed) : -1;
      if (index >= 0) return { name, index };
    }
  }
  return null;
}

const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]";
const OWN_ARROWS =
  "video, [role=slider], [role=menu], [role=menuitem], [role=listbox], [role=radiogroup], [type=radio]";
/** Arrows scroll it. */
const SCROLLER = "[role=region][tabindex='0']";
const PRESSABLE = "button, a, input, video, summary, [role=slider], [role=menuitem], [role=switch]";

/** Whether the focused control needs the key itself. A shot needs none: what its keys do is said here. */
export function isForControl(key: string, focused: Element | null): boolean {
  if (!focused || focused.matches("[data-shot]")) return false;
  if (focused.closest(TYPING)) return true;
  if (key.startsWith("Arrow")) return focused.matches(SCROLLER) || focused.closest(OWN_ARROWS) !== null;
  return (key === " " || key === "Enter") && focused.closest(PRESSABLE) !== null;
}
