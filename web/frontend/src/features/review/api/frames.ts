import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import { api, unwrap } from "@/shared/api/client";
import type { components } from "@/shared/api/schema";

import { groupingQuery } from "./grouping";

export type Frames = components["schemas"]["FramesOutput"];

const WORKING = 1_500;
const HIDDEN = 20_000;

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

/** The photos of a video. When a search ends, the album has new photos, which its grouping is asked about. */
export function useFrames(albumId: string, videoId: string) {
  const client = useQueryClient();
  const { data: frames } = useQuery(framesQuery(videoId));
  const ask = useMutation({
    mutationFn: () =>
      unwrap(api.POST("/api/v1/photos/{video_id}/frames/", { params: { path: { video_id: videoId } } })),
    onSuccess: (asked) => client.setQueryData(framesQuery(videoId).queryKey, asked),
  });
  const searches = isSearching(frames);
  const wasSearching = useRef(searches);
  useEffect(() => {
    if (wasSearching.current && !searches) {
      void client.invalidateQueries({ queryKey: groupingQuery(albumId).queryKey });
    }
    wasSearching.current = searches;
  }, [client, albumId, searches]);
  return { frames, ask };
}
