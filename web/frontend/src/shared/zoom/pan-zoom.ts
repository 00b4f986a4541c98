/**
 * Where a photo lies in its pane: plain numbers, so that panes of photos of any shape can move together.
 *
 * A point of a photo is given in shares of its width and height, which mean the same place in every shot of a burst.
 */
export interface View {
  /** 1 shows the whole photo; 2 shows it twice as wide. */
  readonly zoom: number;
  /** The point of the photo in the middle of the pane. */
  readonly x: number;
  readonly y: number;
}

/** A pane and the photo in it. */
export interface Frame {
  /** Of the pane, in CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Of the upright photo, in its own pixels. */
  readonly photoWidth: number;
  readonly photoHeight: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A face or another part of a photo, in shares of its sides. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** What a gesture or a key does to a view. */
export type ViewChange = (view: View, frame: Frame) => View;

export const WHOLE: View = { zoom: 1, x: 0.5, y: 0.5 };

/** How much a photo's own pixels may be enlarged: enough to count them. */
const MAX_ENLARGEMENT = 4;
const CLEARLY_LARGER = 1.3;
/** Small photos may be enlarged too. */
const MIN_MAX_ZOOM = 4;
/** The longer side of a preview, as the analysis makes it. */
export const PREVIEW_SIDE = 2048;
/** Nobody sees that a preview is enlarged this little. */
const PREVIEW_SUFFICES = 1.1;

/** The size at which the whole photo is in the pane. */
export function fitted(frame: Frame): { width: number; height: number } {
  const scale = Math.min(frame.width / frame.photoWidth, frame.height / frame.photoHeight);
  return { width: frame.photoWidth * scale, height: frame.photoHeight * scale };
}

/** The zoom at which one pixel of the photo is one of the screen. */
export function actualSize(frame: Frame, pixelRatio: number): number {
  return frame.photoWidth / (fitted(frame).width * pixelRatio);
}

export function maxZoom(frame: Frame, pixelRatio: number): number {
  return Math.max(MIN_MAX_ZOOM, actualSize(frame, pixelRatio) * MAX_ENLARGEMENT);
}

function clampMiddle(middle: number, paneLength: number, photoLength: number): number {
  const half = paneLength / (2 * photoLength);
  // A side shorter than the pane stays in its middle; a longer side never leaves a gap at its edges.
  return half >= 0.5 ? 0.5 : Math.min(1 - half, Math.max(half, middle));
}

/** The nearest valid view: not smaller than whole, and without gaps beside a photo that fills the pane. */
export function clampView(view: View, frame: Frame, pixelRatio: number): View {
  const zoom = Math.min(maxZoom(frame, pixelRatio), Math.max(1, view.zoom));
  const size = fitted(frame);
  return {
    zoom,
    x: clampMiddle(view.x, frame.width, size.width * zoom),
    y: clampMiddle(view.y, frame.height, size.height * zoom),
  };
}

/** Drag the photo by pixels of the screen. */
export function panView(view: View, frame: Frame, by: Point, pixelRatio: number): View {
  const size = fitted(frame);
  const x = view.x - by.x / (size.width * view.zoom);
  const y = view.y - by.y / (size.height * view.zoom);
  return clampView({ zoom: view.zoom, x, y }, frame, pixelRatio);
}

/** Zoom to a factor of the whole, around a point of the pane, given from its middle: what is there stays there. */
export function zoomView(view: View, frame: Frame, zoom: number, around: Point, pixelRatio: number): View {
  const next = Math.min(maxZoom(frame, pixelRatio), Math.max(1, zoom));
  const size = fitted(frame);
  const moved = (from: number, offset: number, length: number) =>
    from + offset / (length * view.zoom) - offset / (length * next);
  return clampView(
    { zoom: next, x: moved(view.x, around.x, size.width), y: moved(view.y, around.y, size.height) },
    frame,
    pixelRatio,
  );
}

/** The zoom of a first look from near: the photo's own pixels, or twice the whole where that would show little more. */
export function closeUpZoom(frame: Frame, pixelRatio: number): number {
  const actual = actualSize(frame, pixelRatio);
  return actual >= CLEARLY_LARGER ? actual : 2;
}

/** From whole to the photo's own pixels at a point, and back from anywhere else. */
export function toggleView(view: View, frame: Frame, around: Point, pixelRatio: number): View {
  return view.zoom > 1.01 ? WHOLE : zoomView(view, frame, closeUpZoom(frame, pixelRatio), around, pixelRatio);
}

/** The photo's place in its pane, in CSS pixels from the pane's upper left corner. */
export function placement(view: View, frame: Frame): { left: number; top: number; width: number; height: number } {
  const size = fitted(frame);
  const width = size.width * view.zoom;
  const height = size.height * view.zoom;
  return { left: frame.width / 2 - view.x * width, top: frame.height / 2 - view.y * height, width, height };
}

/** The style of a picture at its place; `pulled` is how far a finger has pulled it, in CSS pixels. */
export function placedStyle(view: View, frame: Frame, pulled: Point = { x: 0, y: 0 }) {
  const { left, top, width, height } = placement(view, frame);
  return { width, height, transform: `translate(${left + pulled.x}px, ${top + pulled.y}px)` };
}

/** Whether the original has pixels to show here that the preview has not. */
export function needsOriginal(view: View, frame: Frame, pixelRatio: number): boolean {
  const longer = Math.max(frame.photoWidth, frame.photoHeight);
  if (longer <= PREVIEW_SIDE) return false;
  const previewWidth = (frame.photoWidth * PREVIEW_SIDE) / longer;
  return fitted(frame).width * view.zoom * pixelRatio > previewWidth * PREVIEW_SUFFICES;
}
