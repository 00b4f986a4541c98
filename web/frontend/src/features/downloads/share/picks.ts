import { queryOptions } from "@tanstack/react-query";

import { allPhotos } from "@/shared/api/all-photos";

/** All picked photos of an album, in order of time. */
export function picksQuery(albumId: string) {
  return queryOptions({
    queryKey: ["albums", "picks-to-share", albumId],
    queryFn: ({ signal }) => allPhotos(albumId, { picked: true }, signal),
    // Decisions are made on other pages.
    staleTime: 0,
  });
}
