const FIRST = 1_000;
const LONGEST = 60_000;

/**
 * Milliseconds to wait after the n-th failure in a row, from 1: doubling up to a minute, and somewhere between half of
 * it and all of it, so that many who failed together do not come back together.
 */
export function backOff(failures: number, random: () => number = Math.random): number {
  const longest = Math.min(LONGEST, FIRST * 2 ** (failures - 1));
  return longest * (0.5 + random() / 2);
}
