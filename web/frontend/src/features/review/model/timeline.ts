import type { Timeline, TimelineGroup, TimelinePhoto } from "@/shared/api/schema-types";

/**
 * A stretch of an album in order of capture: a group, or photos of one day between two groups that have no others like
 * them. What is probably not wanted stands at the end.
 */
export type Stretch =
  | { readonly kind: "group"; readonly key: string; readonly time: string | null; readonly group: TimelineGroup }
  | {
      readonly kind: "singles";
      readonly key: string;
      readonly time: string | null;
      readonly photos: readonly TimelinePhoto[];
    }
  | { readonly kind: "shelf"; readonly key: string; readonly time: null; readonly photos: readonly TimelinePhoto[] };

type GroupStretch = Stretch & { readonly kind: "group" };

/** The wall-clock time of a photo, which sorts as text; null where none is known. */
export function wallClock(photo: Pick<TimelinePhoto, "taken_at">): string | null {
  return photo.taken_at?.replace(/(?:Z|[+-]\d\d:\d\d)$/, "") ?? null;
}

export function timeOfGroup(group: Pick<TimelineGroup, "photos">): string | null {
  return group.photos.reduce<string | null>((earliest, photo) => {
    const time = wallClock(photo);
    return time !== null && (earliest === null || time < earliest) ? time : earliest;
  }, null);
}

function isBefore(one: string | null, other: string | null): boolean {
  if (one === null) return false;
  return other === null || one < other;
}

/**
 * Put two lists, each in order of capture, into one. Each keeps its own order, also where a clock jumped inside it.
 */
export function mergeByTime({ groups, singles: all }: Timeline): Stretch[] {
  const singles = all.filter(({ shelf }) => !shelf);
  const stretches: Stretch[] = [];
  let run: TimelinePhoto[] = [];
  let single = 0;
  const endRun = () => {
    stretches.push(...byDay(run).flatMap(singlesStretch));
    run = [];
  };
  for (const group of groups) {
    const stretch = stretchOf(group);
    for (let next = singles[single]; next && isBefore(wallClock(next), stretch.time); next = singles[single]) {
      run.push(next);
      single += 1;
    }
    endRun();
    stretches.push(stretch);
  }
  run = singles.slice(single);
  endRun();
  return [...stretches, ...shelfOf(all)];
}

/** Groups in the order given, then the photos in no group. */
export function singlesLast({ groups, singles: all }: Timeline): Stretch[] {
  const singles = all.filter(({ shelf }) => !shelf);
  const stretches: Stretch[] = groups.map(stretchOf);
  return [...stretches, ...singlesStretch(singles), ...shelfOf(all)];
}

function singlesStretch(photos: readonly TimelinePhoto[]): Stretch[] {
  const [first] = photos;
  return first ? [{ kind: "singles", key: first.id, time: wallClock(first), photos }] : [];
}

/** Photos in order of capture, cut where the day changes. Each day has a heading of its own. */
function byDay(photos: readonly TimelinePhoto[]): TimelinePhoto[][] {
  const days: TimelinePhoto[][] = [];
  let today: string | undefined;
  for (const photo of photos) {
    const day = wallClock(photo)?.slice(0, 10);
    if (days.length === 0 || day !== today) days.push([]);
    days.at(-1)?.push(photo);
    today = day;
  }
  return days;
}

/** First what somebody might want after all. */
const SHELF_ORDER = ["blurred", "empty", "white", "black"] as const;

/** A kept photo stays where it is: nothing moves away from under the finger. */
function shelfOf(singles: readonly TimelinePhoto[]): Stretch[] {
  const photos = SHELF_ORDER.flatMap((reason) => singles.filter(({ shelf }) => shelf === reason));
  return photos.length > 0 ? [{ kind: "shelf", key: "shelf", time: null, photos }] : [];
}

/** An unchanged group keeps the same stretch object, so React does not lay it out or render it again. */
const known = new WeakMap<TimelineGroup, GroupStretch>();

function stretchOf(group: TimelineGroup): GroupStretch {
  const before = known.get(group);
  if (before) return before;
  const stretch = { kind: "group", key: group.id, time: timeOfGroup(group), group } as const;
  known.set(group, stretch);
  return stretch;
}
