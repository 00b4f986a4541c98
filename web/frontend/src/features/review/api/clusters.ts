import { infiniteQueryOptions } from "@tanstack/react-query";

import { api, cursorOf, unwrap } from "@/shared/api/client";

const PAGE_SIZE = 50;

export function clustersKey(albumId: string) {
  return ["albums", "clusters", albumId] as const;
}

/** The groups in order of capture, each with its photos, page by page. */
export function clustersQuery(albumId: string) {
  return infiniteQueryOptions({
    queryKey: clustersKey(albumId),
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET("/api/v1/albums/{album_id}/clusters/", {
          params: {
            path: { album_id: albumId },
            query: { page_size: PAGE_SIZE, ...(pageParam ? { cursor: pageParam } : {}) },
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: cursorOf,
  });
}
