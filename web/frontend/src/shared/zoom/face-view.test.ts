import { expect, it } from "vitest";

import { showFace, showFacePixels } from "./face-view";
import { placement, WHOLE } from "./pan-zoom";

it("shows a face in the middle of the pane, at half of its height", () => {
  const frame = { width: 600, height: 400, photoWidth: 6000, photoHeight: 4000 };
  const face = { x: 0.4, y: 0.5, width: 0.05, height: 0.1 };
  const { left, top, width, height } = placement(showFace(face, 1)(WHOLE, frame), frame);
  expect(left + width * 0.425).toBeCloseTo(300);
  expect(top + height * 0.55).toBeCloseTo(200);
  expect(height * face.height).toBeCloseTo(200);
});

it("shows the pixels of a face", () => {
  const frame = { width: 600, height: 400, photoWidth: 6000, photoHeight: 4000 };
  const face = { x: 0.4, y: 0.5, width: 0.05, height: 0.1 };
  expect(placement(showFacePixels(face, 2)(WHOLE, frame), frame).width).toBeCloseTo(3000);
});
