import type { Query, QueryClient } from "@tanstack/react-query";

import type { Cluster, Photo, PhotoChange } from "@/shared/api/schema-types";

import {
  arrangeClusters,
  type Arranged,
  arrangeSingles,
  changeClusters,
  insertClusters,
  type Pages,
  withChanges,
} from "../model/changes";
import type { ClusterFilter } from "../model/filters";

import { clustersKey } from "./clusters";
import { singlePhotosKey } from "./single-photos";

export type Changes = ReadonlyMap<string, Pick<Photo, "decision" | "picked">>;

/** All lists of an album's photos that are kept, with whatever filter: changed together. */
export function lists(client: QueryClient, albumId: string) {
  const clusters = { queryKey: clustersKey(albumId) };
  const singles = { queryKey: singlePhotosKey(albumId) };
  return {
    cancel: async () => {
      await Promise.all([client.cancelQueries(clusters), client.cancelQueries(singles)]);
    },
    change: (changes: Changes) => {
      client.setQueriesData<Pages<Cluster>>(clusters, (pages) => pages && changeClusters(pages, changes));
      client.setQueriesData<Pages<Photo>>(
        singles,
        (pages) =>
          pages && {
            ...pages,
            pages: pages.pages.map((page) => ({ ...page, results: withChanges(page.results, changes) })),
          },
      );
    },
    arrange: ({ photos, clusters: changed, removed }: Arranged & { photos: readonly PhotoChange[] }) => {
      const known = knownPhotos(client, albumId);
      for (const [queryKey, pages] of client.getQueriesData<Pages<Cluster>>(clusters)) {
        if (!pages) continue;
        const arranged = arrangeClusters(pages, { clusters: changed, removed });
        const { filter } = queryKey.at(-1) as { filter: ClusterFilter };
        const isAll = Object.keys(filter).length === 0;
        client.setQueryData(queryKey, isAll ? insertClusters(arranged, changed) : arranged);
      }
      client.setQueriesData<Pages<Photo>>(singles, (pages) => pages && arrangeSingles(pages, photos, known));
    },
    before: (changes: Changes) => {
      const known = knownPhotos(client, albumId);
      return new Map([...known].filter(([id]) => changes.has(id)));
    },
    /** Read anew what was cancelled while it was being read anew. */
    catchUp: () => {
      const missed = { type: "active", predicate: (query: Query) => query.state.isInvalidated } as const;
      void client.refetchQueries({ ...clusters, ...missed });
      void client.refetchQueries({ ...singles, ...missed });
    },
  };
}

function knownPhotos(client: QueryClient, albumId: string): Map<string, Photo> {
  const known = new Map<string, Photo>();
  for (const [, pages] of client.getQueriesData<Pages<Photo>>({ queryKey: singlePhotosKey(albumId) })) {
    for (const page of pages?.pages ?? []) for (const photo of page.results) known.set(photo.id, photo);
  }
  for (const [, pages] of client.getQueriesData<Pages<Cluster>>({ queryKey: clustersKey(albumId) })) {
    for (const page of pages?.pages ?? []) {
      for (const cluster of page.results) for (const photo of cluster.photos) known.set(photo.id, photo);
    }
  }
  return known;
}
