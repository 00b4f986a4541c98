import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";

/** Group anew, from 0 (loosely) to 1 (strictly). Decisions stay. The album's progress says when it is done. */
export function useRegroup(albumId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (similarity: number) =>
      unwrap(
        api.POST("/api/v1/albums/{album_id}/regroup/", {
          params: { path: { album_id: albumId } },
          body: { similarity },
        }),
      ),
    onSuccess: (album) => {
      client.setQueryData(["albums", "one", albumId], album);
      return client.invalidateQueries({ queryKey: ["albums", "progress", albumId] });
    },
  });
}
