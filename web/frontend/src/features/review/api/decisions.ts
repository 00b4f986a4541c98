import { type InfiniteData, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";
import type { Cluster, Photo, PhotoChange, PhotoDecision } from "@/shared/api/schema-types";

import { clustersKey } from "./clusters";
import { singlePhotosKey } from "./single-photos";

type ClusterPages = InfiniteData<{ next: string | null; results: Cluster[] }, string>;
type PhotoPages = InfiniteData<{ next: string | null; results: Photo[] }, string>;
type Change = Pick<Photo, "decision" | "picked">;

/** Put changes into lists of photos. What no change touches stays the same object, and is not drawn again. */
export function withChanges<Item extends Photo>(photos: Item[], changes: ReadonlyMap<string, Change>): Item[] {
  if (!photos.some((photo) => changes.has(photo.id))) return photos;
  return photos.map((photo) => {
    const change = changes.get(photo.id);
    return change ? { ...photo, decision: change.decision, picked: change.picked } : photo;
  });
}

export function changeClusters(pages: ClusterPages, changes: ReadonlyMap<string, Change>): ClusterPages {
  return {
    ...pages,
    pages: pages.pages.map((page) => ({
      ...page,
      results: page.results.map((cluster) => {
        const photos = withChanges(cluster.photos, changes);
        if (photos === cluster.photos) return cluster;
        return { ...cluster, photos, picks: photos.filter((photo) => photo.picked).map((photo) => photo.id) };
      }),
    })),
  };
}

/** What a decision will most likely make of its photos; the answer of the service says what it did. */
function expected(photos: string[], decision: PhotoDecision): Map<string, Change> {
  if (decision === "auto") return new Map();
  return new Map(photos.map((id) => [id, { decision, picked: decision === "keep" }]));
}

/** Keep or reject photos, or leave them to the ranking. Shown at once, and taken back if the service refuses. */
export function useDecide(albumId: string) {
  const client = useQueryClient();

  function apply(changes: ReadonlyMap<string, Change>) {
    client.setQueryData<ClusterPages>(clustersKey(albumId), (pages) => pages && changeClusters(pages, changes));
    client.setQueryData<PhotoPages>(
      singlePhotosKey(albumId),
      (pages) =>
        pages && {
          ...pages,
          pages: pages.pages.map((page) => ({ ...page, results: withChanges(page.results, changes) })),
        },
    );
  }

  return useMutation({
    mutationFn: (decision: { photos: string[]; decision: PhotoDecision }) =>
      unwrap(
        api.POST("/api/v1/albums/{album_id}/photos/decision/", {
          params: { path: { album_id: albumId } },
          body: decision,
        }),
      ),
    onMutate: async ({ photos, decision }) => {
      await client.cancelQueries({ queryKey: clustersKey(albumId) });
      await client.cancelQueries({ queryKey: singlePhotosKey(albumId) });
      const before = {
        clusters: client.getQueryData<ClusterPages>(clustersKey(albumId)),
        singles: client.getQueryData<PhotoPages>(singlePhotosKey(albumId)),
      };
      apply(expected(photos, decision));
      return before;
    },
    onSuccess: ({ photos }) => apply(new Map(photos.map((change: PhotoChange) => [change.id, change]))),
    onError: (_error, _decision, before) => {
      client.setQueryData(clustersKey(albumId), before?.clusters);
      client.setQueryData(singlePhotosKey(albumId), before?.singles);
    },
  });
}
