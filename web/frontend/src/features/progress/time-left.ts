/** One look at the progress. */
export interface Look {
  at: number;
  fraction: number;
}

const WINDOW = 60_000;
const LEAST_SPAN = 5_000;

/** The looks that still count: those of the last minute, and none from before the bar went back for new photos. */
export function keepLook(looks: readonly Look[], look: Look): Look[] {
  const last = looks.at(-1);
  if (last && look.fraction < last.fraction) return [look];
  return [...looks.filter(({ at }) => look.at - at <= WINDOW), look];
}

/** Seconds until all is done at the pace of the last minute; null while that would be a guess. */
export function secondsLeft(looks: readonly Look[]): number | null {
  const first = looks[0];
  const last = looks.at(-1);
  if (!first || !last || last.at - first.at < LEAST_SPAN || last.fraction <= first.fraction) return null;
  const pace = (last.fraction - first.fraction) / (last.at - first.at);
  return (1 - last.fraction) / pace / 1000;
}
