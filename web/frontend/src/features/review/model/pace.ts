/** In seconds, before anything is known of a person's pace: a guess, which is why the page says "about". */
const FIRST_GUESS = 8;
/** How many gaps there must be for their median, and how many are kept. */
const LEAST_KNOWN = 5;
const MOST_KNOWN = 30;
/** In seconds. Somebody who takes longer does something else. */
const LONGEST = 60;

/** The seconds between decisions about one group and the next, the latest last. */
export type Gaps = readonly number[];

export function withGap(gaps: Gaps, seconds: number): Gaps {
  return seconds > 0 && seconds <= LONGEST ? [...gaps, seconds].slice(-MOST_KNOWN) : gaps;
}

/** The median, which a few hard groups do not move. */
export function secondsPerGroup(gaps: Gaps): number {
  if (gaps.length < LEAST_KNOWN) return FIRST_GUESS;
  const sorted = gaps.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? FIRST_GUESS;
}

/** How long a number of groups takes: in whole minutes, and above an hour in whole hours, because it is a guess. */
export function minutesFor(groups: number, gaps: Gaps): number {
  const minutes = Math.max(1, Math.round((groups * secondsPerGroup(gaps)) / 60));
  return minutes > 60 ? 60 * Math.round(minutes / 60) : minutes;
}
