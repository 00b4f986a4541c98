import { useState } from "react";

import type { ProgressAnswer } from "../api/progress";
import { keepLook, type Look, secondsLeft } from "../time-left";

/** Seconds until the album is done, from what the progress was before. */
export function useTimeLeft(answer: ProgressAnswer | undefined): number | null {
  const [seen, setSeen] = useState<ProgressAnswer>();
  const [looks, setLooks] = useState<readonly Look[]>([]);
  if (answer && answer !== seen) {
    setSeen(answer);
    setLooks(keepLook(looks, { at: answer.changedAt, fraction: answer.progress.fraction }));
  }
  return answer?.progress.done ? null : secondsLeft(looks);
}
