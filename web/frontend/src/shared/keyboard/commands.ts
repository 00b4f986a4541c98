/** Where keys act: the list of the review, its large view, and the comparison. */
export const PAGES = ["review", "large", "compare"] as const;
export type Page = (typeof PAGES)[number];

const IN_REVIEW = ["review", "large"] as const;
const IN_LARGE = ["large"] as const;
const IN_COMPARE = ["compare"] as const;

/**
 * Every command in the order of the dialog, with the pages where it does something. A new one gets a line here, its keys
 * in `presets.ts` and its words in `keyboard-messages.ts`. The compiler asks for all three, and for what each page does.
 */
export const COMMANDS = {
  group: { section: "move", pages: PAGES },
  shot: { section: "move", pages: PAGES },
  pane: { section: "move", pages: IN_COMPARE },
  replace: { section: "move", pages: IN_COMPARE },
  keep: { section: "decide", pages: PAGES },
  only: { section: "decide", pages: PAGES },
  number: { section: "decide", pages: PAGES },
  reject: { section: "decide", pages: PAGES },
  leave: { section: "decide", pages: PAGES },
  stars: { section: "decide", pages: PAGES },
  label: { section: "decide", pages: PAGES },
  accept: { section: "decide", pages: IN_REVIEW },
  keepAll: { section: "decide", pages: IN_REVIEW },
  keepNone: { section: "decide", pages: IN_REVIEW },
  undo: { section: "back", pages: PAGES },
  redo: { section: "back", pages: PAGES },
  close: { section: "back", pages: PAGES },
  help: { section: "back", pages: PAGES },
  zoom: { section: "look", pages: PAGES },
  zoomStep: { section: "look", pages: IN_COMPARE },
  whole: { section: "look", pages: IN_COMPARE },
  info: { section: "look", pages: IN_LARGE },
  peaking: { section: "look", pages: IN_LARGE },
  clipping: { section: "look", pages: IN_LARGE },
  compare: { section: "look", pages: IN_REVIEW },
  slideshow: { section: "look", pages: IN_REVIEW },
  linked: { section: "look", pages: IN_COMPARE },
  faces: { section: "look", pages: IN_COMPARE },
  scores: { section: "look", pages: IN_COMPARE },
  histogram: { section: "look", pages: IN_COMPARE },
  select: { section: "groups", pages: IN_REVIEW },
  split: { section: "groups", pages: IN_REVIEW },
  merge: { section: "groups", pages: IN_REVIEW },
} as const satisfies Record<string, { readonly section: string; readonly pages: readonly Page[] }>;

export type CommandName = keyof typeof COMMANDS;
export type Section = (typeof COMMANDS)[CommandName]["section"];
export const SECTIONS = ["move", "decide", "back", "look", "groups"] as const satisfies readonly Section[];

type CommandOn<P extends Page> = {
  [Name in CommandName]: Extract<(typeof COMMANDS)[Name]["pages"][number], P> extends never ? never : Name;
}[CommandName];

/** What a command does. `index` is the place of its key in the preset; false says that there was nothing to do. */
export type Handler = (index: number) => unknown;
export type HandlersOn<P extends Page> = Readonly<Record<CommandOn<P>, Handler>>;

export const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[];

export function isOnPage(name: CommandName, page: Page): boolean {
  return COMMANDS[name].pages.some((one) => one === page);
}
