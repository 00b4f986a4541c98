import { describe, expect, it } from "vitest";

import type { Face } from "@/shared/api/schema-types";

import { cropOf, matchFaces } from "./match-faces";

const face = (x: number, y: number, width = 0.1): Face => ({
  x,
  y,
  width,
  height: width,
  eyes_open: null,
  sharpness: -3,
  frontal: true,
  cut_off: false,
  confidence: 0.9,
});

describe("faces side by side", () => {
  it("puts the same place of each photo into one row, the largest first", () => {
    const [small, large] = [face(0.1, 0.1, 0.05), face(0.6, 0.3, 0.1)];
    const [smallAgain, largeAgain] = [face(0.11, 0.1, 0.05), face(0.63, 0.31, 0.1)];
    expect(matchFaces([{ faces: [small, large] }, { faces: [largeAgain, smallAgain] }])).toEqual([
      [large, largeAgain],
      [small, smallAgain],
    ]);
  });

  it("gives a face that is in one photo only a row of its own", () => {
    const [left, right] = [face(0.1, 0.1), face(0.8, 0.1)];
    expect(matchFaces([{ faces: [left] }, { faces: [] }, { faces: [right] }])).toEqual([
      [left, null, null],
      [null, null, right],
    ]);
  });

  it("gives no face two places", () => {
    const [a, b] = [face(0.4, 0.4), face(0.46, 0.4)];
    const rows = matchFaces([{ faces: [a, b] }, { faces: [face(0.45, 0.4)] }]);
    expect(rows.filter((row) => row[1] !== null)).toHaveLength(1);
    expect(rows.find((row) => row[1] !== null)?.[0]).toBe(b);
  });

  it("does not take a small face behind for the large one before it", () => {
    expect(matchFaces([{ faces: [face(0.4, 0.4, 0.3)] }, { faces: [face(0.5, 0.5, 0.04)] }])).toHaveLength(2);
  });
});

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
});
