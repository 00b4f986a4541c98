import { describe, expect, it } from "vitest";

import { closeUp, placeOf, placeOfBox, viewAt } from "./kept-place";
import { type Frame, placement, WHOLE } from "./pan-zoom";

const landscape: Frame = { width: 1200, height: 800, photoWidth: 6000, photoHeight: 4000 };
const portrait: Frame = { ...landscape, photoWidth: 4000, photoHeight: 6000 };

/** The pixel of the photo in the middle of the pane, from the photo's middle, and pixels of the screen for each. */
function middle(frame: Frame, place: Parameters<typeof viewAt>[0], pixelRatio: number) {
  const at = placement(viewAt(place, frame, pixelRatio), frame);
  const perPixel = at.width / frame.photoWidth;
  return {
    scale: perPixel * pixelRatio,
    x: (frame.width / 2 - at.left) / perPixel - frame.photoWidth / 2,
    y: (frame.height / 2 - at.top) / perPixel - frame.photoHeight / 2,
  };
}

describe("a place kept from shot to shot", () => {
  it.each([1, 2])("is the same pixels at 100 %%, also in a photo of another shape (%i pixels each)", (ratio) => {
    const place = { scale: 1, x: 700, y: -900 };
    for (const frame of [landscape, portrait]) {
      const seen = middle(frame, place, ratio);
      expect(seen.scale).toBeCloseTo(1, 6);
      expect(seen.x).toBeCloseTo(700, 6);
      expect(seen.y).toBeCloseTo(-900, 6);
    }
  });

  it("comes back after a photo whose edge was in the way", () => {
    const place = placeOf({ zoom: 5, x: 0.85, y: 0.5 }, landscape, 1);
    expect(viewAt(place, portrait, 1).x).toBeLessThan(0.5 + 2100 / 4000);
    expect(viewAt(place, landscape, 1)).toEqual({ zoom: 5, x: expect.closeTo(0.85, 6) as number, y: 0.5 });
  });

  it("is the whole photo where nobody has zoomed", () => {
    expect(viewAt(null, portrait, 1)).toEqual(WHOLE);
  });
});

describe("the first look from near", () => {
  it("is the photo's own pixels around a point", () => {
    const seen = middle(landscape, closeUp({ x: 0.3, y: 0.6 }, landscape, 1), 1);
    expect(seen).toEqual({ scale: 1, x: expect.closeTo(-1200, 6) as number, y: expect.closeTo(400, 6) as number });
    expect(
      viewAt(closeUp({ x: 0.5, y: 0.5 }, { ...landscape, photoWidth: 600, photoHeight: 400 }, 1), landscape, 1).zoom,
    ).toBeGreaterThanOrEqual(2);
  });

  it("fills the pane with a large face, and shows a small one at 100 %", () => {
    const large = placeOfBox({ x: 0.3, y: 0.2, width: 0.3, height: 0.4 }, landscape, 1);
    expect(viewAt(large, landscape, 1)).toMatchObject({ zoom: 1.5, x: expect.closeTo(0.45, 6) as number });
    const small = placeOfBox({ x: 0.3, y: 0.2, width: 0.02, height: 0.03 }, landscape, 1);
    expect(small.scale).toBeCloseTo(1, 6);
    expect(small.x).toBeCloseTo((0.31 - 0.5) * 6000, 6);
  });
});
