import { queryOptions } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";

/** The clocks of the album's cameras, and what is added to them. */
export function clocksQuery(albumId: string) {
  return queryOptions({
    queryKey: ["albums", "clocks", albumId] as const,
    queryFn: async ({ signal }) => {
      const answer = await unwrap(
        api.GET("/api/v1/albums/{album_id}/clocks/", { params: { path: { album_id: albumId } }, signal }),
      );
      return answer.results;
    },
    staleTime: 0,
  });
}

/** The photo whose right time somebody knows. */
export function datedPhotoQuery(photoId: string) {
  return queryOptions({
    queryKey: ["photos", "dated", photoId] as const,
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/photos/{photo_id}/", { params: { path: { photo_id: photoId } }, signal })),
    staleTime: 0,
  });
}
