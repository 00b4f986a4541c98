import { describe, expect, it } from "vitest";

import { DEFAULT_OPTIONS, insertPart, patternName, readOptions, rememberOptions } from "./export-options";

describe("the options of a zip", () => {
  it("are those each person chose last", () => {
    const chosen = { ...DEFAULT_OPTIONS, selection: "all", location: "strip" } as const;
    rememberOptions(1, chosen);
    expect(readOptions(1)).toEqual(chosen);
    expect(readOptions(2)).toEqual(DEFAULT_OPTIONS);
  });

  it.each([
    "no JSON",
    "null",
    "[]",
    JSON.stringify({ selection: "best", layout: 3, name_pattern: "", location: null }),
    JSON.stringify({ name_pattern: "x".repeat(101) }),
  ])("are the usual ones where %s was kept", (kept) => {
    localStorage.setItem("download-options-1", kept);
    expect(readOptions(1)).toEqual(DEFAULT_OPTIONS);
  });
});

describe("a pattern", () => {
  it("takes a part where the cursor is, or in the place of what is marked", () => {
    expect(insertPart("day  end", "date", 4, 4)).toEqual(["day {date} end", 10]);
    expect(insertPart("{name}", "sequence", 0, 6)).toEqual(["{sequence}", 10]);
  });

  it("is known by its name", () => {
    expect(patternName("{name}")).toBe("original");
    expect(patternName("{name} ")).toBeNull();
  });
});
