import { describe, expect, it } from "vitest";

import { defineMessages, translator } from "./catalogue";
import { createFormat } from "./format";

const messages = defineMessages({
  en: { hello: "Hello {name}", plain: "Plain", photos: { one: "{count} photo", other: "{count} photos" } },
  sv: { hello: "Hej {name}", plain: "Enkel", photos: { one: "{count} bild", other: "{count} bilder" } },
});

describe("a catalogue", () => {
  it("puts values into the text of the language", () => {
    expect(translator(messages, "sv")("hello", { name: "Åsa" })).toBe("Hej Åsa");
    expect(translator(messages, "en")("plain")).toBe("Plain");
  });

  it("chooses the plural form and writes numbers as the language does", () => {
    const t = translator(messages, "sv");
    expect(t("photos", { count: 1 })).toBe("1 bild");
    expect(t("photos", { count: 0 })).toBe("0 bilder");
    expect(t("photos", { count: 12345 })).toBe("12\u00a0345 bilder");
  });
});

describe("formats", () => {
  const format = createFormat("en");

  it("says 100 % only when it is all", () => {
    expect(format.percent(0.999)).toBe("99%");
    expect(format.percent(1)).toBe("100%");
  });

  it("writes sizes in the unit that reads best", () => {
    expect(format.bytes(0)).toBe("0 byte");
    expect(format.bytes(999_999)).toBe("1,000 kB");
    expect(format.bytes(4_250_000)).toBe("4.3 MB");
  });

  it("writes spans of time in the units that matter", () => {
    expect(format.duration(0.2)).toBe("1 sec");
    expect(format.duration(42)).toBe("42 secs");
    expect(format.duration(3_600)).toBe("1 hr");
    expect(format.duration(5_430)).toBe("1 hr 31 mins");
  });
});
