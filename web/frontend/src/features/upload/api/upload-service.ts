import { api, unwrap } from "@/shared/api/client";

import type { UploadService } from "../engine/ports";

/** The API's part of an upload. */
export function uploadServiceOf(albumId: string): UploadService {
  const params = { path: { album_id: albumId } };
  return {
    announce: async (files) =>
      (await unwrap(api.POST("/api/v1/albums/{album_id}/uploads/", { params, body: { files } }))).uploads,
    complete: (photos) => unwrap(api.POST("/api/v1/albums/{album_id}/uploads/complete/", { params, body: { photos } })),
    parts: (photoId, mostBytes) =>
      unwrap(
        api.POST("/api/v1/albums/{album_id}/uploads/{photo_id}/parts/", {
          params: { path: { ...params.path, photo_id: photoId } },
          body: { most_bytes: mostBytes },
        }),
      ),
    countPending: async () =>
      (await unwrap(api.GET("/api/v1/albums/{album_id}/progress/", { params: { ...params, header: {} } }))).pending,
  };
}
