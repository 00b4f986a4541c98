import type { Cluster, Photo } from "@/shared/api/schema-types";

/** A stretch of an album in order of capture: a group, or photos between two groups that have no others like them. */
export type Stretch =
  | { readonly kind: "group"; readonly key: string; readonly time: string | null; readonly group: Cluster }
  | { readonly kind: "singles"; readonly key: string; readonly time: string | null; readonly photos: readonly Photo[] };

interface Loaded<Item> {
  readonly items: readonly Item[];
  /** Whether the service has more of them behind these. */
  readonly hasMore: boolean;
}

export interface Timeline {
  readonly stretches: readonly Stretch[];
  /** Of which list the next page is needed to go on. */
  readonly needs: "groups" | "singles" | null;
}

/** The wall-clock time of a photo, which sorts as text; null where none is known. */
export function wallClock(photo: Pick<Photo, "taken_at">): string | null {
  return photo.taken_at?.replace(/(?:Z|[+-]\d\d:\d\d)$/, "") ?? null;
}

export function timeOfGroup(group: Pick<Cluster, "photos">): string | null {
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
 * Put two lists, each loaded page by page in order of capture, into one.
 *
 * Nothing is shown before all that comes before it is loaded, so later pages only ever add to the end. Each list keeps
 * its own order, also where a clock jumped inside it.
 */
export function mergeByTime(groups: Loaded<Cluster>, singles: Loaded<Photo>): Timeline {
  const stretches: Stretch[] = [];
  let run: Photo[] = [];
  let group = 0;
  let single = 0;
  const endRun = () => {
    if (run[0]) stretches.push({ kind: "singles", key: run[0].id, time: wallClock(run[0]), photos: run });
    run = [];
  };
  for (;;) {
    const nextGroup = groups.items[group];
    const nextSingle = singles.items[single];
    if (!nextGroup && groups.hasMore) return end("groups");
    if (!nextSingle && singles.hasMore) return end("singles");
    if (nextSingle && (!nextGroup || isBefore(wallClock(nextSingle), timeOfGroup(nextGroup)))) {
      run.push(nextSingle);
      single += 1;
    } else if (nextGroup) {
      endRun();
      stretches.push(stretchOf(nextGroup));
      group += 1;
    } else {
      return end(null);
    }
  }
  function end(needs: Timeline["needs"]): Timeline {
    endRun();
    return { stretches, needs };
  }
}

/** Groups in the order given, and the photos of no group behind the last of them. */
export function singlesLast(groups: Loaded<Cluster>, singles: Loaded<Photo>): Timeline {
  const stretches = groups.items.map(stretchOf);
  if (groups.hasMore) return { stretches, needs: "groups" };
  const [first] = singles.items;
  if (first) stretches.push({ kind: "singles", key: first.id, time: wallClock(first), photos: singles.items });
  return { stretches, needs: singles.hasMore ? "singles" : null };
}

function stretchOf(group: Cluster): Stretch {
  return { kind: "group", key: group.id, time: timeOfGroup(group), group };
}
