import { describe, expect, it } from "vitest";

import { ALL_PICKS, numberOf, picksOf, shareOf, wantedFrom } from "./wanted";

const album = { wanted_count: null, wanted_share: null, picked_count: 182, left_out_count: 0 };
const picks = (wanted: { count: number | null; share: number | null }, available = 182) => ({
  wanted,
  available,
  picked: 50,
  kept: 0,
});

describe("the picks of an album", () => {
  it("are those of the album until they are counted", () => {
    expect(picksOf(album, undefined)).toEqual({ wanted: ALL_PICKS, available: 182, picked: 182, kept: 0 });
  });

  it("count what the number leaves out", () => {
    const counts = { picked: 50, left_out: 132, kept: 3 };
    expect(picksOf({ ...album, wanted_count: 50 }, counts)).toMatchObject({ available: 182, picked: 50, kept: 3 });
  });
});

describe("how many are wanted", () => {
  it.each([
    [ALL_PICKS, 182],
    [{ count: 50, share: null }, 50],
    [{ count: 500, share: null }, 500],
    [{ count: null, share: 0.25 }, 46],
    [{ count: null, share: 0.001 }, 1],
  ])("%o of 182 picks are %i", (wanted, number) => {
    expect(numberOf(picks(wanted), wanted)).toBe(number);
  });

  it.each([
    ["50", { count: 50, share: null }],
    [" 25 % ", { count: null, share: 0.25 }],
    ["100%", ALL_PICKS],
    ["0", null],
    ["", null],
    ["many", null],
    ["-3", null],
    ["2.5", null],
  ])("is read from %j", (text, wanted) => {
    expect(wantedFrom(text)).toEqual(wanted);
  });

  it("is a place of the slider", () => {
    expect(shareOf(picks(ALL_PICKS))).toBe(100);
    expect(shareOf(picks({ count: 50, share: null }))).toBe(27);
    expect(shareOf(picks({ count: 500, share: null }))).toBe(100);
    expect(shareOf(picks({ count: null, share: 0.25 }))).toBe(25);
    expect(shareOf(picks({ count: 5, share: null }, 0))).toBe(100);
  });
});
