import { describe, expect, it } from "vitest";

import type { Face } from "@/shared/api/schema-types";

import { arePeopleKnown, facesByPerson } from "./faces-by-person";

const face = (x: number, y: number, width = 0.1): Face => ({
  x,
  y,
  width,
  height: width,
  eyes_open: null,
  sharpness: -3,
  frontal: true,
  cut_off: false,
  confidence: 0.9,
});

describe("faces side by side", () => {
  const [small, large] = [face(0.1, 0.1, 0.05), face(0.6, 0.3, 0.1)];
  const photo = (faces: Face[], people: number[] | null, group: string | null = "moment") => ({
    faces,
    person_numbers: people,
    cluster_id: group,
  });

  it("puts each person into one row, also when they change places", () => {
    const photos = [photo([large, small], [0, 1]), photo([small, large], [0, 1])];
    expect(facesByPerson(photos)).toEqual([
      [large, small],
      [small, large],
    ]);
    expect(arePeopleKnown(photos)).toBe(true);
  });

  it("gives somebody who is in one photo only a row of their own", () => {
    const photos = [photo([small], [2]), photo([], null), photo([large], [0])];
    expect(facesByPerson(photos)).toEqual([
      [null, null, large],
      [small, null, null],
    ]);
  });

  it("says that nobody is known in photos of several groups, or of an older grouping", () => {
    for (const other of [photo([small], [1], "another"), photo([small], null), photo([small], [1], null)]) {
      const photos = [photo([large], [0]), other];
      expect(arePeopleKnown(photos)).toBe(false);
      expect(facesByPerson(photos)).toEqual([[large, small]]);
    }
  });
});
