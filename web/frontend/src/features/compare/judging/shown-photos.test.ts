import { describe, expect, it } from "vitest";

import { toggleShown } from "./shown-photos";

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
