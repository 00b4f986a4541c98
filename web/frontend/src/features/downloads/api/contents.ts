import { queryOptions } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";

const REFRESH_WHILE_WORKING = 3_000;

/** What a zip made now would hold, and whether the album is ready for one. */
export function contentsQuery(albumId: string) {
  const params = { path: { album_id: albumId } };
  return queryOptions({
    queryKey: ["albums", "contents", albumId],
    queryFn: async ({ signal }) => {
      const [counts, progress] = await Promise.all([
        unwrap(api.GET("/api/v1/albums/{album_id}/clusters/counts/", { params, signal })),
        unwrap(api.GET("/api/v1/albums/{album_id}/progress/", { params, signal })),
      ]);
      return { counts, done: progress.done, fraction: progress.fraction };
    },
    // Decisions are made on other pages.
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.done === false ? REFRESH_WHILE_WORKING : false),
  });
}
