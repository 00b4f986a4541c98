import type { Point } from "./pan-zoom";

export type Swipe = "previous" | "next" | "down";

/** In CSS pixels. */
const FAR = 60;
/** In pixels per millisecond: a fast swipe may be short. */
const FAST = 0.5;
/** How much longer one direction must be than the other. */
const CLEAR = 1.4;

/** The meaning of a finger's path over the whole photo, or null; `milliseconds` is how long it took. */
export function swipeOf({ x, y }: Point, milliseconds: number): Swipe | null {
  const speed = Math.hypot(x, y) / Math.max(1, milliseconds);
  const isMeant = (distance: number) => distance > FAR || (distance > FAR / 3 && speed > FAST);
  if (Math.abs(x) > Math.abs(y) * CLEAR && isMeant(Math.abs(x))) return x < 0 ? "next" : "previous";
  return y > Math.abs(x) * CLEAR && isMeant(y) ? "down" : null;
}
