import { describe, expect, it } from "vitest";

import { BLOWN, CRUSHED, IN_FOCUS, marksOf } from "./overlay";

const WIDTH = 64;
const HEIGHT = 24;

function picture(colourAt: (x: number, y: number) => number | readonly number[]): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
  for (let at = 0; at < WIDTH * HEIGHT; at += 1) {
    const colour = colourAt(at % WIDTH, Math.floor(at / WIDTH));
    pixels.set([...(typeof colour === "number" ? [colour, colour, colour] : colour), 255], at * 4);
  }
  return pixels;
}

function markAt(marks: Uint8ClampedArray, x: number, y: number): readonly number[] | null {
  const at = (y * WIDTH + x) * 4;
  return marks[at + 3] === 0 ? null : [...marks.slice(at, at + 3)];
}

/** A step from 100 to 160, blurred by `sigma` pixels. */
const edge = (sigma: number) => picture((x) => 100 + 60 / (1 + Math.exp((-1.7 * (x - 31.5)) / sigma)));

describe("focus peaking", () => {
  const peaking = { peaking: true, clipping: false };

  it("marks a sharp edge, and only there", () => {
    const marks = marksOf(edge(0.6), WIDTH, HEIGHT, peaking);
    expect(markAt(marks, 31, 12)).toEqual(IN_FOCUS);
    expect(markAt(marks, 32, 12)).toEqual(IN_FOCUS);
    expect(markAt(marks, 20, 12)).toBeNull();
  });

  it("leaves an edge that is out of focus, however high it is", () => {
    const high = picture((x) => 20 + 220 / (1 + Math.exp((-1.7 * (x - 31.5)) / 4)));
    expect(marksOf(high, WIDTH, HEIGHT, peaking).some((byte) => byte > 0)).toBe(false);
    expect(marksOf(edge(4), WIDTH, HEIGHT, peaking).some((byte) => byte > 0)).toBe(false);
  });

  it("takes noise for none", () => {
    let seed = 1;
    const noisy = picture(() => 128 + 20 * ((seed = (seed * 16807) % 2147483647) / 2147483647 - 0.5));
    expect(marksOf(noisy, WIDTH, HEIGHT, peaking).some((byte) => byte > 0)).toBe(false);
  });
});

describe("clipping", () => {
  it("marks what is blown in any colour, and what is black in all", () => {
    const colours = [255, [255, 90, 80], 0, [0, 0, 120], 128];
    const marks = marksOf(
      picture((x) => colours[x] ?? 128),
      WIDTH,
      HEIGHT,
      { peaking: false, clipping: true },
    );
    expect([0, 1, 2, 3, 4].map((x) => markAt(marks, x, 5))).toEqual([BLOWN, BLOWN, CRUSHED, null, null]);
  });

  it("marks nothing when nothing is asked for", () => {
    const marks = marksOf(
      picture(() => 255),
      WIDTH,
      HEIGHT,
      { peaking: false, clipping: false },
    );
    expect(marks.some((byte) => byte > 0)).toBe(false);
  });
});
