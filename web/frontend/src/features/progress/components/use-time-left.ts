import { useState } from "react";

import type { Progress } from "@/shared/api/schema-types";

import { comingOf, keepLook, type Look, overallFraction, secondsLeft, type Sending } from "../time-left";

interface Seen {
  readonly progress: Progress;
  readonly coming: number;
  readonly looks: readonly Look[];
}

/**
 * How many files are still to come, and the seconds until the album is done, from what the progress was before.
 *
 * Both are taken when the service answers, at `seenAt`: what this page does after that is not in the answer, and would
 * be counted twice.
 */
export function useTimeLeft(progress: Progress, sending: Sending, seenAt: number) {
  const [seen, setSeen] = useState<Seen | null>(null);
  let now = seen;
  if (now?.progress !== progress) {
    const coming = comingOf(progress, sending);
    const look = { at: seenAt, fraction: overallFraction(progress, coming) };
    now = { progress, coming, looks: keepLook(now?.looks ?? [], look) };
    setSeen(now);
  }
  return { coming: now.coming, seconds: secondsLeft(now.looks) };
}
