import { useState } from "react";

import { useMessages } from "./language-context";

const MOST_MINUTES = 90;
/**
 * An estimate wavers. What is shown changes only when it is wrong by more than this, in minutes or as a share: sooner
 * when it takes less time, later when it takes more.
 */
const DOWN = { minutes: 0.75, share: 0.2 };
const UP = { minutes: 1.5, share: 0.4 };

/** The whole minutes to show for an estimate: what is shown already, unless that is clearly wrong. */
export function steadyMinutes(shown: number | null, seconds: number | null): number | null {
  if (seconds === null) return shown;
  const minutes = Math.max(0, seconds / 60);
  if (shown !== null) {
    const slack = minutes < shown ? DOWN : UP;
    if (Math.abs(minutes - shown) <= Math.max(slack.minutes, shown * slack.share)) return shown;
  }
  return minutes < DOWN.minutes ? 0 : Math.max(1, Math.round(minutes));
}

/** How long it still takes, in words that do not jump; null while nobody knows. */
export function useTimeLeftText(seconds: number | null): string | null {
  const t = useMessages("time-left");
  const [shown, setShown] = useState<number | null>(null);
  const minutes = steadyMinutes(shown, seconds);
  if (minutes !== shown) setShown(minutes);
  if (minutes === null) return null;
  if (minutes === 0) return t("soon");
  return minutes < MOST_MINUTES ? t("minutes", { count: minutes }) : t("hours", { count: Math.round(minutes / 60) });
}
