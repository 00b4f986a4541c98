import { describe, expect, it } from "vitest";

import { hasText, translator } from "./texts";

describe("a text", () => {
  it("is that of the language, with the values in it", () => {
    expect(translator("albums", "sv")("deleted", { name: "Åsa" })).toBe("Åsa har raderats.");
    expect(translator("albums", "en")("newAlbum")).toBe("New album");
  });

  it("has the plural form of its number, which is written as the language does", () => {
    const t = translator("albums", "sv");
    expect(t("photos", { count: 1 })).toBe("1 bild");
    expect(t("photos", { count: 0 })).toBe("0 bilder");
    expect(t("photos", { count: 12345 })).toBe("12\u00a0345 bilder");
    expect(translator("albums", "en")("photos", { count: 12345 })).toBe("12,345 photos");
  });

  it.each(["<b>&amp;", "{{name}}", "$t(newAlbum)", "$& $1", "{{- name}}"])("has the name %s as it is", (name) => {
    expect(translator("albums", "en")("deleted", { name })).toBe(`${name} has been deleted.`);
  });

  it("is known by its code, where there is one", () => {
    expect(hasText("problems", "groups_changed")).toBe(true);
    expect(hasText("problems", "toString")).toBe(false);
  });
});

it("says it by the same function each time", () => {
  expect(translator("albums", "en")).toBe(translator("albums", "en"));
});

it("is refused before its file is loaded", () => {
  expect(() => translator("not-loaded" as "common", "en")).toThrow(
    "The texts of not-loaded are not loaded in the language en.",
  );
});
