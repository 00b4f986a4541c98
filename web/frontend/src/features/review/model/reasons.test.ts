import { describe, expect, expectTypeOf, it } from "vitest";

import type { Photo, ReasonCode } from "@/shared/api/schema-types";
import { type TextKey, translator } from "@/shared/i18n/texts";

import { reasonText } from "./reasons";

const say = (language: "en" | "sv") => (code: ReasonCode, total: number) =>
  translator("review-reasons", language)(code, { total });

describe("why a photo was picked", () => {
  const reasons: Photo["reasons"] = [
    { code: "sharpest", text: "sharpest of 5", count: 5 },
    { code: "eyes_open", text: "all eyes open" },
  ];

  it("is said in the language of the page", () => {
    expect(reasonText({ reasons }, say("en"))).toBe("Sharpest of 5 · all eyes open");
    expect(reasonText({ reasons }, say("sv"))).toBe("Skarpast av 5 · alla ögon öppna");
  });

  it("is what the service says where the code is a new one", () => {
    const reasons = ["smiles", "toString"].map((code) => ({ code: code as ReasonCode, text: `everybody ${code}` }));
    expect(reasonText({ reasons }, say("sv"))).toBe("Everybody smiles · everybody toString");
  });

  it("has words for exactly the codes of the service", () => {
    expectTypeOf<TextKey<"review-reasons">>().toEqualTypeOf<ReasonCode>();
  });

  it("leaves to the badge what the badge says", () => {
    expect(reasonText({ reasons: [{ code: "no_clear_winner", text: "no clear winner" }] }, say("en"))).toBe("");
  });
});
