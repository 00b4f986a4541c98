import { describe, expect, it } from "vitest";

import { commandOf, isForControl } from "./keyboard";

const press = (key: string, held: Partial<KeyboardEvent> = {}) =>
  commandOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

function element(html: string): Element {
  document.body.innerHTML = html;
  const found = document.body.firstElementChild;
  if (!found) throw new Error("Nothing was made.");
  return found;
}

describe("the keys", () => {
  it("move between groups and between shots", () => {
    expect(press("ArrowDown")).toEqual({ name: "move", axis: "row", step: 1 });
    expect(press("ArrowLeft")).toEqual({ name: "move", axis: "shot", step: -1 });
  });

  it("pick a shot by its number", () => {
    expect(press("1")).toEqual({ name: "pick", number: 1 });
    expect(press("9")).toEqual({ name: "pick", number: 9 });
    expect(press("0")).toBeNull();
  });

  it("work with caps lock, and leave the browser's own alone", () => {
    expect(press("X")).toEqual({ name: "reject" });
    expect(press("r", { ctrlKey: true })).toBeNull();
    expect(press("1", { altKey: true })).toBeNull();
  });

  it("undo as everywhere else, too", () => {
    expect(press("z", { ctrlKey: true })).toEqual({ name: "undo" });
    expect(press("Z", { metaKey: true, shiftKey: true })).toEqual({ name: "redo" });
    expect(press("z")).toEqual({ name: "open" });
  });
});

describe("a control that has the focus", () => {
  const keep = { name: "keep" } as const;
  const down = { name: "move", axis: "row", step: 1 } as const;

  it("keeps the keys it needs for itself", () => {
    expect(isForControl(keep, element("<button>Accept</button>"))).toBe(true);
    expect(isForControl(down, element("<div role='slider'></div>"))).toBe(true);
    expect(isForControl({ name: "undo" }, element("<input>"))).toBe(true);
  });

  it("leaves all others to the review", () => {
    expect(isForControl({ name: "undo" }, element("<button>Accept</button>"))).toBe(false);
    expect(isForControl(down, element("<button>Accept</button>"))).toBe(false);
    expect(isForControl(keep, element("<button data-shot='1'></button>"))).toBe(false);
    expect(isForControl(keep, document.body)).toBe(false);
  });
});
