/** How a picture lies in the frame it is looked at in: scaled about the middle, then moved, in pixels. */
export interface Zoom {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export const WHOLE: Zoom = { scale: 1, x: 0, y: 0 };
const MOST = 8;

/** The size of a picture that is shown whole in a frame. */
export function fitted(picture: Size, frame: Size): Size {
  const scale = Math.min(frame.width / picture.width, frame.height / picture.height);
  return { width: picture.width * scale, height: picture.height * scale };
}

/** Keep the picture in its frame: no edge comes further in than it must. */
export function held({ scale, x, y }: Zoom, picture: Size, frame: Size): Zoom {
  const whole = fitted(picture, frame);
  const slackX = Math.max(0, (whole.width * scale - frame.width) / 2);
  const slackY = Math.max(0, (whole.height * scale - frame.height) / 2);
  return { scale, x: Math.min(slackX, Math.max(-slackX, x)), y: Math.min(slackY, Math.max(-slackY, y)) };
}

/** Scale by a factor, so that what is under the point, counted from the middle of the frame, stays under it. */
export function scaledAt(zoom: Zoom, factor: number, point: Point, picture: Size, frame: Size): Zoom {
  const scale = Math.min(MOST, Math.max(1, zoom.scale * factor));
  if (scale === 1) return WHOLE;
  const grown = scale / zoom.scale;
  const x = point.x - (point.x - zoom.x) * grown;
  const y = point.y - (point.y - zoom.y) * grown;
  return held({ scale, x, y }, picture, frame);
}

/** The scale at which a pixel of the picture is one of the screen, and at least twice the whole. */
export function closeScale(picture: Size, frame: Size): number {
  const whole = fitted(picture, frame);
  return Math.min(MOST, Math.max(2, picture.width / whole.width));
}

export type Swipe = "previous" | "next" | "down" | null;

const FAR = 60;
const FAST = 0.5;

/** What the way of a finger over the whole picture meant; `milliseconds` is how long it took. */
export function swipeOf({ x, y }: Point, milliseconds: number): Swipe {
  const speed = Math.hypot(x, y) / Math.max(1, milliseconds);
  const isMeant = (way: number) => way > FAR || (way > FAR / 3 && speed > FAST);
  if (Math.abs(x) > Math.abs(y) * 1.4 && isMeant(Math.abs(x))) return x < 0 ? "next" : "previous";
  return y > Math.abs(x) * 1.4 && isMeant(y) ? "down" : null;
}
