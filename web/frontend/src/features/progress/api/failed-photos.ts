import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, cursorOf, unwrap } from "@/shared/api/client";

export function failedPhotosQuery(albumId: string) {
  return infiniteQueryOptions({
    queryKey: ["albums", "failed-photos", albumId],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET("/api/v1/albums/{album_id}/photos/", {
          params: {
            path: { album_id: albumId },
            query: { state: "failed", ...(pageParam ? { cursor: pageParam } : {}) },
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: cursorOf,
  });
}

/** Analyze failed photos again: those named, or all. */
export function useRetryPhotos(albumId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (photos?: string[]) =>
      unwrap(
        api.POST("/api/v1/albums/{album_id}/photos/retry/", {
          params: { path: { album_id: albumId } },
          body: photos ? { photos } : {},
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["albums"] }),
  });
}
