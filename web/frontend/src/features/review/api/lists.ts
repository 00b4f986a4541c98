import type { Query, QueryClient } from "@tanstack/react-query";

import type { PhotoChange, Timeline, TimelinePhoto } from "@/shared/api/schema-types";
import { marksOf } from "@/shared/marks/marks";

import {
  type Arranged,
  arrangeGroups,
  arrangeSingles,
  changeGroups,
  insertGroups,
  type ShownChange,
  withChanges,
} from "../model/changes";
import type { ViewFilter } from "../model/filters";

import { timelineKey } from "./timeline";

export type Changes = ReadonlyMap<string, ShownChange>;

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
      const named = [...known].filter(([id]) => changes.has(id));
      return new Map(named.map(([id, photo]) => [id, { ...photo, ...marksOf(photo) }]));
    },
    /** Ask again for what photos with stars or labels there are, when it is shown next. What is shown stays. */
    forgetMarked: () => {
      const isMarked = ({ queryKey }: Query) => {
        const { clusters } = (queryKey.at(-1) as { filter: ViewFilter }).filter;
        return clusters?.stars !== undefined || clusters?.label !== undefined;
      };
      return client.invalidateQueries({ ...filters, type: "inactive", refetchType: "none", predicate: isMarked });
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
