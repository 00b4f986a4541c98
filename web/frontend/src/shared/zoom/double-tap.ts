import type { Point } from "./pan-zoom";

const MILLISECONDS = 320;
const PIXELS = 40;

/** Tells whether a tap completes a double tap. */
export class DoubleTap {
  private last: { point: Point; at: number } | null = null;

  isSecond(point: Point, at: number): boolean {
    const isSecond =
      this.last !== null &&
      at - this.last.at < MILLISECONDS &&
      Math.hypot(point.x - this.last.point.x, point.y - this.last.point.y) < PIXELS;
    this.last = isSecond ? null : { point, at };
    return isSecond;
  }
}
