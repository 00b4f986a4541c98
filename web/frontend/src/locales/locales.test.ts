import { describe, expect, it } from "vitest";

import { LANGUAGE_CODES, LANGUAGES } from "@/shared/i18n/languages";
import { byKey, problemsOfTexts, type Texts } from "@/shared/testing/check-texts";

const files = import.meta.glob<Texts>("./*/*.json", { eager: true, import: "default" });
const sources = import.meta.glob<string>(["../**/*.ts", "../**/*.tsx", "!../**/*.test.*", "!../**/*.d.ts"], {
  eager: true,
  query: "?raw",
  import: "default",
});
const pages = Object.values(sources);
const ENGLISH = filesOf("en");

/** The files of a language by their names. */
function filesOf(language: string): Record<string, Texts> {
  return Object.fromEntries(
    Object.entries(files).flatMap(([path, texts]) => {
      const [, folder, name] = path.split("/");
      return folder === language && name ? [[name, texts]] : [];
    }),
  );
}

/** Every sentence in every language, with where it stands. */
function sentences(): [string, string][] {
  return Object.entries(files).flatMap(([path, texts]) =>
    Object.entries(texts).map(([key, text]): [string, string] => [`${path} ${key}`, text]),
  );
}

it("has a folder for each language, and no other", () => {
  const folders = new Set(Object.keys(files).map((path) => path.split("/")[1]));
  expect([...folders].sort()).toEqual([...LANGUAGE_CODES].sort());
});

describe.each(LANGUAGE_CODES)("in %s", (language) => {
  const own = filesOf(language);

  it("has the same files as English", () => {
    expect(Object.keys(own).sort()).toEqual(Object.keys(ENGLISH).sort());
  });

  it.each(Object.keys(ENGLISH))("has every text of %s with its names and plural forms", (name) => {
    expect(problemsOfTexts(language, own[name] ?? {}, ENGLISH[name] ?? {})).toEqual([]);
  });
});

/** The text files that a page and all that it loads with it ask for. */
function textsAskedFor(page: string): Set<string> {
  const modules = new Set([page]);
  const asked = new Set<string>();
  for (const path of modules) {
    const text = sources[path] ?? "";
    for (const [, name = ""] of text.matchAll(/\b(?:useMessages|translator|hasText)\(\s*"([^"]+)"/g)) asked.add(name);
    for (const [, from = ""] of text.matchAll(/^(?:import|export) (?!type\b)[^;]*?from "([^"]+)";/gm)) {
      if (!/^(@\/|\.)/.test(from)) continue;
      const target = new URL(from.replace(/^@\//, "/src/"), new URL(path, "file:///src/locales/")).pathname;
      const found = [".ts", ".tsx", "/index.ts"].map((end) => target.replace(/^\/src/, "..") + end);
      modules.add(found.find((name) => name in sources) ?? page);
    }
  }
  return asked;
}

describe.each(LANGUAGE_CODES)("the sets of texts in %s", (language) => {
  const { first, guest, pages: signedIn } = LANGUAGES[language].texts;

  it("have each file once", async () => {
    const sets = await Promise.all([first(), guest(), signedIn()]);
    const names = sets.flatMap((set) => Object.keys(set.default).map((path) => path.slice(2)));
    expect(names.sort()).toEqual(Object.keys(ENGLISH).sort());
  });

  it.each([
    ["../main.tsx", [first]],
    ["../app/routes/auth-routes.tsx", [first]],
    ["../guest.tsx", [first, guest]],
  ])("have what %s asks for before others are loaded", async (page, loads) => {
    const sets = await Promise.all(loads.map((load) => load()));
    const there = new Set(sets.flatMap((set) => Object.keys(set.default).map((path) => path.slice(2, -5))));
    const asked = textsAskedFor(page);
    expect(asked).toContain("problems");
    expect([...asked].filter((name) => !there.has(name))).toEqual([]);
  });
});

it("never tells people what only the operator of the service can do", () => {
  const commands = /manage\.py|\bnpm\b|\bmake (run|test|frontend)\b|\b[A-Z]{3,}_[A-Z_]+\b/;
  expect(sentences().length).toBeGreaterThan(500);
  expect(sentences().filter(([, text]) => commands.test(text))).toEqual([]);
});

it("has a form for one and a form for many, and none for both", () => {
  expect(sentences().filter(([, text]) => /\((s|e|r|er|a)\)|\w\/(e|s|r|er|a)\b(?!\w)/.test(text))).toEqual([]);
});

it("has no sentence that no page says", () => {
  // Codes of the service, which the pages look up by the code.
  const ofCodes = /^(problems|photo-errors|review-reasons)\.json$/;
  const strings = pages.flatMap((text) => [...text.matchAll(/"([\w:]+)"|\b(\w+): /g)].map(([, a, b]) => a ?? b));
  const named = new Set(strings);
  const patterns = pages.flatMap((text) =>
    [...text.matchAll(/`(\w*)\$\{[^`}]+\}([\w:]*)(?:\$\{[^`}]+\})?`/g)].flatMap(([, before = "", after = ""]) =>
      before + after ? [new RegExp(`^${before}\\w+${after}\\w*$`)] : [],
    ),
  );
  const keys = Object.entries(ENGLISH).flatMap(([name, texts]) => (ofCodes.test(name) ? [] : [...byKey(texts).keys()]));
  const isSaid = (key: string) => named.has(key) || patterns.some((pattern) => pattern.test(key));
  expect(keys.length).toBeGreaterThan(500);
  expect(keys.filter((key) => !isSaid(key))).toEqual([]);
});

describe("the check of texts", () => {
  const english = { title: "Photos of {{name}}", photos_one: "{{count}} photo", photos_other: "{{count}} photos" };

  it("takes a language with more plural forms", () => {
    const polish = { photos_one: "zdjęcie", photos_few: "{{count}} zdjęcia", photos_many: "{{count}} zdjęć" };
    const whole = { title: "Zdjęcia: {{name}}", ...polish, photos_other: "{{count}} zdjęcia" };
    expect(problemsOfTexts("pl", whole, english)).toEqual([]);
    expect(problemsOfTexts("sv", whole, english)).toEqual(["photos needs the forms one,other"]);
  });

  it.each([
    [{}, ["title is missing", "photos is missing"]],
    [{ ...english, more: "More" }, ["more is not in the English file"]],
    [{ ...english, title: "Bilder" }, ["title needs the names name"]],
    [{ ...english, photos_one: "{{number}} bild" }, ["photos needs the names count"]],
    [{ ...english, title: " " }, ["title needs the names name", "title is empty"]],
    [{ ...english, title: "{{name}} {a}" }, ["title has braces that are not those of a {{name}}"]],
    [{ ...english, title: "{{name}} $t(more)" }, ["title refers to another text"]],
  ])("finds what is wrong (%#)", (swedish, problems) => {
    expect(problemsOfTexts("sv", swedish, english)).toEqual(problems);
  });
});
