import type { ExportOptions } from "@/shared/api/schema-types";

export const DEFAULT_OPTIONS: ExportOptions = {
  selection: "picks",
  layout: "flat",
  name_pattern: "{sequence} {name}",
  location: "keep",
};

/** What each option can be, in the order in which it is offered. */
export const SELECTIONS = ["picks", "kept", "all"] as const satisfies ExportOptions["selection"][];
export const LAYOUTS = ["flat", "folders"] as const satisfies ExportOptions["layout"][];
const LOCATIONS = ["keep", "strip"] as const satisfies ExportOptions["location"][];

/** The patterns that most people want, by what they are called. */
export const PATTERNS = {
  numbered: "{sequence} {name}",
  original: "{name}",
  dated: "{date} {time} {name}",
} as const;
export type PatternName = keyof typeof PATTERNS;
export const PATTERN_NAMES = ["numbered", "original", "dated"] as const satisfies PatternName[];

/** The parts a pattern of one's own is made of, as the service calls them. */
export const PLACEHOLDERS = ["sequence", "name", "date", "time", "group"] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];
export const MOST_CHARACTERS = 100;

export function patternName(pattern: string): PatternName | null {
  return PATTERN_NAMES.find((name) => PATTERNS[name] === pattern) ?? null;
}

/** A part put where the cursor is, or in the place of what is marked, and where the cursor is then. */
export function insertPart(pattern: string, part: Placeholder, from: number, to: number): [string, number] {
  const before = pattern.slice(0, from);
  const inserted = `${before}{${part}}`;
  return [inserted + pattern.slice(to), inserted.length];
}

const keyOf = (userId: number | null) => `download-options-${userId ?? ""}`;

function oneOf<Value extends string>(allowed: readonly Value[], value: unknown, otherwise: Value): Value {
  return allowed.find((one) => one === value) ?? otherwise;
}

/** What this person chose last in this browser; anything that is no option any more is the default again. */
export function readOptions(userId: number | null): ExportOptions {
  let kept: Partial<Record<keyof ExportOptions, unknown>> = {};
  try {
    const parsed: unknown = JSON.parse(localStorage.getItem(keyOf(userId)) ?? "{}");
    if (typeof parsed === "object" && parsed !== null) kept = parsed;
  } catch {
    // Written by something else, or not readable in this browser: as if nothing had been chosen.
  }
  const pattern = kept.name_pattern;
  const isUsable = typeof pattern === "string" && pattern.length <= MOST_CHARACTERS && pattern.trim() !== "";
  return {
    selection: oneOf(SELECTIONS, kept.selection, DEFAULT_OPTIONS.selection),
    layout: oneOf(LAYOUTS, kept.layout, DEFAULT_OPTIONS.layout),
    name_pattern: isUsable ? pattern : DEFAULT_OPTIONS.name_pattern,
    location: oneOf(LOCATIONS, kept.location, DEFAULT_OPTIONS.location),
  };
}

export function rememberOptions(userId: number | null, options: ExportOptions): void {
  try {
    localStorage.setItem(keyOf(userId), JSON.stringify(options));
  } catch {
    // A browser that keeps nothing: the next visit begins with the defaults.
  }
}
