import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";

/** As many as the service deletes in one request. */
const MOST = 1000;

/** Delete photos of an album for good, with their companions. Gives how many there were. */
export function useDeletePhotos(albumId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (photos: string[]) => {
      let count = 0;
      for (let start = 0; start < photos.length; start += MOST) {
        const { deleted } = await unwrap(
          api.POST("/api/v1/albums/{album_id}/photos/delete/", {
            params: { path: { album_id: albumId } },
            body: { photos: photos.slice(start, start + MOST) },
          }),
        );
        count += deleted;
      }
      return count;
    },
    // Some may be gone when a later request fails.
    onSettled: () => client.invalidateQueries({ queryKey: ["albums"] }),
  });
}

/** Delete a photo for good, with its companions. What the page knows of albums is asked for again. */
export function useDeletePhoto() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (photoId: string) =>
      unwrap(api.DELETE("/api/v1/photos/{photo_id}/", { params: { path: { photo_id: photoId } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["albums"] }),
  });
}
