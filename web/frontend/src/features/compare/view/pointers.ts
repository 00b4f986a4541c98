import type { Point } from "./pan-zoom";

/** What fingers or a mouse did since they were last looked at. */
export interface Movement {
  readonly by: Point;
  /** How much further two fingers are apart; 1 with one. */
  readonly factor: number;
  /** The middle of the fingers. */
  readonly around: Point;
}

/** A finger may tremble this far and still tap, in CSS pixels. */
const TAP_PIXELS = 8;
const TAP_MILLISECONDS = 350;
/** Between the taps of a double tap. */
const AGAIN_MILLISECONDS = 320;
const AGAIN_PIXELS = 40;

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);

interface Finger {
  point: Point;
  readonly start: Point;
  readonly since: number;
  /** It has been a drag or a pinch, and is no tap any more. */
  moved: boolean;
}

/** The fingers on one pane: makes drags, pinches and taps of their ups and downs. */
export class Pointers {
  private readonly fingers = new Map<number, Finger>();
  private lastTap: { point: Point; at: number } | null = null;

  get count(): number {
    return this.fingers.size;
  }

  down(id: number, point: Point, at: number): void {
    this.fingers.set(id, { point, start: point, since: at, moved: false });
    if (this.fingers.size > 1) for (const finger of this.fingers.values()) finger.moved = true;
  }

  move(id: number, point: Point): Movement | null {
    const finger = this.fingers.get(id);
    if (!finger) return null;
    const before = this.spread();
    finger.point = point;
    finger.moved ||= distance(finger.start, point) > TAP_PIXELS;
    if (!finger.moved) {
      return null;
    }
    const after = this.spread();
    return {
      by: { x: after.middle.x - before.middle.x, y: after.middle.y - before.middle.y },
      factor: before.apart > 0 && after.apart > 0 ? after.apart / before.apart : 1,
      around: after.middle,
    };
  }

  /** Says whether the finger tapped, and whether for the second time at the same place. */
  up(id: number, at: number): "tap" | "double tap" | null {
    const finger = this.fingers.get(id);
    this.fingers.delete(id);
    if (!finger || finger.moved || at - finger.since > TAP_MILLISECONDS) return null;
    const again =
      this.lastTap !== null &&
      at - this.lastTap.at < AGAIN_MILLISECONDS &&
      distance(this.lastTap.point, finger.point) < AGAIN_PIXELS;
    this.lastTap = again ? null : { point: finger.point, at };
    return again ? "double tap" : "tap";
  }

  cancel(id: number): void {
    this.fingers.delete(id);
  }

  private spread(): { middle: Point; apart: number } {
    const [first, second] = [...this.fingers.values()].map((finger) => finger.point);
    if (!first) return { middle: { x: 0, y: 0 }, apart: 0 };
    if (!second) return { middle: first, apart: 0 };
    return {
      middle: { x: (first.x + second.x) / 2, y: (first.y + second.y) / 2 },
      apart: distance(first, second),
    };
  }
}

/** The factor by which a turn of the wheel zooms. A pinch on a trackpad comes as a wheel with the control key. */
export function wheelFactor(event: { deltaY: number; deltaMode: number; ctrlKey: boolean }): number {
  const pixels = event.deltaMode === 0 ? event.deltaY : event.deltaY * 16;
  return Math.exp(-Math.min(240, Math.max(-240, pixels)) * (event.ctrlKey ? 0.01 : 0.0025));
}
