import { describe, expect, it } from "vitest";

import { translator } from "@/shared/i18n/catalogue";

import { reasonMessages } from "../reason-messages";

import { reasonText } from "./reasons";

const say = (language: "en" | "sv") => (code: keyof (typeof reasonMessages)["en"], total: number) =>
  translator(reasonMessages, language)(code as "sharpest", { total });

describe("why a photo was picked", () => {
  const reasons = [
    { code: "sharpest", text: "sharpest of 5", count: 5 },
    { code: "eyes_open", text: "all eyes open" },
  ];

  it("is said in the language of the page", () => {
    expect(reasonText({ reasons }, say("en"))).toBe("Sharpest of 5 · all eyes open");
    expect(reasonText({ reasons }, say("sv"))).toBe("Skarpast av 5 · alla ögon öppna");
  });

  it("is what the service says where the code is a new one", () => {
    expect(reasonText({ reasons: [{ code: "smiles", text: "everybody smiles" }] }, say("sv"))).toBe("Everybody smiles");
  });

  it("leaves to the badge what the badge says, and survives anything", () => {
    expect(reasonText({ reasons: [{ code: "no_clear_winner", text: "no clear winner" }] }, say("en"))).toBe("");
    expect(reasonText({ reasons: [null, 3, "x", { code: 1 }, { code: "toString" }] }, say("en"))).toBe("");
  });
});
