import { describe, expect, it } from "vitest";

import type { TimelineGroup, TimelinePhoto } from "@/shared/api/schema-types";

import { slidesOf, startOf } from "./slides";
import { mergeByTime } from "./timeline";

function photo(id: string, change: Partial<TimelinePhoto> = {}): TimelinePhoto {
  return {
    id,
    name: `${id}.jpg`,
    kind: "photo",
    picked: false,
    left_out: false,
    shelf: "",
    ...change,
  } as TimelinePhoto;
}

const stretches = mergeByTime({
  groups: [
    {
      id: "g",
      photos: [
        photo("worse", { taken_at: "2026-06-20T10:00:00+02:00", stars: 4 }),
        photo("best", { taken_at: "2026-06-20T10:00:01+02:00", picked: true }),
        photo("spare", { taken_at: "2026-06-20T10:00:02+02:00", left_out: true, label: "red" }),
      ],
    } as TimelineGroup,
  ],
  singles: [photo("film", { kind: "video", picked: true, taken_at: "2026-06-20T09:00:00Z" })],
});

const idsIn = (view: Parameters<typeof slidesOf>[1]) => slidesOf(stretches, view).map(({ id }) => id);

it("has all of a view in order of time, and knows the picks", () => {
  expect(idsIn("all")).toEqual(["film", "worse", "best", "spare"]);
  expect(slidesOf(stretches, "all").filter(({ isBest }) => isBest)).toEqual([
    { id: "film", name: "film.jpg", isVideo: true, takenAt: "2026-06-20T09:00:00", isBest: true },
    { id: "best", name: "best.jpg", isVideo: false, takenAt: "2026-06-20T10:00:01", isBest: true },
  ]);
});

it.each([
  ["stars-3", ["worse"]],
  ["label-red", ["spare"]],
  ["left-out", ["spare"]],
] as const)("has only the photos that the view %s is about", (view, expected) => {
  expect(idsIn(view)).toEqual(expected);
});

describe("begins", () => {
  it.each([
    ["at the pick of the group of a shot", "worse", "best"],
    ["at a pick", "best", "best"],
    ["at a photo in no group", "film", "film"],
    ["at the first without one", null, null],
  ])("%s", (_, at, expected) => {
    expect(startOf(stretches, at)).toBe(expected);
  });
});
