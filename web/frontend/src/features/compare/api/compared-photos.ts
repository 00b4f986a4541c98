import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, cursorOf, unwrap } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import type { Photo, PhotoChange, PhotoDecision } from "@/shared/api/schema-types";

/** Photos by what is said of them, in one request and one step. */
export type Decided = Partial<Record<PhotoDecision, string[]>>;

/** The most that the service puts on a page. */
const PAGE_SIZE = 500;

type Change = Pick<Photo, "decision" | "picked">;

export interface Wanted {
  readonly photoIds: readonly string[];
  readonly clusterId: string | undefined;
}

function comparedKey(albumId: string) {
  return ["albums", "compared", albumId] as const;
}

const getPhoto = (id: string, signal: AbortSignal) =>
  unwrap(api.GET("/api/v1/photos/{photo_id}/", { params: { path: { photo_id: id } }, signal }));

/** The photos of a group, the best first. A large group takes several requests. */
async function getGroup(albumId: string, clusterId: string, signal: AbortSignal): Promise<Photo[]> {
  try {
    const cluster = await unwrap(
      api.GET("/api/v1/albums/{album_id}/clusters/{cluster_id}/", {
        params: { path: { album_id: albumId, cluster_id: clusterId } },
        signal,
      }),
    );
    const isWhole = cluster.photos.length >= cluster.photo_count;
    return isWhole ? cluster.photos : await getPages(albumId, clusterId, signal);
  } catch (error) {
    // After regrouping, the photos still exist but the group does not.
    if (error instanceof Problem && error.status === 404) return [];
    throw error;
  }
}

async function getPages(albumId: string, clusterId: string, signal: AbortSignal): Promise<Photo[]> {
  const photos: Photo[] = [];
  let cursor: string | undefined;
  do {
    const query = { cluster: clusterId, page_size: PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) };
    const page = await unwrap(
      api.GET("/api/v1/albums/{album_id}/photos/", { params: { path: { album_id: albumId }, query }, signal }),
    );
    photos.push(...page.results);
    cursor = cursorOf(page);
  } while (cursor !== undefined);
  return photos;
}

/** The photos to compare and the others of their group, the best first. Videos are not compared. */
export function comparedPhotosQuery(albumId: string, { photoIds, clusterId }: Wanted) {
  return queryOptions({
    queryKey: [...comparedKey(albumId), clusterId ?? null, photoIds],
    queryFn: async ({ signal }): Promise<Photo[]> => {
      const photos = await Promise.all(photoIds.map((id) => getPhoto(id, signal)));
      const group = clusterId ?? photos[0]?.cluster_id;
      const members = group ? await getGroup(albumId, group, signal) : [];
      const inGroup = members.filter(({ kind }) => kind !== "video");
      const known = new Set(inGroup.map((photo) => photo.id));
      return [...inGroup, ...photos.filter((photo) => !known.has(photo.id))];
    },
    // While one photo of the group is put in the place of another, the group stays on the page.
    placeholderData: keepPreviousData,
  });
}

/**
 * Keep or reject photos, or leave them to the automatic pick. The change is shown at once and reverted if the service
 * refuses. `undo` reverts the last step of the review, also one made on another page.
 */
export function useComparedDecision(albumId: string) {
  const client = useQueryClient();
  const queryKey = comparedKey(albumId);

  function apply(changes: ReadonlyMap<string, Change>) {
    client.setQueriesData<Photo[]>({ queryKey }, (photos) =>
      photos?.map((photo) => {
        const change = changes.get(photo.id);
        return change ? { ...photo, decision: change.decision, picked: change.picked } : photo;
      }),
    );
  }

  function settle(changes: readonly PhotoChange[]) {
    apply(new Map(changes.map((change) => [change.id, change])));
    // Other pages of the album ask again when they are shown next; this one knows.
    return client.invalidateQueries({
      queryKey: ["albums"],
      refetchType: "none",
      predicate: (query) => query.queryKey[1] !== "compared",
    });
  }

  const decision = useMutation({
    mutationFn: (decided: Decided) =>
      unwrap(
        api.POST("/api/v1/albums/{album_id}/photos/decision/", {
          params: { path: { album_id: albumId } },
          body: decided,
        }),
      ),
    onMutate: async ({ keep = [], reject = [] }) => {
      await client.cancelQueries({ queryKey });
      // Only the service knows the pick of photos that are left to it.
      apply(
        new Map<string, Change>([
          ...keep.map((id): [string, Change] => [id, { decision: "keep", picked: true }]),
          ...reject.map((id): [string, Change] => [id, { decision: "reject", picked: false }]),
        ]),
      );
    },
    onSuccess: ({ photos }) => settle(photos),
    onError: () => void client.invalidateQueries({ queryKey }),
  });

  const undo = useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/albums/{album_id}/undo/", { params: { path: { album_id: albumId } } })),
    onSuccess: ({ photos }) => settle(photos),
  });

  return { decision, undo };
}

/** The brightness histogram of a photo; it never changes. */
export function histogramQuery(photoId: string) {
  return queryOptions({
    queryKey: ["photos", "histogram", photoId],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/photos/{photo_id}/histogram/", { params: { path: { photo_id: photoId } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
