import { describe, expect, it } from "vitest";

import { histogramPath } from "./histogram-path";

describe("a histogram", () => {
  it("fills its box up to its highest step", () => {
    expect(histogramPath([0.25, 0.5, 0.25, 0], 8, 10)).toBe("M0 10L0 5H2L2 0H4L4 5H6L6 10H8V10Z");
  });

  it("cuts a lone peak off, so that the rest can be seen", () => {
    const bins = [0.9, ...Array.from({ length: 19 }, () => 0.1 / 19)];
    // The mean is 0.05, so that all above 0.25 is cut.
    const second = Number(/L1 ([\d.]+)H/.exec(histogramPath(bins, 20, 100))?.[1]);
    expect(second).toBeCloseTo(100 * (1 - 0.1 / 19 / 0.25), 1);
  });

  it("is empty where there is nothing", () => {
    expect(histogramPath([0, 0], 8, 10)).toBe("");
  });
});
