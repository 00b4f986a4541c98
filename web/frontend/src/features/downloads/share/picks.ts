import { queryOptions } from "@tanstack/react-query";

import { api, cursorOf, unwrap } from "@/shared/api/client";
import type { Photo } from "@/shared/api/schema-types";

/** The most that the service puts on a page. */
const PAGE_SIZE = 500;

/** All picked photos of an album, in order of time. */
export function picksQuery(albumId: string) {
  return queryOptions({
    queryKey: ["albums", "picks-to-share", albumId],
    queryFn: async ({ signal }): Promise<Photo[]> => {
      const photos: Photo[] = [];
      let cursor: string | undefined;
      do {
        const query = { picked: true, page_size: PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) };
        const page = await unwrap(
          api.GET("/api/v1/albums/{album_id}/photos/", { params: { path: { album_id: albumId }, query }, signal }),
        );
        photos.push(...page.results);
        cursor = cursorOf(page);
      } while (cursor !== undefined);
      return photos;
    },
    // Decisions are made on other pages.
    staleTime: 0,
  });
}
