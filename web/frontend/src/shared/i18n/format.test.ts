import { describe, expect, it } from "vitest";

import { createFormat } from "./format";

describe("formats", () => {
  const format = createFormat("en");

  it("says 100 % only when it is all", () => {
    expect(format.percent(0.999)).toBe("99%");
    expect(format.percent(1)).toBe("100%");
  });

  it("writes sizes in the unit that reads best", () => {
    expect(format.bytes(0)).toBe("0 bytes");
    expect(format.bytes(1)).toBe("1 byte");
    expect(format.bytes(999_999)).toBe("1,000 kB");
    expect(format.bytes(4_250_000)).toBe("4.3 MB");
  });

  it("writes spans of time in the units that matter", () => {
    expect(format.duration(0.2)).toBe("1 sec");
    expect(format.duration(42)).toBe("42 secs");
    expect(format.duration(3_600)).toBe("1 hr");
    expect(format.duration(5_430)).toBe("1 hr 31 mins");
  });
});
