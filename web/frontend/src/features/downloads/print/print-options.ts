import type { PrintOptions } from "@/shared/api/schema-types";
import { STARS } from "@/shared/marks/marks";
import { readKept, writeKept } from "@/shared/storage/kept";

import { oneOf, SELECTIONS } from "../model/export-options";

export const KINDS = ["book", "contact_sheet"] as const satisfies PrintOptions["kind"][];
export const PAPERS = [
  "a4_landscape",
  "a4_portrait",
  "square_21",
  "square_30",
] as const satisfies PrintOptions["paper"][];
export const CAPTIONS = ["none", "times", "names", "descriptions"] as const satisfies PrintOptions["captions"][];
export const COLUMNS = [3, 4, 5, 6, 7, 8] as const;
export const MOST_TITLE = 80;

/** The language is that of the page, and the title that of the album. */
export type KeptOptions = Omit<PrintOptions, "language" | "title">;

const BOOK: KeptOptions = {
  kind: "book",
  selection: "picks",
  min_stars: 1,
  paper: "a4_landscape",
  captions: "none",
  numbers: true,
  columns: 5,
};

/** What people usually want: the best photos in a book, and all of them on a contact sheet, by which they choose. */
export const DEFAULTS: Record<PrintOptions["kind"], KeptOptions> = {
  book: BOOK,
  contact_sheet: { ...BOOK, kind: "contact_sheet", selection: "all", captions: "times" },
};

const keyOf = (userId: number | null) => `print-options-${userId ?? ""}`;

/** The last choice in this browser; options that no longer exist get the default. */
export function readPrintOptions(userId: number | null): KeptOptions {
  const kept = readKept<keyof KeptOptions>(keyOf(userId));
  const kind = oneOf(KINDS, kept.kind, "book");
  const standard = DEFAULTS[kind];
  return {
    kind,
    selection: oneOf(SELECTIONS, kept.selection, standard.selection),
    min_stars: STARS.find((stars) => stars === kept.min_stars) ?? standard.min_stars,
    paper: oneOf(PAPERS, kept.paper, standard.paper),
    captions: oneOf(CAPTIONS, kept.captions, standard.captions),
    numbers: typeof kept.numbers === "boolean" ? kept.numbers : standard.numbers,
    columns: COLUMNS.find((count) => count === kept.columns) ?? standard.columns,
  };
}

export function rememberPrintOptions(userId: number | null, options: KeptOptions): void {
  writeKept(keyOf(userId), options);
}
