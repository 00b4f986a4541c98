// Prints what a first visit loads before any page is shown, gzipped, and fails above the limit.
import { readFileSync, statSync } from "node:fs";

/** The most JavaScript of each page, in bytes, and the sets of texts that it loads of one language. */
const PAGES = {
  "index.html": { limit: 241_000, sets: ["index"] },
  "guest.html": { limit: 205_000, sets: ["index", "guest"] },
};
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

/** The texts of a set, in the language that needs most bytes for them. */
function textsOf(set) {
  const names = Object.keys(manifest).filter((name) => name.startsWith("src/locales/") && name.endsWith(`/${set}.ts`));
  return Math.max(...names.map((name) => sum([...filesOf(name)])));
}

for (const [page, { limit, sets }] of Object.entries(PAGES)) {
  const texts = sets.reduce((total, set) => total + textsOf(set), 0);
  const initial = [...filesOf(page)];
  const script = sum(initial.filter(isScript)) + texts;
  const style = sum(initial.filter((file) => !isScript(file)));
  console.log(
    `${page}: JavaScript ${kilobytes(script)} of at most ${kilobytes(limit)} gzipped, ${kilobytes(texts)} of it texts; styles ${kilobytes(style)}.`,
  );
  for (const name of manifest[page].dynamicImports ?? []) {
    if (name.startsWith("src/locales/")) continue;
    const own = [...filesOf(name)].filter((file) => isScript(file) && !initial.includes(file));
    console.log(`  + ${name.replace("src/", "")}: ${kilobytes(sum(own))}`);
  }
  if (page === "index.html") console.log(`  + texts of these pages: ${kilobytes(textsOf("pages"))}`);
  if (script > limit) {
    console.error("The initial JavaScript is too large. Load what the first page does not need with its route.");
    process.exitCode = 1;
  }
}
