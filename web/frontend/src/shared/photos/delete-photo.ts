import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";

/** Delete photos of an album for good, with their companions. */
export function useDeletePhotos(albumId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (photos: string[]) =>
      unwrap(
        api.POST("/api/v1/albums/{album_id}/photos/delete/", {
          params: { path: { album_id: albumId } },
          body: { photos },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["albums"] }),
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
