import { expect, it } from "vitest";

import type { Catalogue } from "@/shared/i18n/catalogue";

const modules = import.meta.glob<Record<string, unknown>>("../**/*-messages.ts", { eager: true });

/** Every sentence of every catalogue, with where it stands. */
function sentences(): [string, string][] {
  const catalogues = Object.entries(modules).flatMap(([path, module]) =>
    Object.values(module).flatMap((made) => (isCatalogue(made) ? [[path, made] as const] : [])),
  );
  return catalogues.flatMap(([path, { en, sv }]) =>
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
