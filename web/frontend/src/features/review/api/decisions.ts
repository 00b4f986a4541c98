import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";
import type { PhotoDecision } from "@/shared/api/schema-types";

import { countsQuery } from "./counts";
import { lists } from "./lists";
import { timelineKey } from "./timeline";

/** Keep or reject photos, or leave them to the ranking, from outside the review, which then shows it. */
export function useDecide(albumId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (decision: { photos: string[]; decision: PhotoDecision }) =>
      unwrap(
        api.POST("/api/v1/albums/{album_id}/photos/decision/", {
          params: { path: { album_id: albumId } },
          body: decision,
        }),
      ),
    onSuccess: ({ photos }) => {
      lists(client, albumId).change(new Map(photos.map((photo) => [photo.id, photo])));
      void client.invalidateQueries({ queryKey: timelineKey(albumId), refetchType: "none" });
      void client.invalidateQueries({ queryKey: countsQuery(albumId).queryKey });
    },
  });
}
