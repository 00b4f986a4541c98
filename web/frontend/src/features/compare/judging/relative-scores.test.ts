import { describe, expect, it } from "vitest";

import cases from "../../../../../../tests/exposure_cases.json";

import { relativeScores } from "./relative-scores";

const photo = (quality: number, scores: Record<string, number> = {}, exposure: number | null = null) => ({
  quality,
  exposure,
  scores,
});

describe("scores beside each other", () => {
  it("give the best a full bar and the others as much less as they are worse", () => {
    const overall = relativeScores([photo(1), photo(-1), photo(-9)]).map((scores) => scores[0]);
    expect(overall.map((score) => score?.value)).toEqual([1, 0.8, 0.06]);
    expect(overall.map((score) => score?.best)).toEqual([true, false, false]);
  });

  it("make nothing much of a difference nobody sees", () => {
    const [first, second] = relativeScores([photo(0, { noise: 0.71 }), photo(0, { noise: 0.74 })]);
    const noise = [first, second].map((scores) => scores?.find((score) => score.aspect === "noise"));
    expect(noise.every((score) => (score?.value ?? 0) > 0.95)).toBe(true);
    expect(noise.some((score) => score?.best)).toBe(false);
  });

  it("say that nothing is known where nothing is, and leave out what nobody knows", () => {
    const [first, second] = relativeScores([photo(0, { eyes_open: 0.9 }), photo(0)]);
    expect(first?.map((score) => score.aspect)).toEqual(["overall", "eyes"]);
    expect(second?.[1]).toEqual({ aspect: "eyes", value: null, best: false });
  });

  it.each(cases)("draw the exposure as the service judged it: $name", ({ photos }) => {
    const drawn = relativeScores(photos.map(({ exposure }) => photo(0, {}, exposure)));
    const bars = drawn.map((scores) => scores.find((score) => score.aspect === "exposure"));
    expect(bars.map((score) => score?.best)).toEqual(photos.map(({ best }) => best));
    for (const [place, { bar }] of photos.entries()) {
      if (bar === null) expect(bars[place]?.value).toBeNull();
      else expect(bars[place]?.value).toBeCloseTo(bar, 2);
    }
  });

  it("compare the sharpness of faces where every photo has one, else that of the whole", () => {
    const sharpnessOf = (...photos: ReturnType<typeof photo>[]) =>
      relativeScores(photos).map((scores) => scores.find((score) => score.aspect === "sharpness")?.value);
    const [soft, sharp] = [photo(0, { detail: 0, face_detail: -2 }), photo(0, { detail: -1, face_detail: 0 })];
    expect(sharpnessOf(soft, sharp)).toEqual([0.06, 1]);
    expect(sharpnessOf(soft, photo(0, { detail: -0.5 }))).toEqual([1, 0.5]);
  });
});
