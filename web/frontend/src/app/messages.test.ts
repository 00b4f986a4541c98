import { expect, it } from "vitest";

import type { Catalogue } from "@/shared/i18n/catalogue";

const modules = import.meta.glob<Record<string, unknown>>("../**/*-messages.ts", { eager: true });
const sources = import.meta.glob<string>(
  ["../**/*.ts", "../**/*.tsx", "!../**/*.test.*", "!../**/*.d.ts", "!../**/*-messages.ts"],
  {
    eager: true,
    query: "?raw",
    import: "default",
  },
);
const pages = Object.values(sources);

function catalogues(): (readonly [path: string, Catalogue])[] {
  return Object.entries(modules).flatMap(([path, module]) =>
    Object.values(module).flatMap((made) => (isCatalogue(made) ? [[path, made] as const] : [])),
  );
}

/** Every sentence of every catalogue, with where it stands. */
function sentences(): [string, string][] {
  return catalogues().flatMap(([path, { en, sv }]) =>
    [...Object.entries(en), ...Object.entries(sv)].flatMap(([key, message]) =>
      (typeof message === "string" ? [message] : [message.one, message.other]).map((text): [string, string] => [
        `${path} ${key}`,
        text,
      ]),
    ),
  );
}

function isCatalogue(made: unknown): made is Catalogue {
  return typeof made === "object" && made !== null && "en" in made && "sv" in made;
}

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
  const ofCodes = /(problem|photo-error|reason)-messages\.ts/;
  const strings = pages.flatMap((text) => [...text.matchAll(/"([\w:]+)"|\b(\w+): /g)].map(([, a, b]) => a ?? b));
  const named = new Set(strings);
  const patterns = pages.flatMap((text) =>
    [...text.matchAll(/`(\w*)\$\{[^`}]+\}([\w:]*)(?:\$\{[^`}]+\})?`/g)].flatMap(([, before = "", after = ""]) =>
      before + after ? [new RegExp(`^${before}\\w+${after}\\w*$`)] : [],
    ),
  );
  const keys = catalogues().flatMap(([path, { en }]) => (ofCodes.test(path) ? [] : Object.keys(en)));
  const isSaid = (key: string) => named.has(key) || patterns.some((pattern) => pattern.test(key));
  expect(keys.length).toBeGreaterThan(500);
  expect(keys.filter((key) => !isSaid(key))).toEqual([]);
});
