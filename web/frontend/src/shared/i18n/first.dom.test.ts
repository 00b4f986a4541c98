import { readFileSync } from "node:fs";
import { beforeEach, expect, it, vi } from "vitest";

import { preferredLanguage } from "./language-context";

const script = readFileSync("public/first.js", "utf8");

beforeEach(() => {
  document.head.innerHTML = ["en", "sv"]
    .map((code) => `<link rel="texts" hreflang="${code}" href="/${code}.js">`)
    .join();
});

function runScript() {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
  new Function(script)();
}

it("asks once more for styles that did not come", () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  runScript();
  document.head.innerHTML = '<link rel="stylesheet" href="/page.css">';
  const link = () => document.querySelector('link[rel="stylesheet"]');
  const first = link();
  first?.dispatchEvent(new Event("error"));
  vi.runAllTimers();
  const second = link();
  expect(second).not.toBe(first);
  expect(second).toHaveAttribute("href", "/page.css");
  second?.dispatchEvent(new Event("error"));
  vi.runAllTimers();
  expect(link()).toBe(second);
  vi.useRealTimers();
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
  runScript();
  const loaded = [...document.querySelectorAll<HTMLLinkElement>('link[rel="modulepreload"]')].map(({ href }) => href);
  expect(loaded).toEqual([new URL(`/${preferredLanguage()}.js`, location.href).href]);
});
