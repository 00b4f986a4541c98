import { describe, expect, it } from "vitest";

import type { ReviewCounts } from "@/shared/api/schema-types";

import { readReviewSearch } from "../review-search";

import { acceptance, filtersOf, toAccept } from "./filters";

const counts = { undecided: 30, undecided_no_clear_winner: 12 } as ReviewCounts;

describe("the view of stars or of a label", () => {
  it("shows the groups with such a photo and the single photos, and is kept in the address", () => {
    expect(filtersOf("stars-3")).toEqual({ clusters: { stars: 3 }, singles: { stars: 3 } });
    expect(filtersOf("label-blue")).toEqual({ clusters: { label: "blue" }, singles: { label: "blue" } });
    expect(readReviewSearch({ view: "stars-3" })).toEqual({ view: "stars-3" });
    expect(readReviewSearch({ view: "stars-6" })).toEqual({});
  });

  it("accepts what is clear among its groups", () => {
    expect(toAccept("label-red")).toEqual({ label: "red", no_clear_winner: false });
  });
});

describe("accepting the groups of a view", () => {
  it("accepts what is clear and leaves the rest to look at", () => {
    for (const view of ["all", "undecided"] as const) {
      expect(toAccept(view)?.no_clear_winner).toBe(false);
      expect(acceptance(view, counts)).toEqual({ acceptable: 18, unclear: 12, areClear: true });
    }
  });

  it("accepts the unclear ones where somebody looks at them", () => {
    expect(toAccept("unclear")).toEqual(filtersOf("unclear").clusters);
    expect(acceptance("unclear", counts)).toEqual({ acceptable: 12, unclear: 0, areClear: false });
  });

  it("does not know how many where the counts do not say", () => {
    expect(acceptance("people", counts).acceptable).toBeNull();
    expect(acceptance("all", undefined).acceptable).toBeNull();
  });

  it("accepts nothing in views without groups", () => {
    expect(toAccept("shelf")).toBeNull();
    expect(acceptance("shelf", counts).acceptable).toBe(0);
  });
});
