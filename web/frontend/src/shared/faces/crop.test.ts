import { describe, expect, it } from "vitest";

import { cropOf, pixelsOf } from "./crop";

const face = (x: number, y: number, width: number) => ({ x, y, width, height: width });

describe("a close-up", () => {
  it("is a square around the face that stays inside the photo", () => {
    const crop = cropOf(face(0, 0, 0.1), 4000, 3000);
    expect(crop.left).toBeCloseTo(0);
    expect(crop.top).toBeCloseTo(0);
    expect(crop.side).toBeCloseTo(680);
    expect(crop.width * crop.side).toBeCloseTo(4000);
  });

  it("has the face in its middle", () => {
    const crop = cropOf(face(0.45, 0.45, 0.1), 1000, 1000);
    expect(0.5 * crop.width + crop.left).toBeCloseTo(0.5);
  });

  it("has fewer pixels in a smaller picture of the photo", () => {
    const crop = cropOf(face(0, 0, 0.1), 4000, 3000);
    expect(pixelsOf(crop, { width: 4000, height: 3000 }, 400)).toBeCloseTo(68);
    expect(pixelsOf(crop, { width: 4000, height: 3000 }, 8000)).toBeCloseTo(680);
  });
});
