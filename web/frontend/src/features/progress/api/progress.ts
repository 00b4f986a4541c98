import { queryOptions } from "@tanstack/react-query";

import { askAgainIn } from "@/shared/api/polling";
import { ConnectionLost, problemOf } from "@/shared/api/problem";
import type { Progress } from "@/shared/api/schema-types";
import { reportSessionOver } from "@/shared/api/session-over";

export interface ProgressAnswer {
  progress: Progress;
  etag: string | null;
  /** When it last changed, in milliseconds since 1970. */
  changedAt: number;
}

const NEARLY_DONE = 500;
const WORKING = 1_500;
const PER_PHOTO = 50;
/** Where nothing has changed for a while, the next change is probably not near. */
const STILL_SHARE = 0.25;
const IDLE = 6_000;
const HIDDEN = 20_000;
const IDLE_AFTER = 20_000;
/** Announced photos that are sent from elsewhere, and of which none has come for so long, are not coming. */
const GIVEN_UP_AFTER = 120_000;

/**
 * How long until the progress is asked for again: often while it moves and most often when nearly done, seldom unseen,
 * and not at all when done. Photos that were announced keep it going while this page sends them, or while they keep
 * coming from elsewhere.
 */
export function pollingInterval(
  answer: ProgressAnswer | undefined,
  now: number,
  isHidden: boolean,
  isUploading: boolean,
): number | false {
  if (!answer) return WORKING;
  const { progress, changedAt } = answer;
  const isComing = progress.pending > 0 && (isUploading || now - changedAt < GIVEN_UP_AFTER);
  if (progress.done && !isComing) return false;
  if (isHidden) return HIDDEN;
  const still = now - changedAt;
  if (still > IDLE_AFTER) return IDLE;
  return askAgainIn(Math.max(progress.unfinished * PER_PHOTO, still * STILL_SHARE), NEARLY_DONE, WORKING);
}

/** Ask with the ETag of the last answer: most answers are then an empty 304, and the old one stays as it is. */
export async function getProgress(
  albumId: string,
  last: ProgressAnswer | undefined,
  signal: AbortSignal,
): Promise<ProgressAnswer> {
  let response: Response;
  try {
    response = await fetch(`/api/v1/albums/${albumId}/progress/`, {
      headers: last?.etag ? { "If-None-Match": last.etag } : {},
      // The browser's cache would answer in the place of the 304.
      cache: "no-store",
      signal,
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ConnectionLost(error);
  }
  if (response.status === 304 && last) return last;
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    if (response.status === 401) reportSessionOver();
    throw problemOf(response, body);
  }
  return { progress: body as Progress, etag: response.headers.get("ETag"), changedAt: Date.now() };
}

export function progressQuery(albumId: string, isUploading: boolean) {
  const queryKey = ["albums", "progress", albumId] as const;
  return queryOptions({
    queryKey,
    queryFn: ({ client, signal }) => getProgress(albumId, client.getQueryData<ProgressAnswer>(queryKey), signal),
    staleTime: 0,
    refetchIntervalInBackground: true,
    refetchInterval: (query) => pollingInterval(query.state.data, Date.now(), document.hidden, isUploading),
  });
}
