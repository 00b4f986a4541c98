import type { CommandName } from "./commands";

/**
 * The keys of each command: as written on the key ("x", "?", "ArrowUp"), with "Shift+" or "Mod+" before it. "Mod" is ⌘
 * on a Mac and Ctrl elsewhere. Digits are the keys of the digit row, whatever Shift makes of them. Where a command has
 * directions or numbers, the order of its keys is theirs.
 */
export type Keys = Readonly<Record<CommandName, readonly string[]>>;

const NUMBERS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;
const SHIFT_NUMBERS = NUMBERS.map((digit) => `Shift+${digit}`);

/** None, and 1 to 5. */
const STARS = ["0", "1", "2", "3", "4", "5"] as const;
const SHIFT_STARS = STARS.map((digit) => `Shift+${digit}`);

const OWN: Keys = {
  group: ["ArrowUp", "ArrowDown"],
  shot: ["ArrowLeft", "ArrowRight"],
  pane: ["Shift+ArrowLeft", "Shift+ArrowRight"],
  replace: [",", "."],
  keep: ["Space"],
  only: ["o"],
  number: NUMBERS,
  reject: ["x"],
  leave: ["Backspace"],
  stars: SHIFT_STARS,
  // Purple has no key, as in Lightroom.
  label: ["Shift+6", "Shift+7", "Shift+8", "Shift+9"],
  accept: ["a"],
  keepAll: ["k"],
  keepNone: ["n"],
  undo: ["u", "Mod+z"],
  redo: ["r", "Mod+Shift+z"],
  close: ["Escape"],
  help: ["?"],
  zoom: ["z"],
  zoomStep: ["-", "+"],
  whole: ["0"],
  info: ["i"],
  peaking: ["b"],
  clipping: ["j"],
  compare: ["c"],
  slideshow: ["y"],
  linked: ["l"],
  faces: ["f"],
  scores: ["v"],
  histogram: ["h"],
  select: ["s"],
  split: ["d"],
  merge: ["m"],
};

/** Digits give stars in the programs below, so the shots of a group have them with Shift. */
const DIGITS_FREE = { number: SHIFT_NUMBERS, whole: ["w"], stars: STARS, label: ["6", "7", "8", "9"] } as const;

/** The keys of other programs, where a command of theirs is one of ours. All other commands have our own keys. */
export const PRESETS = {
  own: OWN,
  lightroom: {
    ...OWN,
    ...DIGITS_FREE,
    keep: ["p"],
    only: ["Shift+p"],
    leave: ["u"],
    keepNone: ["Shift+x"],
    undo: ["Mod+z"],
    redo: ["Mod+Shift+z"],
    close: ["Escape", "g"],
    zoom: ["z", "e", "Space"],
    compare: ["c", "n"],
    slideshow: ["Mod+Enter", "y"],
  },
  narrative: { ...OWN, ...DIGITS_FREE, keep: ["p"], zoom: ["z", "Space"] },
  photoMechanic: {
    ...OWN,
    ...DIGITS_FREE,
    keep: ["t"],
    number: [],
    stars: SHIFT_STARS,
    // Its classes of these colours, and none.
    label: ["2", "4", "5", "7", "1", "0"],
    zoom: ["z", "Space"],
  },
} as const satisfies Record<string, Keys>;

export type PresetName = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as PresetName[];
