import {
  type QueryClient,
  QueryObserver,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useEffect } from "react";

import { api, unwrap } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import type { Frames } from "@/shared/api/schema-types";

import { groupingQuery } from "./grouping";

const WORKING = 1_500;
const HIDDEN = 20_000;
/** Where the large view of the video is closed. */
const UNSEEN = 4_000;

export function isSearching(frames: Frames | undefined): boolean {
  return frames?.state === "queued" || frames?.state === "running";
}

function framesQuery(videoId: string) {
  return queryOptions({
    queryKey: ["photos", "frames", videoId] as const,
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/photos/{video_id}/frames/", { params: { path: { video_id: videoId } }, signal })),
    staleTime: 0,
    refetchInterval: (query) => isSearching(query.state.data) && (document.hidden ? HIDDEN : WORKING),
  });
}

/**
 * Wait for the end of a search, also when nobody looks at its video any more: then the album has new photos, which its
 * grouping is asked about.
 */
function follow(client: QueryClient, albumId: string, videoId: string): void {
  const options = { ...framesQuery(videoId), refetchOnMount: false, refetchInterval: UNSEEN };
  const stop = new QueryObserver(client, options).subscribe(({ data, error }) => {
    const isGone = error instanceof Problem && error.status === 404;
    if (isSearching(data) && !isGone) return;
    stop();
    void client.invalidateQueries({ queryKey: groupingQuery(albumId).queryKey });
  });
}

/** The photos of a video, and the request to look for them. */
export function useFrames(albumId: string, videoId: string) {
  const client = useQueryClient();
  const { data: frames } = useQuery(framesQuery(videoId));
  const ask = useMutation({
    mutationFn: () =>
      unwrap(api.POST("/api/v1/photos/{video_id}/frames/", { params: { path: { video_id: videoId } } })),
    onSuccess: (asked) => client.setQueryData(framesQuery(videoId).queryKey, asked),
  });
  const searches = isSearching(frames);
  useEffect(() => {
    if (searches) follow(client, albumId, videoId);
  }, [client, albumId, videoId, searches]);
  return { frames, ask };
}
