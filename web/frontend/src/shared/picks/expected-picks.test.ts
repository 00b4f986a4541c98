import { describe, expect, it } from "vitest";

import type { PhotoDecision, TimelinePhoto } from "@/shared/api/schema-types";

import cases from "../../../../../tests/pick_cases.json";

import { expectedPicks, isSinglePicked } from "./expected-picks";

describe("the expected picks of a group, as the service picks", () => {
  it.each(cases.clusters)("$name", ({ members, kept_whole, picked_ranks: pickedRanks }) => {
    const photos = members.map(({ rank, decision, ...member }) => ({
      id: String(rank),
      rank,
      decision: decision as PhotoDecision,
      kind: "kind" in member ? ("video" as const) : ("photo" as const),
    }));
    expect(expectedPicks({ kept_whole, photos })).toEqual(new Set(pickedRanks.map(String)));
  });
});

describe("a photo in no group", () => {
  it.each(cases.singles)("is picked or not by decision and shelf: $decision $shelf", ({ decision, shelf, picked }) => {
    expect(isSinglePicked(decision as PhotoDecision, shelf as TimelinePhoto["shelf"])).toBe(picked);
  });
});
