import { describe, expect, it } from "vitest";

import { relativeScores } from "./relative-scores";

const photo = (quality: number, scores: Record<string, number> = {}) => ({ quality, scores });

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

  it("hold it against a photo that it is too dark, too bright, or mostly black", () => {
    const exposure = relativeScores([
      photo(0, { key: 0.27 }),
      photo(0, { key: 0.45 }),
      photo(0, { brightness: 0.1 }),
      photo(0, { key: 0.27, nearly_black: 0.6 }),
    ]).map((scores) => scores.find((score) => score.aspect === "exposure"));
    expect(exposure.map((score) => score?.best)).toEqual([true, false, false, false]);
    expect(exposure.slice(1).every((score) => (score?.value ?? 1) < 0.85)).toBe(true);
  });

  it("compare the sharpness of faces where every photo has one, else that of the whole", () => {
    const sharpnessOf = (...photos: ReturnType<typeof photo>[]) =>
      relativeScores(photos).map((scores) => scores.find((score) => score.aspect === "sharpness")?.value);
    const [soft, sharp] = [photo(0, { detail: 0, face_detail: -2 }), photo(0, { detail: -1, face_detail: 0 })];
    expect(sharpnessOf(soft, sharp)).toEqual([0.06, 1]);
    expect(sharpnessOf(soft, photo(0, { detail: -0.5 }))).toEqual([1, 0.5]);
  });
});
