import { queryOptions } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";
import type { Timeline } from "@/shared/api/schema-types";

import { filtersOf, type ViewFilter } from "../model/filters";
import type { Order, ReviewSearch } from "../review-search";

export function timelineKey(albumId: string) {
  return ["albums", "timeline", albumId] as const;
}

/** The groups and single photos that a view shows: all of them in one answer, but not what they look like. */
export function timelineQuery(albumId: string, filter: ViewFilter, order: Order) {
  const { clusters, singles } = filter;
  return queryOptions({
    queryKey: [...timelineKey(albumId), { filter, order }] as const,
    queryFn: async ({ signal }): Promise<Timeline> => {
      const timeline = await unwrap(
        api.GET("/api/v1/albums/{album_id}/timeline/", {
          params: {
            path: { album_id: albumId },
            query: {
              ...singles,
              ...clusters,
              ...(clusters ? {} : { clusters: false }),
              ...(singles ? {} : { singles: false }),
              ...(order === "unclear-first" ? { order: "no_clear_winner_first" as const } : {}),
            },
          },
          signal,
        }),
      );
      return { groups: timeline.clusters, singles: timeline.singles };
    },
    enabled: clusters !== null || singles !== null,
    staleTime: 60_000,
  });
}

/** What the address of the review asks for. */
export function timelineOf(albumId: string, { view = "all", order = "time" }: ReviewSearch) {
  return timelineQuery(albumId, filtersOf(view), order);
}
