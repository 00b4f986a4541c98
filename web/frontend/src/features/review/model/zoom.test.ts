import { describe, expect, it } from "vitest";

import { closeScale, held, scaledAt, swipeOf, WHOLE } from "./zoom";

const picture = { width: 3000, height: 2000 };
const frame = { width: 900, height: 900 };

describe("zooming", () => {
  it("keeps what is under the finger under the finger", () => {
    const point = { x: 100, y: -50 };
    const zoom = scaledAt({ scale: 2, x: 30, y: -20 }, 1.5, point, picture, frame);
    const before = { x: (point.x - 30) / 2, y: (point.y + 20) / 2 };
    expect((point.x - zoom.x) / zoom.scale).toBeCloseTo(before.x);
    expect((point.y - zoom.y) / zoom.scale).toBeCloseTo(before.y);
  });

  it("ends at the whole picture, in the middle, and at eight times it", () => {
    expect(scaledAt({ scale: 1.2, x: 40, y: 0 }, 0.5, { x: 9, y: 9 }, picture, frame)).toEqual(WHOLE);
    expect(scaledAt(WHOLE, 100, { x: 0, y: 0 }, picture, frame).scale).toBe(8);
  });

  it("never pulls an edge further in than the frame", () => {
    const zoom = held({ scale: 2, x: 9_999, y: 9_999 }, picture, frame);
    expect(zoom.x).toBe(450);
    expect(zoom.y).toBe(150);
    expect(held({ scale: 1, x: 50, y: 50 }, picture, frame)).toEqual(WHOLE);
  });

  it("shows pixels one to one, and a small picture larger all the same", () => {
    expect(closeScale(picture, frame)).toBeCloseTo(3000 / 900);
    expect(closeScale({ width: 300, height: 200 }, frame)).toBe(2);
  });
});

describe("a swipe", () => {
  it("goes to the next shot to the left, to the previous to the right, and closes downwards", () => {
    expect(swipeOf({ x: -90, y: 10 }, 300)).toBe("next");
    expect(swipeOf({ x: 90, y: -20 }, 300)).toBe("previous");
    expect(swipeOf({ x: 5, y: 120 }, 300)).toBe("down");
  });

  it("is a short one when it is quick, and none when it is slow or askew", () => {
    expect(swipeOf({ x: -30, y: 2 }, 40)).toBe("next");
    expect(swipeOf({ x: -30, y: 2 }, 400)).toBeNull();
    expect(swipeOf({ x: -80, y: 75 }, 200)).toBeNull();
    expect(swipeOf({ x: 2, y: -150 }, 200)).toBeNull();
  });
});
