import { describe, expect, it } from "vitest";

import { swipeOf } from "./swipe";

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
