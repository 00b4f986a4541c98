import { describe, expect, it } from "vitest";

import { Pointers, wheelFactor } from "./pointers";

describe("fingers", () => {
  it("drag with one", () => {
    const pointers = new Pointers();
    pointers.down(1, { x: 0, y: 0 }, 0);
    expect(pointers.move(1, { x: 3, y: 0 })).toBeNull();
    expect(pointers.move(1, { x: 13, y: 5 })).toEqual({ by: { x: 10, y: 5 }, factor: 1, around: { x: 13, y: 5 } });
    expect(pointers.up(1, 100)).toBeNull();
  });

  it("pinch with two, around their middle", () => {
    const pointers = new Pointers();
    pointers.down(1, { x: 0, y: 0 }, 0);
    pointers.down(2, { x: 100, y: 0 }, 20);
    expect(pointers.move(2, { x: 200, y: 0 })).toEqual({ by: { x: 50, y: 0 }, factor: 2, around: { x: 100, y: 0 } });
    expect(pointers.up(2, 60)).toBeNull();
    expect(pointers.up(1, 60)).toBeNull();
  });

  it("tap twice at a place, and a third time for the first time again", () => {
    const pointers = new Pointers();
    const tap = (at: number, x = 50) => {
      pointers.down(1, { x, y: 50 }, at);
      return pointers.up(1, at + 60);
    };
    expect([tap(0), tap(200), tap(400)]).toEqual(["tap", "double tap", "tap"]);
    expect(tap(2000)).toBe("tap");
    expect(tap(2100, 300)).toBe("tap");
  });

  it("do not tap when they rest", () => {
    const pointers = new Pointers();
    pointers.down(1, { x: 0, y: 0 }, 0);
    expect(pointers.up(1, 900)).toBeNull();
    expect(pointers.count).toBe(0);
  });
});

describe("the wheel", () => {
  it("zooms in when turned up, out by as much when turned down", () => {
    const turn = (deltaY: number) => wheelFactor({ deltaY, deltaMode: 0, ctrlKey: false });
    expect(turn(-100)).toBeGreaterThan(1);
    expect(turn(-100) * turn(100)).toBeCloseTo(1, 12);
    expect(turn(-1e9)).toBeLessThan(2);
  });

  it("counts lines as several pixels", () => {
    const factor = (deltaMode: number, deltaY: number) => wheelFactor({ deltaY, deltaMode, ctrlKey: false });
    expect(factor(1, -3)).toBeCloseTo(factor(0, -48), 12);
  });
});
