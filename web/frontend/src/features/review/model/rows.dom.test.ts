import { describe, expect, it } from "vitest";

import type { Progress, TimelineGroup, TimelinePhoto } from "@/shared/api/schema-types";

import { groupingInterval } from "../api/grouping";
import { readReviewSearch } from "../review-search";

import { hiddenIn, neighbour, nextPhotoRow, photosOf, placesOf, type Row, rowAt, rowsOf, topsOf } from "./rows";
import type { Stretch } from "./timeline";

const photo = (id: string, rank = 0, picked = false) =>
  ({ id, rank, picked, decision: "auto", width: 3000, height: 2000 }) as TimelinePhoto;
const group = (id: string, time: string, photos: TimelinePhoto[]): Stretch => ({
  kind: "group",
  key: id,
  time,
  group: { id, kept_whole: false, photos } as unknown as TimelineGroup,
});
const stretches: Stretch[] = [
  group("A", "2024-06-15T10:00:00", [photo("a1"), photo("a2", 1, true), photo("a3", 2)]),
  { kind: "singles", key: "s1", time: "2024-06-15T11:00:00", photos: ["s1", "s2", "s3"].map((id) => photo(id)) },
  group("B", "2024-06-16T09:00:00", [photo("b1", 0, true), photo("b2", 1)]),
];
const options = {
  available: 358,
  viewport: 800,
  expanded: new Set<string>(),
  facesToggled: new Set<string>(),
  withDays: true,
};
const rows = rowsOf(stretches, options);
const read = (some: readonly Row[]) =>
  some.map(
    (row) =>
      photosOf(row)
        .map(({ id }) => id)
        .join("") || row.kind,
  );

describe("the rows of the list", () => {
  it("have room for faces where they differ, and elsewhere when they are asked for", () => {
    const row = (people: number, differ: number, toggled: string[] = []) => {
      const photos = [photo("p1", 0, true), photo("p2", 1)];
      const of = { id: "P", photos, people, people_differ: differ } as unknown as TimelineGroup;
      const stretch: Stretch = { kind: "group", key: "P", time: null, group: of };
      const [found] = rowsOf([stretch], { ...options, facesToggled: new Set(toggled) });
      return found?.kind === "group" ? found : null;
    };
    const faces = [row(2, 1), row(2, 0), row(2, 0, ["P"]), row(2, 1, ["P"]), row(0, 0, ["P"])];
    expect(faces.map((found) => found?.layout.faces)).toEqual([true, false, true, false, false]);
    expect(row(2, 1)?.size).toBeGreaterThan(row(2, 0)?.size ?? Infinity);
  });

  it("hide the frames of a bracket beside the pick, until they are asked for", () => {
    const frames = [photo("f1", 0, true), photo("f2", 1), photo("f3", 2)];
    const bracket = { id: "F", kind: "bracket", kept_whole: false, photos: frames } as unknown as TimelineGroup;
    const stretch: Stretch = { kind: "group", key: "F", time: null, group: bracket };
    const folded = rowsOf([stretch], options);
    expect([hiddenIn(folded, "f1"), hiddenIn(folded, "f3")]).toEqual([null, "F"]);
    expect(hiddenIn(rowsOf([stretch], { ...options, expanded: new Set(["F"]) }), "f3")).toBeNull();
  });

  it("name each day once, put the pick first, and break single photos into lines", () => {
    expect(read(rows)).toEqual(["day", "a2a1a3", "s1s2", "s3", "day", "b1b2"]);
    expect(read(rowsOf(stretches, { ...options, available: 1300, withDays: false }))).toEqual([
      "a2a1a3",
      "s1s2s3",
      "b1b2",
    ]);
  });

  it("know where they are and where each photo is", () => {
    const tops = topsOf(rows);
    expect(tops[0]).toBe(0);
    expect(tops[2]).toBe((rows[0]?.size ?? 0) + (rows[1]?.size ?? 0));
    expect(placesOf(rows).get("a3")).toBe(1);
    expect(placesOf(rows).get("b2")).toBe(5);
  });

  it("are walked by keys without stopping at days or leaving the list", () => {
    expect(nextPhotoRow(rows, 3, 1)).toBe(5);
    expect(nextPhotoRow(rows, 5, 1)).toBeNull();
    expect(nextPhotoRow(rows, 1, -1)).toBeNull();
    const [, first] = rows;
    expect(first && neighbour(first, "a2", 1)?.id).toBe("a1");
    expect(first && neighbour(first, "a3", 1)?.id).toBe("a3");
  });
});

describe("the polling of the grouping", () => {
  const progress = (change: Partial<Progress>) => ({ done: false, pending: 0, unfinished: 0, ...change }) as Progress;

  it("is quick while groups are made again, slower while photos are analyzed, and ends", () => {
    const regrouping = Number(groupingInterval(progress({}), false, false));
    expect(regrouping).toBeLessThan(Number(groupingInterval(progress({ unfinished: 5 }), false, false)));
    const few = Number(groupingInterval(progress({ unfinished: 5 }), false, false));
    expect(few).toBeLessThan(Number(groupingInterval(progress({ unfinished: 500 }), false, false)));
    expect(regrouping).toBeLessThan(Number(groupingInterval(progress({}), true, false)));
    expect(groupingInterval(progress({ done: true }), false, false)).toBe(false);
    expect(groupingInterval(progress({ done: true }), false, true)).not.toBe(false);
    expect(groupingInterval(progress({ done: true, pending: 2 }), false, true)).not.toBe(false);
    expect(groupingInterval(progress({ done: true, pending: 2 }), false, false)).toBe(false);
  });
});

describe("the address of the review", () => {
  it("says what is shown, and nothing it does not know", () => {
    expect(readReviewSearch({ view: "people", order: "unclear-first" })).toEqual({
      view: "people",
      order: "unclear-first",
    });
    expect(readReviewSearch({ view: "all", order: "random", x: 1 })).toEqual({});
  });

  it("are found by their height", () => {
    const tops = [0, 50, 120];
    expect([-1, 0, 49, 50, 119, 120, 999].map((height) => rowAt(tops, height))).toEqual([-1, 0, 0, 1, 1, 2, 2]);
    expect(rowAt([], 10)).toBe(-1);
  });

  it("stay the same objects where nothing about them changed", () => {
    const before = rowsOf(stretches, options)[1];
    expect(rowsOf([...stretches].slice(0, 1), { ...options, expanded: new Set(["B"]) })[1]).toBe(before);
    expect(rowsOf(stretches, { ...options, expanded: new Set(["A"]) })[1]).not.toBe(before);
    expect(rowsOf(stretches, { ...options, available: 900 })[1]).not.toBe(before);
  });
});
