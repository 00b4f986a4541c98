import { infiniteQueryOptions } from "@tanstack/react-query";

import { api, cursorOf, unwrap } from "@/shared/api/client";

export function singlePhotosKey(albumId: string) {
  return ["albums", "single-photos", albumId] as const;
}

/** The photos that have no others like them: they are in no group, and picked. */
export function singlePhotosQuery(albumId: string, filter: { people?: boolean } | null) {
  return infiniteQueryOptions({
    queryKey: [...singlePhotosKey(albumId), filter] as const,
    enabled: filter !== null,
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET("/api/v1/albums/{album_id}/photos/", {
          params: {
            path: { album_id: albumId },
            query: { ...filter, in_cluster: false, state: "analyzed", ...(pageParam ? { cursor: pageParam } : {}) },
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: cursorOf,
    staleTime: 60_000,
  });
}
