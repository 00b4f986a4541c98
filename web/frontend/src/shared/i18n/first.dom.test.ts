import { readFileSync } from "node:fs";
import { beforeEach, expect, it, vi } from "vitest";

import { preferredLanguage } from "./language-context";

const script = readFileSync("public/first.js", "utf8");

beforeEach(() => {
  document.head.innerHTML = ["en", "sv"]
    .map((code) => `<link rel="texts" hreflang="${code}" href="/${code}.js">`)
    .join();
});

it.each([
  [["sv-SE", "en"], null],
  [["fi", "sv", "en"], null],
  [["fi"], null],
  [["en-GB"], "sv"],
  [["sv"], "xx"],
  [["sv"], '"]'],
])("has the texts of the page's language loaded at once, for %s and %s", (languages, kept) => {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(languages);
  if (kept !== null) localStorage.setItem("language", kept);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
  new Function(script)();
  const loaded = [...document.querySelectorAll<HTMLLinkElement>('link[rel="modulepreload"]')].map(({ href }) => href);
  expect(loaded).toEqual([new URL(`/${preferredLanguage()}.js`, location.href).href]);
});
