import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import { api, unwrap } from "@/shared/api/client";
import { askAgainIn } from "@/shared/api/polling";
import type { Progress } from "@/shared/api/schema-types";

import { countsQuery } from "./counts";
import { thumbnailsKey } from "./thumbnails";
import { timelineKey } from "./timeline";

const REGROUPING = 100;
const NEARLY_ANALYZED = 750;
const ANALYZING = 3_000;
const PER_PHOTO = 100;
const HIDDEN = 20_000;

/** Poll fast while regrouping, slowly while photos are sent or analyzed, and never once all is done. */
export function groupingInterval(
  progress: Progress | undefined,
  isHidden: boolean,
  isUploading: boolean,
): number | false {
  if (!progress) return ANALYZING;
  // The photos that this page sends come in batches, and all that have come may be done between two of them.
  if (progress.done && !isUploading) return false;
  if (isHidden) return HIDDEN;
  if (progress.done) return ANALYZING;
  return progress.unfinished > 0 ? askAgainIn(progress.unfinished * PER_PHOTO, NEARLY_ANALYZED, ANALYZING) : REGROUPING;
}

export function groupingQuery(albumId: string, isUploading = false) {
  return queryOptions({
    queryKey: ["albums", "grouping", albumId] as const,
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/albums/{album_id}/progress/", { params: { path: { album_id: albumId } }, signal })),
    staleTime: 0,
    refetchInterval: (query) => groupingInterval(query.state.data, document.hidden, isUploading),
  });
}

/** The state of the grouping, and when it was answered. A new grouping reloads the queries that show it. */
export function useGrouping(albumId: string, isUploading: boolean): { progress: Progress | undefined; seenAt: number } {
  const client = useQueryClient();
  const { data: progress, dataUpdatedAt: seenAt } = useQuery(groupingQuery(albumId, isUploading));
  const wasUploading = useRef(isUploading);
  useEffect(() => {
    if (wasUploading.current === isUploading) return;
    wasUploading.current = isUploading;
    // What was answered before the upload began or ended says nothing of its photos.
    void client.invalidateQueries({ queryKey: groupingQuery(albumId).queryKey });
  }, [client, albumId, isUploading]);
  const groupedAt = progress?.grouped_at;
  const seen = useRef(groupedAt);
  useEffect(() => {
    if (groupedAt === undefined || seen.current === groupedAt) return;
    const isFirst = seen.current === undefined;
    seen.current = groupedAt;
    if (isFirst) return;
    // The list comes first: the service makes one answer after the other.
    void client.invalidateQueries({ queryKey: timelineKey(albumId) }).then(() => {
      for (const queryKey of [
        // The reasons are others in another group. Those in view are read again, the others when they come into it.
        thumbnailsKey(albumId),
        countsQuery(albumId).queryKey,
        ["albums", "one", albumId],
      ]) {
        void client.invalidateQueries({ queryKey });
      }
    });
  }, [client, albumId, groupedAt]);
  return { progress, seenAt };
}
