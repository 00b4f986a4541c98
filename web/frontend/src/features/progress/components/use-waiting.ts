import type { Progress } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";
import { useTimeLeftText } from "@/shared/i18n/time-left";

import { overallFraction, type Sending } from "../time-left";

import { useTimeLeft } from "./use-time-left";

export interface Waiting {
  /** What happens now. */
  readonly status: string;
  /** How far it is. */
  readonly facts: string;
  /** From 0 to 1, of all files that are here or on their way. */
  readonly fraction: number;
}

interface WaitingFor {
  progress: Progress;
  /** When the progress was answered. */
  seenAt: number;
  sending: Sending;
  groups: number;
}

export function statusOf(progress: Progress, { left }: Sending) {
  if (left > 0) return "uploading";
  if (progress.done) return progress.grouping === "failed" ? "groupingFailed" : "done";
  if (progress.unfinished === 0) return "grouping";
  return progress.fraction === 0 ? "starting" : "analyzing";
}

/** How far an album is, in words: what happens, how many files and groups, how long it still takes. */
export function useWaiting({ progress, seenAt, sending, groups }: WaitingFor): Waiting {
  const t = useMessages("progress-waiting");
  const { coming, seconds } = useTimeLeft(progress, sending, seenAt);
  const left = useTimeLeftText(seconds);
  const isOver = progress.done && sending.left === 0;
  const facts = [t("counted", { done: progress.analyzed, count: progress.total + (isOver ? 0 : coming) })];
  if (groups > 0 && !isOver) facts.push(t("groups", { count: groups }));
  if (left !== null && !isOver) facts.push(left);
  return {
    status: t(statusOf(progress, sending)),
    facts: facts.join(" · "),
    fraction: isOver ? 1 : overallFraction(progress, coming),
  };
}
