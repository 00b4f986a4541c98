import { expect, it } from "vitest";

import { translator } from "@/shared/i18n/texts";

import { factsOf } from "./exposure-words";

const PHOTO = {
  description: "",
  capture: {
    exposure_time: 0.004,
    f_number: 2.8,
    iso: 400,
    focal_length: 35,
    focal_length_35mm: 52,
    exposure_bias: -0.667,
    lens_model: "XF35mmF2 R WR",
  },
  camera: "FUJIFILM X-T4",
  timeline_at: "2024-06-08T23:59:05",
  width: 6000,
  height: 4000,
  byte_size: 9_600_000,
  content_type: "image/jpeg",
};
const BARE = { ...PHOTO, capture: {}, camera: "", timeline_at: null, width: null, height: null };

const facts = (photo: Parameters<typeof factsOf>[0], language: "en" | "sv") =>
  factsOf(photo, translator("review-large", language), language);
const exposure = (capture: (typeof PHOTO)["capture"] | Record<string, number>) =>
  facts({ ...BARE, capture }, "en").find(([about]) => about === "exposure")?.[1];

it("says it in English and Swedish", () => {
  expect(facts(PHOTO, "en")).toEqual([
    ["exposure", "1/250 s · f/2.8 · ISO 400 · 35 mm (like 52 mm on full frame) · −0.7 EV"],
    ["lens", "XF35mmF2 R WR"],
    ["camera", "FUJIFILM X-T4"],
    ["taken", expect.stringMatching(/^Sat,? 8 Jun 2024,? (at )?23:59:05$/)],
    ["file", "6000 × 4000 · 24 MP · 9.6 MB · JPEG"],
  ]);
  expect(facts(PHOTO, "sv").map(([, text]) => text)).toEqual([
    "1/250 s · f/2,8 · ISO 400 · 35 mm (som 52 mm på fullformat) · −0,7 EV",
    "XF35mmF2 R WR",
    "FUJIFILM X-T4",
    expect.stringMatching(/^lör 8 juni 2024 (kl\. )?23:59:05$/),
    "6000 × 4000 · 24 MP · 9,6 MB · JPEG",
  ]);
});

it("begins with what somebody wrote about the photo", () => {
  expect(facts({ ...BARE, description: "Vid sjön" }, "sv")[0]).toEqual(["description", "Vid sjön"]);
});

it("leaves out what the file does not say", () => {
  expect(facts(BARE, "en")).toEqual([["file", "9.6 MB · JPEG"]]);
});

it.each([
  [{ exposure_time: 30 }, "30 s"],
  [{ exposure_time: 0.5 }, "0.5 s"],
  [{ exposure_time: 0.25, f_number: 16 }, "1/4 s · f/16"],
  [{ iso: 12_800, focal_length: 50, focal_length_35mm: 50 }, "ISO 12800 · 50 mm"],
  [{ focal_length: 5.7, exposure_bias: 0.01 }, "5.7 mm"],
])("writes as cameras do (%#)", (capture, text) => {
  expect(exposure(capture)).toBe(text);
});
