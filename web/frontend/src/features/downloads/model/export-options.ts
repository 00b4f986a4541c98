import type { ExportOptions } from "@/shared/api/schema-types";
import { STARS } from "@/shared/marks/marks";
import { readKept, writeKept } from "@/shared/storage/kept";

export const DEFAULT_OPTIONS: ExportOptions = {
  selection: "picks",
  layout: "flat",
  name_pattern: "{sequence} {name}",
  location: "keep",
  min_stars: 1,
  ratings: "none",
  moments: false,
  sets: "selected",
  jpeg_size: 0,
  part_gigabytes: 0,
  checksums: false,
  gallery: false,
  language: "en",
};

/** What each option can be, in the order in which it is offered. */
export const SELECTIONS = ["picks", "kept", "all", "stars"] as const satisfies ExportOptions["selection"][];
export const LAYOUTS = ["flat", "days", "folders", "source"] as const satisfies ExportOptions["layout"][];
/** Where there are any. The first is what Lightroom reads of JPEGs. */
export const RATINGS = ["embedded", "sidecars", "only"] as const satisfies ExportOptions["ratings"][];
export const JPEG_SIZES = [0, 4096, 2048] as const satisfies ExportOptions["jpeg_size"][];
export const SETS = ["selected", "whole", "picks"] as const satisfies ExportOptions["sets"][];
/** In gigabytes; 0 for one zip. Disks of cameras and televisions take no file above 4. */
export const PART_SIZES = [0, 2, 4, 10] as const;
const LOCATIONS = ["keep", "strip"] as const satisfies ExportOptions["location"][];

/** The common patterns, by name. */
export const PATTERNS = {
  numbered: "{sequence} {name}",
  original: "{name}",
  dated: "{date} {time} {name}",
} as const;
export type PatternName = keyof typeof PATTERNS;
export const PATTERN_NAMES = ["numbered", "original", "dated"] as const satisfies PatternName[];

/** The parts of a custom pattern, as the service calls them. */
export const PLACEHOLDERS = ["sequence", "name", "date", "time", "group", "folder"] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];
export const MOST_CHARACTERS = 100;

export function patternName(pattern: string): PatternName | null {
  return PATTERN_NAMES.find((name) => PATTERNS[name] === pattern) ?? null;
}

/** Insert a part at the cursor or in place of the selection; also returns the new cursor position. */
export function insertPart(pattern: string, part: Placeholder, from: number, to: number): [string, number] {
  const before = pattern.slice(0, from);
  const inserted = `${before}{${part}}`;
  return [inserted + pattern.slice(to), inserted.length];
}

const keyOf = (userId: number | null) => `download-options-${userId ?? ""}`;

/** Whether any of the options is chosen that few people need, so that the page shows them. */
export function hasRareOptions(options: ExportOptions): boolean {
  const rare = ["name_pattern", "sets", "part_gigabytes", "checksums"] as const;
  return rare.some((name) => options[name] !== DEFAULT_OPTIONS[name]);
}

/** The value, if it is allowed. */
export function oneOf<Value extends string | number | boolean>(
  allowed: readonly Value[],
  value: unknown,
  otherwise: Value,
): Value {
  return allowed.find((one) => one === value) ?? otherwise;
}

/** The last choice in this browser; options that no longer exist get the default. */
export function readOptions(userId: number | null): ExportOptions {
  const kept = readKept<keyof ExportOptions>(keyOf(userId));
  const pattern = kept.name_pattern;
  const isUsable = typeof pattern === "string" && pattern.length <= MOST_CHARACTERS && pattern.trim() !== "";
  return {
    selection: oneOf(SELECTIONS, kept.selection, DEFAULT_OPTIONS.selection),
    layout: oneOf(LAYOUTS, kept.layout, DEFAULT_OPTIONS.layout),
    name_pattern: isUsable ? pattern : DEFAULT_OPTIONS.name_pattern,
    location: oneOf(LOCATIONS, kept.location, DEFAULT_OPTIONS.location),
    ratings: oneOf<ExportOptions["ratings"]>(RATINGS, kept.ratings, DEFAULT_OPTIONS.ratings),
    moments: kept.moments === true,
    min_stars: STARS.find((stars) => stars === kept.min_stars) ?? DEFAULT_OPTIONS.min_stars,
    sets: oneOf(SETS, kept.sets, DEFAULT_OPTIONS.sets),
    jpeg_size: oneOf(JPEG_SIZES, kept.jpeg_size, DEFAULT_OPTIONS.jpeg_size),
    part_gigabytes: oneOf(PART_SIZES, kept.part_gigabytes, DEFAULT_OPTIONS.part_gigabytes),
    checksums: kept.checksums === true,
    gallery: kept.gallery === true,
    language: DEFAULT_OPTIONS.language,
  };
}

export function rememberOptions(userId: number | null, options: ExportOptions): void {
  writeKept(keyOf(userId), options);
}
