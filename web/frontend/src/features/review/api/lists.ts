import type { Query, QueryClient } from "@tanstack/react-query";

import type { PhotoChange, Timeline, TimelinePhoto } from "@/shared/api/schema-types";

import {
  type Arranged,
  arrangeGroups,
  arrangeSingles,
  changeGroups,
  insertGroups,
  withChanges,
} from "../model/changes";
import type { ViewFilter } from "../model/filters";

import { timelineKey } from "./timeline";

export type Changes = ReadonlyMap<string, Pick<TimelinePhoto, "decision" | "picked" | "left_out">>;

/** All cached lists of an album's photos, whatever their filter, changed together. */
export function lists(client: QueryClient, albumId: string) {
  const filters = { queryKey: timelineKey(albumId) };
  return {
    cancel: () => client.cancelQueries(filters),
    change: (changes: Changes) => {
      client.setQueriesData<Timeline>(
        filters,
        (timeline) =>
          timeline && {
            groups: changeGroups(timeline.groups, changes),
            singles: withChanges(timeline.singles, changes),
          },
      );
    },
    arrange: ({ photos, clusters, removed }: Arranged & { photos: readonly PhotoChange[] }) => {
      const known = knownPhotos(client, albumId);
      for (const [queryKey, timeline] of client.getQueriesData<Timeline>(filters)) {
        if (!timeline) continue;
        const { filter } = queryKey.at(-1) as { filter: ViewFilter };
        const arranged = arrangeGroups(timeline.groups, { clusters, removed });
        const isAll = filter.clusters !== null && Object.keys(filter.clusters).length === 0;
        client.setQueryData<Timeline>(queryKey, {
          groups: isAll ? insertGroups(arranged, clusters) : arranged,
          singles: filter.singles ? arrangeSingles(timeline.singles, photos, known) : [],
        });
      }
    },
    before: (changes: Changes) => {
      const known = knownPhotos(client, albumId);
      return new Map([...known].filter(([id]) => changes.has(id)));
    },
    /** Refetch the lists whose refetch was cancelled. */
    catchUp: () => {
      const missed = { type: "active", predicate: (query: Query) => query.state.isInvalidated } as const;
      void client.refetchQueries({ ...filters, ...missed });
    },
  };
}

function knownPhotos(client: QueryClient, albumId: string): Map<string, TimelinePhoto> {
  const known = new Map<string, TimelinePhoto>();
  for (const [, timeline] of client.getQueriesData<Timeline>({ queryKey: timelineKey(albumId) })) {
    for (const photo of timeline?.singles ?? []) known.set(photo.id, photo);
    for (const group of timeline?.groups ?? []) for (const photo of group.photos) known.set(photo.id, photo);
  }
  return known;
}
