import { queryOptions } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";

/** What a video is: the address of its original redirects to a link that plays for hours. */
export function videoQuery(photoId: string) {
  return queryOptions({
    queryKey: ["photos", "video", photoId] as const,
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/photos/{photo_id}/", { params: { path: { photo_id: photoId } }, signal })),
    select: ({ original_url: url, content_type: type }) => ({ url, type }),
    staleTime: Infinity,
  });
}
