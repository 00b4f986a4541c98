import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";
import type { Album } from "@/shared/api/schema-types";

/** How often a page asks what the others changed. */
const ASK_AGAIN = 10_000;
const LATEST = 20;

export type SharedAlbum = Pick<Album, "id" | "is_own" | "owner" | "member_count">;

/** Whether somebody else edits the album, too. */
export function hasOthers(album: SharedAlbum): boolean {
  return !album.is_own || album.member_count > 0;
}

function membersKey(albumId: string) {
  return ["albums", "members", albumId] as const;
}

export function membersQuery(albumId: string) {
  return queryOptions({
    queryKey: membersKey(albumId),
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/albums/{album_id}/members/", { params: { path: { album_id: albumId } }, signal })),
  });
}

/** The latest steps of all people in the album. */
export function latestChangesQuery(albumId: string) {
  return queryOptions({
    queryKey: ["albums", "changes", albumId],
    queryFn: async ({ signal }) => {
      const query = { everybody: true, page_size: LATEST };
      const params = { path: { album_id: albumId }, query };
      return (await unwrap(api.GET("/api/v1/albums/{album_id}/changes/", { params, signal }))).results;
    },
    staleTime: 0,
    refetchInterval: ASK_AGAIN,
  });
}

/** Removes somebody from an album, or oneself. */
export function useRemoveMember(albumId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (memberId: string) =>
      unwrap(
        api.DELETE("/api/v1/albums/{album_id}/members/{member_id}/", {
          params: { path: { album_id: albumId, member_id: memberId } },
        }),
      ),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["albums", "list"] }),
        client.invalidateQueries({ queryKey: ["albums", "one", albumId], refetchType: "none" }),
        client.invalidateQueries({ queryKey: membersKey(albumId), refetchType: "none" }),
      ]),
  });
}
