import { describe, expect, it } from "vitest";

import { swapShown, toggleShown } from "./shown-photos";

describe("the photos on the table", () => {
  it("get another beside them while there is room", () => {
    expect(toggleShown(["a", "b"], "c", "a", 4)).toEqual(["a", "b", "c"]);
  });

  it("give the place of the chosen one where there is none", () => {
    expect(toggleShown(["a", "b"], "c", "b", 2)).toEqual(["a", "c"]);
    expect(toggleShown(["a", "b"], "c", undefined, 2)).toEqual(["c", "b"]);
  });

  it("go when pressed again, but two stay", () => {
    expect(toggleShown(["a", "b", "c"], "a", "a", 4)).toEqual(["b", "c"]);
    expect(toggleShown(["a", "b"], "a", "a", 4)).toEqual(["a", "b"]);
  });
});

describe("another photo in the place of the chosen one", () => {
  const group = ["a", "b", "c", "d"];

  it("is the next that is not shown, and after the last the first", () => {
    expect(swapShown(group, ["a", "b"], "a", 1)).toEqual({ shown: ["c", "b"], chosen: "c" });
    expect(swapShown(group, ["c", "d"], "d", 1)).toEqual({ shown: ["c", "a"], chosen: "a" });
    expect(swapShown(group, ["a", "b"], "b", -1)).toEqual({ shown: ["a", "d"], chosen: "d" });
  });

  it("is none when all are shown", () => {
    expect(swapShown(["a", "b"], ["a", "b"], "a", 1)).toBeNull();
  });
});
