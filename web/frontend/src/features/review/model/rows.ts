import type { TimelineGroup, TimelinePhoto } from "@/shared/api/schema-types";

import { breakIntoRows, type GroupLayout, GAP, layOutGroup, singleHeight } from "./layout";
import { heroOf, isFolded } from "./picks";
import type { Stretch } from "./timeline";

/** One line of the list, of a known height. */
export type Row =
  | { readonly kind: "day"; readonly key: string; readonly size: number; readonly day: string }
  | {
      readonly kind: "group";
      readonly key: string;
      readonly size: number;
      readonly time: string | null;
      readonly group: TimelineGroup;
      readonly hero: TimelinePhoto;
      readonly others: readonly TimelinePhoto[];
      readonly layout: GroupLayout;
    }
  | ({ readonly kind: "singles" } & Line)
  /** What is probably not wanted, with a reason below each photo. */
  | ({ readonly kind: "shelf" } & Line);

/** A line of photos in no group. */
interface Line {
  readonly key: string;
  readonly size: number;
  readonly height: number;
  readonly photos: readonly TimelinePhoto[];
  /** The photos of this and the following lines; none in those. */
  readonly all: readonly TimelinePhoto[];
}

export interface RowOptions {
  readonly available: number;
  readonly viewport: number;
  readonly expanded: ReadonlySet<string>;
  /** Groups whose faces are shown although they do not differ, or are hidden although they do. */
  readonly facesToggled: ReadonlySet<string>;
  /** Name each day above its first photo. */
  readonly withDays: boolean;
}

export const HEIGHT = {
  day: 64,
  groupHeadWide: 60,
  groupHeadNarrow: 78,
  singlesHead: 36,
  shelfHead: 88,
  caption: 26,
  below: 40,
};

export function rowsOf(stretches: readonly Stretch[], options: RowOptions): Row[] {
  const rows: Row[] = [];
  let today: string | null = null;
  for (const stretch of stretches) {
    const day = stretch.time?.slice(0, 10) ?? null;
    if (options.withDays && day !== null && day !== today) {
      rows.push({ kind: "day", key: `day ${day} ${stretch.key}`, size: HEIGHT.day, day });
      today = day;
    }
    if (stretch.kind === "group") rows.push(...groupRow(stretch, options));
    else rows.push(...singleRows(stretch, options));
  }
  return rows;
}

/** Unchanged groups keep their layout, because thousands take long to lay out; see `groupRow`. */
const laidOut = new WeakMap<Stretch, { readonly key: string; readonly row: Row[] }>();

/** The row of a group; the same object as before where neither the group nor its place changed. */
function groupRow(stretch: Stretch & { kind: "group" }, options: RowOptions): Row[] {
  const { id } = stretch.group;
  const states = `${options.expanded.has(id)} ${options.facesToggled.has(id)}`;
  const key = `${options.available} ${options.viewport} ${states}`;
  const before = laidOut.get(stretch);
  if (before?.key === key) return before.row;
  const row = layOut(stretch, options);
  laidOut.set(stretch, { key, row });
  return row;
}

function layOut(stretch: Stretch & { kind: "group" }, options: RowOptions): Row[] {
  const { group } = stretch;
  const hero = heroOf(group);
  if (!hero) return [];
  const others = group.photos.filter((photo) => photo !== hero);
  const layout = layOutGroup(hero, others, options.available, {
    expanded: options.expanded.has(group.id),
    folded: isFolded(group),
    viewport: options.viewport,
    faces: group.people > 0 && group.people_differ > 0 !== options.facesToggled.has(group.id),
  });
  const head = layout.scrolls ? HEIGHT.groupHeadNarrow : HEIGHT.groupHeadWide;
  const size = head + layout.height + HEIGHT.below;
  return [{ kind: "group", key: group.id, size, time: stretch.time, group, hero, others, layout }];
}

function singleRows({ kind, photos }: Exclude<Stretch, { kind: "group" }>, options: RowOptions): Row[] {
  const height = singleHeight(options.available);
  const lines = breakIntoRows(photos, height, options.available);
  const [head, caption] = kind === "shelf" ? [HEIGHT.shelfHead, HEIGHT.caption] : [HEIGHT.singlesHead, 0];
  return lines.map((line, place) => ({
    kind,
    key: `${kind} ${line[0]?.id ?? ""}`,
    height,
    size: (place === 0 ? head : 0) + height + caption + (place === lines.length - 1 ? HEIGHT.below : GAP),
    photos: line,
    all: place === 0 ? photos : [],
  }));
}

/** The photos of a row in the order in which the arrows visit them. */
export function photosOf(row: Row): readonly TimelinePhoto[] {
  if (row.kind === "group") return [row.hero, ...row.others];
  return row.kind === "day" ? [] : row.photos;
}

/** The row that has this photo. */
export function rowWith(rows: readonly Row[], photoId: string | null): Row | undefined {
  return photoId === null ? undefined : rows.find((row) => photosOf(row).some(({ id }) => id === photoId));
}

/** The photo after this one in its row, else the one before it; null if it is the only one. */
export function besideOf(row: Row, photoId: string): string | null {
  const photos = photosOf(row);
  const place = photos.findIndex(({ id }) => id === photoId);
  return (photos[place + 1] ?? photos[place - 1])?.id ?? null;
}

/** The group whose photo is hidden behind a button, or null. */
export function hiddenIn(rows: readonly Row[], photoId: string): string | null {
  const row = rows.find((one) => one.kind === "group" && one.others.some(({ id }) => id === photoId));
  if (row?.kind !== "group") return null;
  return row.others.findIndex(({ id }) => id === photoId) >= row.layout.shown ? row.group.id : null;
}

/** The row of each photo. */
export function placesOf(rows: readonly Row[]): Map<string, number> {
  const places = new Map<string, number>();
  rows.forEach((row, index) => {
    for (const photo of photosOf(row)) places.set(photo.id, index);
  });
  return places;
}

/** The first row in a direction that has photos, or null at the end. */
export function nextPhotoRow(rows: readonly Row[], from: number, step: 1 | -1): number | null {
  for (let index = from + step; index >= 0 && index < rows.length; index += step) {
    if (rows[index]?.kind !== "day") return index;
  }
  return null;
}

/** The shot before or behind another of its row, staying at the ends. */
export function neighbour(row: Row, photoId: string, step: 1 | -1): TimelinePhoto | undefined {
  const photos = photosOf(row);
  const place = photos.findIndex(({ id }) => id === photoId);
  return photos[Math.min(photos.length - 1, Math.max(0, place + step))];
}

/** The top of each row. */
export function topsOf(rows: readonly Row[]): number[] {
  let top = 0;
  return rows.map(({ size }) => {
    const own = top;
    top += size;
    return own;
  });
}

/** The row at a height: the last whose top is at it or above; -1 above the first. */
export function rowAt(tops: readonly number[], height: number): number {
  let [low, high] = [0, tops.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((tops[middle] ?? 0) <= height) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
