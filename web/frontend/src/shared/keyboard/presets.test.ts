import { describe, expect, it } from "vitest";

import { LANGUAGE_CODES } from "../i18n/languages";
import { translator } from "../i18n/texts";

import { COMMAND_NAMES, isOnPage, PAGES } from "./commands";
import { explanationOf } from "./explanation";
import { PRESET_NAMES, PRESETS } from "./presets";

describe.each(PRESET_NAMES)("the keys as in %s", (preset) => {
  const keys = PRESETS[preset];

  it("give each key one meaning, on all pages", () => {
    const all = COMMAND_NAMES.flatMap((name) => keys[name]);
    expect(all.filter((key, place) => all.indexOf(key) !== place)).toEqual([]);
  });

  it("reach every command", () => {
    // Where digits are colours and stars, the shot is chosen first, and then kept alone.
    const missing = preset === "photoMechanic" ? ["number"] : [];
    expect(COMMAND_NAMES.filter((name) => keys[name].length === 0)).toEqual(missing);
  });

  it("have two directions and nine numbers", () => {
    for (const name of ["group", "shot", "pane", "replace", "zoomStep"] as const) expect(keys[name]).toHaveLength(2);
    if (keys.number.length > 0) expect(keys.number.join()).toMatch(/^(Shift\+)?1,.*9$/);
  });
});

describe.each(LANGUAGE_CODES)("in %s", (language) => {
  const t = translator("keyboard", language);

  it.each(PAGES)("each command of the page %s is explained in its own words", (page) => {
    const words = COMMAND_NAMES.filter((name) => isOnPage(name, page)).map((name) => t(explanationOf(name, page)));
    expect(new Set(words).size).toBe(words.length);
    expect(words.every((text) => text.length > 3)).toBe(true);
  });
});
