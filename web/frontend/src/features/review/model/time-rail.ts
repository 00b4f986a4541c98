import type { Place } from "./places";
import type { Row } from "./rows";

/** In pixels. Two labels that are nearer than this read as one. */
const LABEL_GAP = 24;
/** In pixels. Ticks that are nearer than this on average look like a grey bar. */
const TICK_GAP = 8;

export interface Label {
  readonly place: Place;
  /** In pixels from the top of the rail. */
  readonly y: number;
}

/** The labels that have room beside each other on a rail: years before days, days before hours. */
export function labelsOf(places: readonly Place[], tops: readonly number[], scale: number): Label[] {
  const labels: Label[] = [];
  for (const level of ["year", "day", "hour"] as const) {
    for (const place of places) {
      if (place.level !== level) continue;
      const y = (tops[place.index] ?? 0) * scale;
      if (labels.every((label) => Math.abs(label.y - y) >= LABEL_GAP)) labels.push({ place, y });
    }
  }
  return labels.sort((one, other) => one.y - other.y);
}

/**
 * Where the moments are on the rail; where they are too many to be told apart, the hours or the days. Wide gaps between
 * these say that there is much of one time.
 */
export function ticksOf(
  rows: readonly Row[],
  places: readonly Place[],
  tops: readonly number[],
  scale: number,
): readonly number[] {
  const y = (index: number) => Math.round((tops[index] ?? 0) * scale);
  const moments = rows.flatMap(({ kind }, index) => (kind === "day" ? [] : [y(index)]));
  const hours = places.map(({ index }) => y(index));
  const days = places.flatMap(({ level, index }) => (level === "hour" ? [] : [y(index)]));
  const height = y(rows.length - 1);
  return [moments, hours, days].find(({ length }) => length * TICK_GAP <= height) ?? [];
}
