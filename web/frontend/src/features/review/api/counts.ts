import { queryOptions } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";

export function countsQuery(albumId: string) {
  return queryOptions({
    queryKey: ["albums", "review-counts", albumId] as const,
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/albums/{album_id}/clusters/counts/", { params: { path: { album_id: albumId } }, signal }),
      ),
  });
}
