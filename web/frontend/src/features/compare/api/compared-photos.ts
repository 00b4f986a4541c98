import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import { allPhotos } from "@/shared/api/all-photos";
import { api, unwrap } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import type { Photo, PhotoChange } from "@/shared/api/schema-types";
import type { Mark, Marks } from "@/shared/marks/marks";
import { isVideo, requestOf } from "@/shared/picks/decisions";
import type { Change } from "@/shared/picks/expected-changes";

import type { Decision } from "../judging/decisions";

export interface Wanted {
  readonly photoIds: readonly string[];
  readonly clusterId: string | undefined;
}

interface ComparedGroup {
  readonly id: string;
  readonly kept_whole: boolean;
  /** All of them, the best first, with its videos. */
  readonly photos: readonly Photo[];
}

/** The photos to compare, with the whole groups that they are in: what one decides concerns the others of a group. */
export interface Compared {
  readonly groups: readonly ComparedGroup[];
  /** Photos in no group. */
  readonly singles: readonly Photo[];
}

/** What can be compared: the first group, the best first, and the wanted photos of others. Videos are not compared. */
export function choosablePhotos({ groups, singles }: Compared, photoIds: readonly string[]): Photo[] {
  const [first, ...others] = groups;
  const wanted = [...others.flatMap(({ photos }) => photos), ...singles].filter(({ id }) => photoIds.includes(id));
  return [...(first?.photos ?? []), ...wanted].filter((photo) => !isVideo(photo));
}

function comparedKey(albumId: string) {
  return ["albums", "compared", albumId] as const;
}

const getPhoto = (id: string, signal: AbortSignal) =>
  unwrap(api.GET("/api/v1/photos/{photo_id}/", { params: { path: { photo_id: id } }, signal }));

/** A group, or null if there is none any more. A large one takes several requests. */
async function getGroup(albumId: string, clusterId: string, signal: AbortSignal): Promise<ComparedGroup | null> {
  try {
    const { id, kept_whole, photos, photo_count } = await unwrap(
      api.GET("/api/v1/albums/{album_id}/clusters/{cluster_id}/", {
        params: { path: { album_id: albumId, cluster_id: clusterId } },
        signal,
      }),
    );
    const isWhole = photos.length >= photo_count;
    return { id, kept_whole, photos: isWhole ? photos : await allPhotos(albumId, { cluster: clusterId }, signal) };
  } catch (error) {
    // After regrouping, the photos still exist but the group does not.
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

export function comparedPhotosQuery(albumId: string, { photoIds, clusterId }: Wanted) {
  return queryOptions({
    queryKey: [...comparedKey(albumId), clusterId ?? null, photoIds],
    queryFn: async ({ signal }): Promise<Compared> => {
      const wanted = await Promise.all(photoIds.map((id) => getPhoto(id, signal)));
      const ids = new Set([clusterId, ...wanted.map((photo) => photo.cluster_id)].filter((id) => id != null));
      const found = await Promise.all([...ids].map((id) => getGroup(albumId, id, signal)));
      const groups = found.filter((group) => group !== null);
      const known = new Set(groups.flatMap(({ photos }) => photos.map(({ id }) => id)));
      return { groups, singles: wanted.filter(({ id }) => !known.has(id)) };
    },
    // While one photo of the group is put in the place of another, the group stays on the page.
    placeholderData: keepPreviousData,
  });
}

/**
 * Decide about photos. The change is shown at once and reverted if the service refuses. `undo` and `redo` concern the
 * last step of the review, also one made on another page. All are sent one after the other, together with those of the
 * review: each is meant for what the ones before it have left.
 */
export function useComparedDecision(albumId: string) {
  const client = useQueryClient();
  const queryKey = comparedKey(albumId);
  const params = { path: { album_id: albumId } };
  const mutationKey = ["review", albumId];
  const inTurn = { mutationKey, scope: { id: mutationKey.join(" ") } };
  const isBehind = useRef(false);
  const isShown = useRef(false);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);

  function apply(changes: ReadonlyMap<string, Partial<Change & Marks>>) {
    const changed = (photos: readonly Photo[]) =>
      photos.map((photo) => {
        const change = changes.get(photo.id);
        if (!change) return photo;
        const { decision, picked, left_out, stars, label } = { ...photo, ...change };
        return { ...photo, decision, picked, left_out, stars, label };
      });
    client.setQueriesData<Compared>({ queryKey }, (compared) =>
      compared
        ? {
            groups: compared.groups.map((group) => ({ ...group, photos: changed(group.photos) })),
            singles: changed(compared.singles),
          }
        : undefined,
    );
  }

  function settle(changes: readonly PhotoChange[]) {
    // Later steps are already shown; an earlier answer must not overwrite them.
    if (client.isMutating({ mutationKey }) > 1) isBehind.current = true;
    else {
      apply(new Map(changes.map((change) => [change.id, change])));
      if (isBehind.current) void client.invalidateQueries({ queryKey });
      isBehind.current = false;
    }
    // Other pages of the album ask again when they are shown next, or now if somebody has gone back to them already.
    return client.invalidateQueries({
      queryKey: ["albums"],
      refetchType: isShown.current ? "none" : "active",
      predicate: (query) => query.queryKey[1] !== "compared",
    });
  }

  const decision = useMutation({
    ...inTurn,
    mutationFn: ({ decided }: Decision) =>
      unwrap(api.POST("/api/v1/albums/{album_id}/photos/decision/", { params, body: requestOf(decided) })),
    onMutate: async ({ expected }) => {
      await client.cancelQueries({ queryKey });
      apply(expected);
    },
    onSuccess: ({ photos }) => settle(photos),
    onError: () => void client.invalidateQueries({ queryKey }),
  });

  const marking = useMutation({
    ...inTurn,
    mutationFn: ({ photoId, ...mark }: Mark & { photoId: string }) => {
      const photos = [photoId];
      return "stars" in mark
        ? unwrap(api.POST("/api/v1/albums/{album_id}/photos/stars/", { params, body: { photos, ...mark } }))
        : unwrap(api.POST("/api/v1/albums/{album_id}/photos/label/", { params, body: { photos, ...mark } }));
    },
    onMutate: async ({ photoId, ...mark }) => {
      await client.cancelQueries({ queryKey });
      apply(new Map([[photoId, mark]]));
    },
    onSuccess: ({ photos }) => settle(photos),
    onError: () => void client.invalidateQueries({ queryKey }),
  });

  const undo = useMutation({
    ...inTurn,
    mutationFn: () => unwrap(api.POST("/api/v1/albums/{album_id}/undo/", { params })),
    onSuccess: ({ photos }) => settle(photos),
  });

  const redo = useMutation({
    ...inTurn,
    mutationFn: () => unwrap(api.POST("/api/v1/albums/{album_id}/redo/", { params })),
    onSuccess: ({ photos }) => settle(photos),
  });

  return { decision, marking, undo, redo };
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
