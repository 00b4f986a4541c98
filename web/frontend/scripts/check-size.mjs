// Prints what a first visit loads before any page is shown, gzipped, and fails above the limit.
import { readFileSync, statSync } from "node:fs";

/** The most JavaScript of each page, in bytes. */
const LIMITS = { "index.html": 250_000, "guest.html": 215_000 };
const dist = new URL("../dist/static/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));

function filesOf(name, seen = new Set()) {
  const chunk = manifest[name];
  if (!chunk || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const style of chunk.css ?? []) seen.add(style);
  for (const imported of chunk.imports ?? []) filesOf(imported, seen);
  return seen;
}

const gzipped = (file) => statSync(new URL(`${file}.gz`, dist)).size;
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const sum = (files) => files.reduce((total, file) => total + gzipped(file), 0);
const isScript = (file) => file.endsWith(".js");
const isOfLanguage = (name) => name.startsWith("src/locales/");

// A page loads the texts of one language.
const texts = Math.max(
  ...Object.keys(manifest)
    .filter(isOfLanguage)
    .map((name) => sum([...filesOf(name)])),
);
for (const [page, limit] of Object.entries(LIMITS)) {
  const initial = [...filesOf(page)];
  const script = sum(initial.filter(isScript)) + texts;
  const style = sum(initial.filter((file) => !isScript(file)));
  console.log(
    `${page}: JavaScript ${kilobytes(script)} of at most ${kilobytes(limit)} gzipped, ${kilobytes(texts)} of it texts; styles ${kilobytes(style)}.`,
  );
  for (const name of manifest[page].dynamicImports ?? []) {
    if (isOfLanguage(name)) continue;
    const own = [...filesOf(name)].filter((file) => isScript(file) && !initial.includes(file));
    console.log(`  + ${name.replace("src/", "")}: ${kilobytes(sum(own))}`);
  }
  if (script > limit) {
    console.error("The initial JavaScript is too large. Load what the first page does not need with its route.");
    process.exitCode = 1;
  }
}
