import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";
import { askAgainIn } from "@/shared/api/polling";
import type { ExportOptions } from "@/shared/api/schema-types";

const NEARLY_DONE = 750;
const REFRESH_WHILE_WORKING = 3_000;
const PER_PHOTO = 100;

/** How a preview is kept up to date. The previous one stays until it is known. */
export const KEPT_UP_TO_DATE = {
  // Decisions are made on other pages.
  staleTime: 0,
  placeholderData: keepPreviousData,
  refetchInterval: (query: { state: { data?: { ready: boolean } } }) =>
    query.state.data?.ready === false ? REFRESH_WHILE_WORKING : false,
} as const;

/** What a zip with these options would contain now. */
export function previewQuery(albumId: string, options: ExportOptions) {
  return queryOptions({
    queryKey: ["albums", "export-preview", albumId, options],
    queryFn: ({ signal }) =>
      unwrap(
        api.POST("/api/v1/albums/{album_id}/exports/preview/", {
          params: { path: { album_id: albumId } },
          body: options,
          signal,
        }),
      ),
    ...KEPT_UP_TO_DATE,
  });
}

/** The progress of the album while no zip can be made yet. */
export function workQuery(albumId: string) {
  return queryOptions({
    queryKey: ["albums", "work", albumId],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/albums/{album_id}/progress/", { params: { path: { album_id: albumId } }, signal })),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) =>
      data?.done === false ? askAgainIn(data.unfinished * PER_PHOTO, NEARLY_DONE, REFRESH_WHILE_WORKING) : false,
  });
}
