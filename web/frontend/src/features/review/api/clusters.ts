import { infiniteQueryOptions } from "@tanstack/react-query";

import { api, cursorOf, unwrap } from "@/shared/api/client";

import type { ClusterFilter } from "../model/filters";
import type { Order } from "../review-search";

const PAGE_SIZE = 40;

export function clustersKey(albumId: string) {
  return ["albums", "clusters", albumId] as const;
}

/** The groups a filter finds, each with its photos, page by page. */
export function clustersQuery(albumId: string, filter: ClusterFilter | null, order: Order) {
  return infiniteQueryOptions({
    queryKey: [...clustersKey(albumId), { filter, order }] as const,
    enabled: filter !== null,
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET("/api/v1/albums/{album_id}/clusters/", {
          params: {
            path: { album_id: albumId },
            query: {
              ...filter,
              page_size: PAGE_SIZE,
              ...(order === "unclear-first" ? { order: "no_clear_winner_first" as const } : {}),
              ...(pageParam ? { cursor: pageParam } : {}),
            },
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: cursorOf,
    staleTime: 60_000,
  });
}
