// Puts a build that is whole into the place from which it is served, while it is served from there.
//
// Files with a hash in their name come first, then the others, and index.html, which names them all, last: whatever a
// browser is given at any moment finds what it loads. The hashed files of the build before stay, for pages that are
// open and load their parts when they are needed; those of builds before that one go.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const HASHED = join("static", "assets");
const GENERATIONS = "generations.json";

function filesOf(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

const isHashed = (file) => file.startsWith(HASHED);

/** The hashed files of the newest build and of the one before, as the last publishing left them. */
function readGenerations(dist) {
  const path = join(dist, GENERATIONS);
  if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8"));
  return [filesOf(dist).filter(isHashed)];
}

/** Replaces a file in one step: who has the old one open reads it to its end. */
function put(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  renameSync(from, to);
}

export function publish(next, dist) {
  if (!statSync(join(next, "index.html")).isFile()) throw new Error(`${next} holds no build.`);
  const built = filesOf(next);
  const newest = built.filter(isHashed);
  const [last = [], beforeLast = []] = readGenerations(dist);
  // Built again from the same sources, what is open in browsers is still the build before.
  const isSame = JSON.stringify(last) === JSON.stringify(newest);
  const generations = [newest, isSame ? beforeLast : last];

  const order = (file) => (isHashed(file) ? 0 : file === "index.html" ? 2 : 1);
  for (const file of built.sort((one, other) => order(one) - order(other))) put(join(next, file), join(dist, file));

  writeFileSync(join(next, GENERATIONS), JSON.stringify(generations));
  put(join(next, GENERATIONS), join(dist, GENERATIONS));
  rmSync(next, { recursive: true });
  const kept = new Set([...built, ...generations.flat(), GENERATIONS]);
  for (const file of filesOf(dist)) if (!kept.has(file)) rmSync(join(dist, file));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const dist = fileURLToPath(new URL("../dist", import.meta.url));
  publish(join(dist, "next"), dist);
}
