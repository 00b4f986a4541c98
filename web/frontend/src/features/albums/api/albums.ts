import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, cursorOf, unwrap } from "@/shared/api/client";
import type { Album } from "@/shared/api/schema-types";

const PAGE_SIZE = 60;

/** Albums being analyzed change by themselves; the others only when somebody does something. */
const REFRESH_WHILE_WORKING = 5_000;

export function isSettled(album: Pick<Album, "grouping">): boolean {
  return album.grouping === "current" || album.grouping === "failed";
}

export const albumsQuery = infiniteQueryOptions({
  queryKey: ["albums", "list"],
  queryFn: ({ pageParam, signal }) =>
    unwrap(
      api.GET("/api/v1/albums/", {
        params: { query: { page_size: PAGE_SIZE, ...(pageParam ? { cursor: pageParam } : {}) } },
        signal,
      }),
    ),
  initialPageParam: "",
  getNextPageParam: cursorOf,
  refetchInterval: (query) =>
    query.state.data?.pages.some((page) => page.results.some((album) => !isSettled(album)))
      ? REFRESH_WHILE_WORKING
      : false,
});

export function albumQuery(albumId: string) {
  return queryOptions({
    queryKey: ["albums", "one", albumId],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/albums/{album_id}/", { params: { path: { album_id: albumId } }, signal })),
  });
}

export function useCreateAlbum() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => unwrap(api.POST("/api/v1/albums/", { body: { name } })),
    onSuccess: (album) => {
      client.setQueryData(albumQuery(album.id).queryKey, album);
      return client.invalidateQueries({ queryKey: albumsQuery.queryKey });
    },
  });
}

export function useRenameAlbum(albumId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      unwrap(api.PATCH("/api/v1/albums/{album_id}/", { params: { path: { album_id: albumId } }, body: { name } })),
    onSuccess: (album) => {
      client.setQueryData(albumQuery(album.id).queryKey, album);
      return client.invalidateQueries({ queryKey: albumsQuery.queryKey });
    },
  });
}

export function useDeleteAlbum(albumId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.DELETE("/api/v1/albums/{album_id}/", { params: { path: { album_id: albumId } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: albumsQuery.queryKey }),
  });
}
