import { describe, expect, it } from "vitest";

import { backOff } from "./back-off";
import { type ItemState, nextState, SETTLED, TRANSITIONS } from "./item-state";
import { Speed } from "./speed";

describe("the way of a file", () => {
  it("can end from every state, and only there", () => {
    const endsFrom = (state: ItemState, seen = new Set<ItemState>()): boolean => {
      if (SETTLED.has(state)) return true;
      if (seen.has(state)) return false;
      seen.add(state);
      return Object.values(TRANSITIONS[state]).some((next) => endsFrom(next, seen));
    };
    for (const state of Object.keys(TRANSITIONS) as ItemState[]) expect(endsFrom(state)).toBe(true);
    expect(Object.keys(TRANSITIONS.done)).toHaveLength(0);
  });

  it("refuses what cannot happen", () => {
    expect(() => nextState("done", "send")).toThrow("done");
    expect(nextState("sending", "interrupted")).toBe("hashed");
  });
});

describe("the waiting after failures", () => {
  it("doubles up to a minute, and is spread", () => {
    expect([1, 2, 3, 12].map((failures) => backOff(failures, () => 1))).toEqual([1_000, 2_000, 4_000, 60_000]);
    expect(backOff(3, () => 0)).toBe(2_000);
  });
});

describe("the speed", () => {
  it("is the mean of the last seconds, and not guessed from the first", () => {
    const speed = new Speed();
    speed.note(0, 0);
    speed.note(1_000, 500);
    expect(speed.value).toBeNull();
    for (let second = 2; second <= 30; second += 1) speed.note(second * 1000, second < 20 ? 0 : (second - 19) * 1000);
    expect(speed.value).toBe(1000);
  });
});
