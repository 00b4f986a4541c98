import { describe, expect, it } from "vitest";

import { type Gaps, minutesFor, withGap } from "./pace";

const gaps = (...seconds: number[]) => seconds.reduce<Gaps>(withGap, []);

describe("the time that groups may take", () => {
  it("is a guess until some groups are decided, then the person's own pace", () => {
    expect(minutesFor(25, [])).toBe(3);
    expect(minutesFor(25, gaps(20, 20, 20, 20))).toBe(3);
    expect(minutesFor(25, gaps(20, 20, 20, 20, 20))).toBe(8);
    expect(minutesFor(1, [])).toBe(1);
    expect(minutesFor(660, [])).toBe(60);
    expect(minutesFor(700, [])).toBe(120);
  });

  it("counts no pauses, and forgets the pace of long ago", () => {
    expect(gaps(5, 900, 0, 6)).toEqual([5, 6]);
    const slowThenQuick = gaps(...Array<number>(40).fill(30), ...Array<number>(30).fill(2));
    expect(slowThenQuick).toHaveLength(30);
    expect(minutesFor(60, slowThenQuick)).toBe(2);
  });

  it("is not moved by one hard group", () => {
    expect(minutesFor(60, gaps(4, 4, 4, 4, 59))).toBe(4);
  });
});
