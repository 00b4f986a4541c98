import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";

/** As many names as help to find the files again. */
const NAMES_SHOWN = 100;

/** The first of the photos that were announced and never came. */
export function missingPhotosQuery(albumId: string, count: number) {
  return queryOptions({
    // The count in the key makes the list refetch whenever one arrives.
    queryKey: ["albums", "missing-photos", albumId, count],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/albums/{album_id}/photos/", {
          params: { path: { album_id: albumId }, query: { state: "pending", page_size: NAMES_SHOWN } },
          signal,
        }),
      ),
  });
}

/** Forget them all. The service does some hundreds at a time. */
export function useDismissMissing(albumId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      for (let left = Number.POSITIVE_INFINITY; ;) {
        const { pending } = await unwrap(
          api.POST("/api/v1/albums/{album_id}/uploads/dismiss/", {
            params: { path: { album_id: albumId } },
            body: {},
          }),
        );
        // Another page may announce new ones meanwhile: those are not to be dismissed.
        if (pending === 0 || pending >= left) return;
        left = pending;
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["albums"] }),
  });
}
