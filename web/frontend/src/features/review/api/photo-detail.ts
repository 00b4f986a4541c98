import { queryOptions } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";

const FRESH = 30 * 60_000;

/** All that is known of a photo. What is decided about it is in the timeline, which follows each step. */
export function photoDetailQuery(photoId: string) {
  return queryOptions({
    queryKey: ["photos", "detail", photoId] as const,
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/photos/{photo_id}/", { params: { path: { photo_id: photoId } }, signal })),
    staleTime: FRESH,
  });
}
