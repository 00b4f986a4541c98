import { expect, it } from "vitest";

import { sharpestPlace } from "./sharpest-place";

const WIDTH = 240;
const HEIGHT = 160;

function grey(at: (x: number, y: number) => number): Uint8Array {
  return Uint8Array.from({ length: WIDTH * HEIGHT }, (_, place) => at(place % WIDTH, Math.floor(place / WIDTH)));
}

it("finds the part with fine structure, not the one hard edge", () => {
  const isSubject = (x: number, y: number) => Math.hypot(x - 60, y - 100) < 20;
  const photo = grey((x, y) => (isSubject(x, y) ? 120 + 25 * ((x + y) % 2) : x > 180 ? 250 : 20));
  const { x, y } = sharpestPlace(photo, WIDTH, HEIGHT);
  expect(x).toBeCloseTo(60 / WIDTH, 1);
  expect(y).toBeCloseTo(100 / HEIGHT, 1);
});

it("is the middle where nothing is to be seen, or the picture is tiny", () => {
  expect(
    sharpestPlace(
      grey(() => 90),
      WIDTH,
      HEIGHT,
    ),
  ).toEqual({ x: 0.5, y: 0.5 });
  expect(sharpestPlace(new Uint8Array(64), 8, 8)).toEqual({ x: 0.5, y: 0.5 });
});
