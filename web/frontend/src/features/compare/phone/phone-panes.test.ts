import { describe, expect, it } from "vitest";

import { firstPaneCount, flipped, panesOf, phoneOrder } from "./phone-panes";

const WIDE = { id: "w", width: 600, height: 400 };
const TALL = { id: "t", width: 400, height: 600 };
const ORDER = ["a", "b", "c", "d"];

describe("the panes of a phone", () => {
  it("are in the order of what was asked for, then the rest of the group", () => {
    const group = ORDER.map((id) => ({ id }));
    expect(phoneOrder(group, [{ id: "c" }, { id: "x" }]).map(({ id }) => id)).toEqual(["c", "x", "a", "b", "d"]);
  });

  it("are two for wide photos, and one for tall ones on an upright phone", () => {
    expect(firstPaneCount([WIDE, TALL], true)).toBe(2);
    expect(firstPaneCount([TALL, WIDE], true)).toBe(1);
    expect(firstPaneCount([TALL, WIDE], false)).toBe(2);
    expect(firstPaneCount([{ ...TALL, width: null, height: null }], true)).toBe(2);
  });

  it("keep the chosen photo when one becomes two, and two one", () => {
    expect(panesOf(ORDER, [], 2, undefined)).toEqual(["a", "b"]);
    expect(panesOf(ORDER, ["b"], 2, "b")).toEqual(["b", "c"]);
    expect(panesOf(ORDER, ["d"], 2, "d")).toEqual(["d", "c"]);
    expect(panesOf(ORDER, ["a", "c"], 1, "c")).toEqual(["c"]);
    expect(panesOf(ORDER, ["a", "c"], 2, "c")).toEqual(["a", "c"]);
  });

  it("forget a photo that is gone", () => {
    expect(panesOf(["a", "b"], ["gone", "b"], 2, "gone")).toEqual(["b", "a"]);
  });
});

describe("a swipe", () => {
  it("brings the next photo, past the one in the other pane, and stops at the ends", () => {
    expect(flipped(ORDER, ["a"], "a", 1)).toBe("b");
    expect(flipped(ORDER, ["a", "b"], "a", 1)).toBe("c");
    expect(flipped(ORDER, ["c", "b"], "c", -1)).toBe("a");
    expect(flipped(ORDER, ["a"], "a", -1)).toBeNull();
    expect(flipped(ORDER, ["d"], "d", 1)).toBeNull();
    expect(flipped(ORDER, ["c", "d"], "c", 1)).toBeNull();
  });
});
