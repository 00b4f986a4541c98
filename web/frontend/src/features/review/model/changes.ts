import type { InfiniteData } from "@tanstack/react-query";

import type { Cluster, Photo, PhotoChange } from "@/shared/api/schema-types";

import { type Decided, picksOf } from "./picks";
import { wallClock } from "./timeline";

interface Page<Item> {
  next: string | null;
  results: Item[];
}
export type Pages<Item> = InfiniteData<Page<Item>, string>;
type Change = Pick<Photo, "decision" | "picked">;

/** Groups that a step made, changed or took away. */
export interface Arranged {
  readonly clusters: readonly Cluster[];
  readonly removed: readonly string[];
}

/** Put changes into lists of photos. What no change touches stays the same object, and is not drawn again. */
export function withChanges<Item extends Photo>(photos: Item[], changes: ReadonlyMap<string, Change>): Item[] {
  if (!photos.some((photo) => changes.has(photo.id))) return photos;
  return photos.map((photo) => {
    const change = changes.get(photo.id);
    return change ? { ...photo, decision: change.decision, picked: change.picked } : photo;
  });
}

function eachPage<Item>(pages: Pages<Item>, change: (results: Item[]) => Item[]): Pages<Item> {
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, results: change(page.results) })) };
}

export function changeClusters(pages: Pages<Cluster>, changes: ReadonlyMap<string, Change>): Pages<Cluster> {
  return eachPage(pages, (clusters) =>
    clusters.map((cluster) => {
      const photos = withChanges(cluster.photos, changes);
      if (photos === cluster.photos) return cluster;
      return { ...cluster, photos, picks: photos.filter((photo) => photo.picked).map((photo) => photo.id) };
    }),
  );
}

/** What decisions make of a group before the service has answered, by the rule that it goes by. */
export function expectedInGroup(group: Cluster, decided: readonly Decided[]): Map<string, Change> {
  const photos = decided.reduce<Photo[]>(
    (before, { photos: ids, decision }) =>
      before.map((photo) => (ids.includes(photo.id) ? { ...photo, decision } : photo)),
    group.photos,
  );
  const picked = picksOf({ ...group, photos });
  return new Map(photos.map(({ id, decision }) => [id, { decision, picked: picked.has(id) }]));
}

export function expectedOfSingles(decided: readonly Decided[]): Map<string, Change> {
  return new Map(
    decided.flatMap(({ photos, decision }) =>
      photos.map((id) => [id, { decision, picked: decision !== "reject" }] as const),
    ),
  );
}

/**
 * Put groups in place of what they were made of. New ones stand where their photos stood before; in a filtered list
 * that had none of these photos, nothing changes.
 */
export function arrangeClusters(pages: Pages<Cluster>, { clusters, removed }: Arranged): Pages<Cluster> {
  const changed = new Map(clusters.map((cluster) => [cluster.id, cluster]));
  const gone = new Set(removed);
  const listed = new Set(pages.pages.flatMap((page) => page.results.map(({ id }) => id)));
  const fresh = clusters.filter(({ id }) => !listed.has(id));
  const placed = new Set<string>();
  return eachPage(pages, (results) =>
    results.flatMap((cluster) => {
      const before = new Set(cluster.photos.map(({ id }) => id));
      const fromHere = fresh.filter(
        ({ id, photos }) => !placed.has(id) && photos.some((photo) => before.has(photo.id)),
      );
      for (const { id } of fromHere) placed.add(id);
      const own = gone.has(cluster.id) ? [] : [changed.get(cluster.id) ?? cluster];
      return [...own, ...fromHere];
    }),
  );
}

/** Put groups into a list of all, in which photos of no group may have become one. */
export function insertClusters(pages: Pages<Cluster>, clusters: readonly Cluster[]): Pages<Cluster> {
  const listed = new Set(pages.pages.flatMap((page) => page.results.map(({ id }) => id)));
  let left = clusters.filter(({ id }) => !listed.has(id)).sort((one, other) => one.position - other.position);
  const last = pages.pages.length - 1;
  let place = -1;
  return eachPage(pages, (results) => {
    place += 1;
    const filled = results.flatMap((cluster) => {
      const before = left.filter(({ position }) => position < cluster.position);
      left = left.filter(({ position }) => position >= cluster.position);
      return [...before, cluster];
    });
    const isEnd = place === last && pages.pages[last]?.next === null;
    return isEnd ? [...filled, ...left] : filled;
  });
}

/** Photos that joined a group leave the list of those in none; those that left one join it, where they are known. */
export function arrangeSingles(
  pages: Pages<Photo>,
  changes: readonly PhotoChange[],
  known: ReadonlyMap<string, Photo>,
): Pages<Photo> {
  const joined = new Set(changes.filter((change) => change.cluster_id !== null).map(({ id }) => id));
  const listed = new Set(pages.pages.flatMap((page) => page.results.map(({ id }) => id)));
  let left = changes
    .filter((change) => change.cluster_id === null && !listed.has(change.id))
    .flatMap((change) => {
      const photo = known.get(change.id);
      return photo ? [{ ...photo, ...change }] : [];
    })
    .sort((one, other) => compareTimes(one, other));
  const byId = new Map(changes.map((change) => [change.id, change]));
  const last = pages.pages.length - 1;
  let place = -1;
  return eachPage(pages, (results) => {
    place += 1;
    const filled = withChanges(results, byId)
      .filter(({ id }) => !joined.has(id))
      .flatMap((photo) => {
        const before = left.filter((one) => compareTimes(one, photo) < 0);
        left = left.filter((one) => compareTimes(one, photo) >= 0);
        return [...before, photo];
      });
    const isEnd = place === last && pages.pages[last]?.next === null;
    return isEnd ? [...filled, ...left] : filled;
  });
}

function compareTimes(one: Photo, other: Photo): number {
  const [time, otherTime] = [wallClock(one), wallClock(other)];
  if (time === otherTime) return one.name < other.name ? -1 : 1;
  if (time === null) return 1;
  return otherTime === null || time < otherTime ? -1 : 1;
}
