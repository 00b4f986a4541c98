import { expect, it } from "vitest";

import { faceInFocus } from "./focus-point";

const face = (width: number, sharpness: number) => ({ x: 0.1, y: 0.1, width, height: width, sharpness });

it("is the sharpest face among those in front", () => {
  const [near, sharper, behind] = [face(0.2, 1), face(0.15, 2), face(0.05, 9)];
  expect(faceInFocus([near, sharper, behind])).toBe(sharper);
  expect(faceInFocus([near])).toBe(near);
  expect(faceInFocus([])).toBeNull();
});
