/**
 * How long until work is asked for again, in milliseconds: the sooner it may be done, the sooner. `expected` is how long
 * it may still take.
 */
export function askAgainIn(expected: number, shortest: number, longest: number): number {
  return Math.min(Math.max(expected, shortest), longest);
}
