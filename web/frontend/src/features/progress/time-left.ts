import type { Progress } from "@/shared/api/schema-types";

/** The progress at one time. */
export interface Look {
  at: number;
  fraction: number;
}

const WINDOW = 60_000;
const LEAST_SPAN = 5_000;

/** Files of this page that have not come: how many in all, and of how many the service does not know yet. */
export interface Sending {
  readonly left: number;
  readonly unknown: number;
}

/** How many files are still to come. Those announced earlier, and given up, are not awaited. */
export function comingOf(progress: Progress, { left, unknown }: Sending): number {
  return unknown + (progress.done && left === 0 ? 0 : progress.pending);
}

/** From 0 to 1, of all files that are here or on their way. The service's own counts only those that are here. */
export function overallFraction(progress: Progress, coming: number): number {
  const all = progress.total + coming;
  return all === 0 ? 0 : (progress.fraction * progress.total) / all;
}

/** The samples of the last minute, and only those since the bar last moved back for new photos. */
export function keepLook(looks: readonly Look[], look: Look): Look[] {
  const last = looks.at(-1);
  if (last && look.fraction < last.fraction) return [look];
  return [...looks.filter(({ at }) => look.at - at <= WINDOW), look];
}

/** Seconds left at the speed of the last minute; null while there are too few samples. */
export function secondsLeft(looks: readonly Look[]): number | null {
  const first = looks[0];
  const last = looks.at(-1);
  if (!first || !last || last.at - first.at < LEAST_SPAN || last.fraction <= first.fraction) return null;
  const pace = (last.fraction - first.fraction) / (last.at - first.at);
  return (1 - last.fraction) / pace / 1000;
}
