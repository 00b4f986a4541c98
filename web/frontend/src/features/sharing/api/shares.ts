import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, cursorOf, unwrap } from "@/shared/api/client";
import type { ShareChange, ShareInput } from "@/shared/api/schema-types";

/** The most that the service puts on a page. */
const ALL = 500;
/** Guests choose while the owner looks. */
const REFRESH_CHOICES = 20_000;

const sharesKey = (albumId: string) => ["albums", "shares", albumId] as const;

/** The links of an album, the newest first. An album has at most 100. */
export function sharesQuery(albumId: string) {
  return queryOptions({
    queryKey: sharesKey(albumId),
    queryFn: async ({ signal }) => {
      const params = { path: { album_id: albumId }, query: { page_size: ALL } };
      return (await unwrap(api.GET("/api/v1/albums/{album_id}/shares/", { params, signal }))).results;
    },
    staleTime: 0,
  });
}

/** Who chose at a link. It has at most 500 guests. */
export function guestsQuery(shareId: string) {
  return queryOptions({
    queryKey: ["shares", shareId, "guests"],
    queryFn: async ({ signal }) => {
      const params = { path: { share_id: shareId }, query: { page_size: ALL } };
      return (await unwrap(api.GET("/api/v1/shares/{share_id}/guests/", { params, signal }))).results;
    },
    refetchInterval: REFRESH_CHOICES,
  });
}

/** The photos that guests chose, in order of capture. */
export function choicesQuery(shareId: string) {
  return infiniteQueryOptions({
    queryKey: ["shares", shareId, "choices"],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET("/api/v1/shares/{share_id}/choices/", {
          params: { path: { share_id: shareId }, query: pageParam ? { cursor: pageParam } : {} },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: cursorOf,
    refetchInterval: REFRESH_CHOICES,
  });
}

/** A change of links. The list is asked for again after it. */
function useShareChange<Variables, Data>(albumId: string, mutationFn: (variables: Variables) => Promise<Data>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () => client.invalidateQueries({ queryKey: sharesKey(albumId) }),
  });
}

export function useCreateShare(albumId: string) {
  return useShareChange(albumId, (body: ShareInput) =>
    unwrap(api.POST("/api/v1/albums/{album_id}/shares/", { params: { path: { album_id: albumId } }, body })),
  );
}

export function useChangeShare(albumId: string, shareId: string) {
  return useShareChange(albumId, (body: ShareChange) =>
    unwrap(api.PATCH("/api/v1/shares/{share_id}/", { params: { path: { share_id: shareId } }, body })),
  );
}

export function useRevokeShare(albumId: string, shareId: string) {
  return useShareChange(albumId, () =>
    unwrap(api.DELETE("/api/v1/shares/{share_id}/", { params: { path: { share_id: shareId } } })),
  );
}

export function useDeleteShare(albumId: string, shareId: string) {
  return useShareChange(albumId, () =>
    unwrap(api.POST("/api/v1/shares/{share_id}/delete/", { params: { path: { share_id: shareId } } })),
  );
}

/** Forgets a guest with what they chose. */
export function useRemoveGuest(albumId: string, shareId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (guestId: string) =>
      unwrap(
        api.POST("/api/v1/shares/{share_id}/guests/delete/", {
          params: { path: { share_id: shareId } },
          body: { guests: [guestId] },
        }),
      ),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["shares", shareId] }),
        client.invalidateQueries({ queryKey: sharesKey(albumId) }),
      ]),
  });
}

/** Keeps what guests chose, in one step; and undoes the last step in the album. */
export function useTakeOver(albumId: string, shareId: string) {
  const client = useQueryClient();
  // The decisions are shown here and in the review.
  const onSuccess = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ["shares", shareId] }),
      client.invalidateQueries({ queryKey: ["albums"] }),
    ]);
  const takeOver = useMutation({
    mutationFn: (guests: string[] | null) =>
      unwrap(
        api.POST("/api/v1/shares/{share_id}/take-over/", {
          params: { path: { share_id: shareId } },
          body: guests ? { guests } : {},
        }),
      ),
    onSuccess,
  });
  const undo = useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/albums/{album_id}/undo/", { params: { path: { album_id: albumId } } })),
    onSuccess,
  });
  return { takeOver, undo };
}
