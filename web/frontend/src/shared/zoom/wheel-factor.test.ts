import { describe, expect, it } from "vitest";

import { wheelFactor } from "./wheel-factor";

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
