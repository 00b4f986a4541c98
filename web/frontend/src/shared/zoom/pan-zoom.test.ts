import { describe, expect, it } from "vitest";

import {
  actualSize,
  clampView,
  type Frame,
  maxZoom,
  needsOriginal,
  panView,
  placement,
  toggleView,
  WHOLE,
  zoomView,
} from "./pan-zoom";

/** A landscape photo of 24 megapixels in a pane of 600 × 600: whole at a tenth of its size. */
const frame: Frame = { width: 600, height: 600, photoWidth: 6000, photoHeight: 4000 };

describe("a view", () => {
  it("shows the whole photo in the middle of its pane", () => {
    expect(placement(WHOLE, frame)).toEqual({ left: 0, top: 100, width: 600, height: 400 });
  });

  it("keeps what is under the pointer there while zooming", () => {
    const around = { x: 120, y: -60 };
    const pointOf = (view: typeof WHOLE) => {
      const place = placement(view, frame);
      return [(300 + around.x - place.left) / place.width, (300 + around.y - place.top) / place.height];
    };
    // Large enough that no edge comes inside the pane and moves it.
    const near = zoomView(WHOLE, frame, 4, around, 1);
    const nearer = zoomView(near, frame, 9, around, 1);
    expect(nearer.zoom).toBe(9);
    pointOf(near).forEach((share, axis) => expect(pointOf(nearer)[axis]).toBeCloseTo(share, 10));
  });

  it("comes back where it was when it is zoomed out around the same point", () => {
    const start = { zoom: 5, x: 0.5, y: 0.5 };
    const back = zoomView(zoomView(start, frame, 10, { x: 50, y: 70 }, 1), frame, 5, { x: 50, y: 70 }, 1);
    expect(back.x).toBeCloseTo(0.5, 10);
    expect(back.y).toBeCloseTo(0.5, 10);
  });

  it("follows the finger by as many pixels as it moved", () => {
    const start = { zoom: 10, x: 0.5, y: 0.5 };
    const before = placement(start, frame);
    const after = placement(panView(start, frame, { x: -37, y: 21 }, 1), frame);
    expect(after.left - before.left).toBeCloseTo(-37, 8);
    expect(after.top - before.top).toBeCloseTo(21, 8);
  });

  it("never shows emptiness beside a photo that is larger than its pane", () => {
    const place = placement(panView({ zoom: 3, x: 0.5, y: 0.5 }, frame, { x: 9999, y: -9999 }, 1), frame);
    expect(place.left).toBeCloseTo(0, 8);
    expect(place.top + place.height).toBeCloseTo(600, 8);
  });

  it("keeps a side that fits in the middle", () => {
    // At 1.2 the photo is 720 wide and 480 high: it can be dragged sideways only.
    const view = panView({ zoom: 1.2, x: 0.5, y: 0.5 }, frame, { x: 30, y: 30 }, 1);
    expect(view.y).toBe(0.5);
    expect(view.x).toBeLessThan(0.5);
  });

  it("is neither smaller than whole nor larger than four times its pixels", () => {
    expect(clampView({ zoom: 0.2, x: 0, y: 1 }, frame, 1)).toEqual(WHOLE);
    expect(zoomView(WHOLE, frame, 1000, { x: 0, y: 0 }, 1).zoom).toBe(40);
    expect(maxZoom({ ...frame, photoWidth: 60, photoHeight: 40 }, 1)).toBe(4);
  });

  it("goes between whole and its own pixels with a double tap", () => {
    expect(actualSize(frame, 2)).toBe(5);
    const near = toggleView(WHOLE, frame, { x: 10, y: 10 }, 2);
    expect(near.zoom).toBe(5);
    expect(toggleView(near, frame, { x: 10, y: 10 }, 2)).toEqual(WHOLE);
  });

  it("moves by as many pixels as it was dragged", () => {
    const start = { zoom: 10, x: 0.5, y: 0.5 };
    const [from, to] = [placement(start, frame), placement(panView(start, frame, { x: -37, y: 21 }, 1), frame)];
    expect(to.left - from.left).toBeCloseTo(-37, 8);
    expect(to.top - from.top).toBeCloseTo(21, 8);
  });

  it("links photos of different shapes by the same place in each", () => {
    const upright: Frame = { width: 600, height: 600, photoWidth: 4000, photoHeight: 6000 };
    const by = { x: 60, y: 60 };
    const first = panView({ zoom: 6, x: 0.5, y: 0.5 }, frame, by, 1);
    const second = panView({ zoom: 6, x: 0.5, y: 0.5 }, upright, by, 1);
    expect(first.x).toBeCloseTo(second.y, 10);
    expect(first.y).toBeCloseTo(second.x, 10);
  });
});

describe("the original", () => {
  it("is wanted where the preview has no more to show", () => {
    expect(needsOriginal(WHOLE, frame, 2)).toBe(false);
    expect(needsOriginal({ ...WHOLE, zoom: 3 }, frame, 1)).toBe(false);
    expect(needsOriginal({ ...WHOLE, zoom: 4 }, frame, 1)).toBe(true);
    expect(needsOriginal({ ...WHOLE, zoom: 2 }, frame, 2)).toBe(true);
  });

  it("is never wanted of a photo no larger than its preview", () => {
    expect(needsOriginal({ ...WHOLE, zoom: 9 }, { ...frame, photoWidth: 2048, photoHeight: 1365 }, 3)).toBe(false);
  });
});
