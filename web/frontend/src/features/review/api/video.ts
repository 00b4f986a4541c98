import { queryOptions } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";

/** The address of a video's original, which redirects to a link that plays for hours. */
export function videoUrlQuery(photoId: string) {
  return queryOptions({
    queryKey: ["photos", "video", photoId] as const,
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/photos/{photo_id}/", { params: { path: { photo_id: photoId } }, signal })),
    select: (photo) => photo.original_url,
    staleTime: Infinity,
  });
}
