import { useState } from "react";

import type { Progress } from "@/shared/api/schema-types";

import { keepLook, type Look, overallFraction, secondsLeft } from "../time-left";

/** Seconds until the album is done, from what the progress was before. `seenAt` is when this one was answered. */
export function useTimeLeft(progress: Progress | undefined, coming: number, seenAt: number): number | null {
  const [seen, setSeen] = useState<Progress>();
  const [looks, setLooks] = useState<readonly Look[]>([]);
  if (progress && progress !== seen) {
    setSeen(progress);
    setLooks(keepLook(looks, { at: seenAt, fraction: overallFraction(progress, coming) }));
  }
  return !progress || (progress.done && coming === 0) ? null : secondsLeft(looks);
}
