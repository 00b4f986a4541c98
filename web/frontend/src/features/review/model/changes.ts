import type { PhotoChange, TimelineGroup, TimelinePhoto } from "@/shared/api/schema-types";
import { type Marks, marksOf } from "@/shared/marks/marks";
import type { Decided } from "@/shared/picks/decisions";
import { type Change, expectedInGroup, expectedOfSingles } from "@/shared/picks/expected-changes";

import { wallClock } from "./timeline";

/** What a step changed of a photo. What it does not name stays as it is. */
export type ShownChange = Partial<Change & Marks & { readonly decided_by: string | null }>;

/** Groups that a step made, changed or took away. */
export interface Arranged {
  readonly clusters: readonly TimelineGroup[];
  readonly removed: readonly string[];
}

/** Apply changes to a list of photos. Unchanged photos stay the same objects, so that React skips them. */
export function withChanges<Item extends TimelinePhoto>(
  photos: Item[],
  changes: ReadonlyMap<string, ShownChange>,
): Item[] {
  if (!photos.some((photo) => changes.has(photo.id))) return photos;
  return photos.map((photo) => {
    const change = changes.get(photo.id);
    if (!change) return photo;
    const { decided_by: before, ...others } = photo;
    const { decision, picked, left_out, stars, label, decided_by = before } = { ...others, ...change };
    const by = decided_by ? { decided_by } : {};
    return { ...others, decision, picked, left_out, ...marksOf({ stars, label }), ...by } as Item;
  });
}

export function changeGroups(groups: TimelineGroup[], changes: ReadonlyMap<string, ShownChange>): TimelineGroup[] {
  const changed = groups.map((group) => {
    const photos = withChanges(group.photos, changes);
    return photos === group.photos ? group : { ...group, photos };
  });
  return changed.some((group, place) => group !== groups[place]) ? changed : groups;
}

/** All photos that decisions on photos of any groups, or of none, are expected to change. */
export function expectedInGroups(groups: readonly TimelineGroup[], decided: readonly Decided[]): Map<string, Change> {
  const named = new Set(decided.flatMap(({ photos }) => photos));
  const touched = groups.filter(({ photos }) => photos.some(({ id }) => named.has(id)));
  return new Map([...expectedOfSingles(decided), ...touched.flatMap((group) => [...expectedInGroup(group, decided)])]);
}

/**
 * Put groups in place of what they were made of. New ones stand where their photos stood before; in a filtered list
 * that had none of these photos, nothing changes.
 */
export function arrangeGroups(groups: TimelineGroup[], { clusters, removed }: Arranged): TimelineGroup[] {
  const changed = new Map(clusters.map((cluster) => [cluster.id, cluster]));
  const gone = new Set(removed);
  const listed = new Set(groups.map(({ id }) => id));
  const fresh = clusters.filter(({ id }) => !listed.has(id));
  const placed = new Set<string>();
  return groups.flatMap((group) => {
    const before = new Set(group.photos.map(({ id }) => id));
    const fromHere = fresh.filter(({ id, photos }) => !placed.has(id) && photos.some((photo) => before.has(photo.id)));
    for (const { id } of fromHere) placed.add(id);
    const own = gone.has(group.id) ? [] : [changed.get(group.id) ?? group];
    return [...own, ...fromHere];
  });
}

/** Insert groups that were made of photos in no group. */
export function insertGroups(groups: TimelineGroup[], clusters: readonly TimelineGroup[]): TimelineGroup[] {
  const listed = new Set(groups.map(({ id }) => id));
  const left = clusters.filter(({ id }) => !listed.has(id)).sort((one, other) => one.position - other.position);
  return merged(groups, left, (one, other) => one.position - other.position);
}

/** Remove photos that joined a group from the photos in no group, and add known photos that left one. */
export function arrangeSingles(
  singles: TimelinePhoto[],
  changes: readonly PhotoChange[],
  known: ReadonlyMap<string, TimelinePhoto>,
): TimelinePhoto[] {
  const joined = new Set(changes.filter((change) => change.cluster_id !== null).map(({ id }) => id));
  const listed = new Set(singles.map(({ id }) => id));
  const left = changes
    .filter((change) => change.cluster_id === null && !listed.has(change.id))
    .flatMap(({ id, decision, picked, left_out, rank, stars, label }) => {
      const photo = known.get(id);
      return photo ? [{ ...photo, decision, picked, left_out, rank, stars, label }] : [];
    })
    .sort(compareTimes);
  const stay = withChanges(singles, new Map(changes.map((change) => [change.id, change])));
  return merged(
    stay.filter(({ id }) => !joined.has(id)),
    left,
    compareTimes,
  );
}

/** Merge sorted items into a sorted list, after equal ones. */
function merged<Item>(list: Item[], items: readonly Item[], compare: (one: Item, other: Item) => number): Item[] {
  let next = 0;
  const all = list.flatMap((own) => {
    const from = next;
    while (next < items.length && compare(items[next] as Item, own) < 0) next += 1;
    return [...items.slice(from, next), own];
  });
  return [...all, ...items.slice(next)];
}

function compareTimes(one: TimelinePhoto, other: TimelinePhoto): number {
  const [time, otherTime] = [wallClock(one), wallClock(other)];
  if (time === otherTime) return one.name < other.name ? -1 : 1;
  if (time === null) return 1;
  return otherTime === null || time < otherTime ? -1 : 1;
}
