import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { publish } from "./publish.mjs";

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "publish-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const dist = (file = "") => join(folder, "dist", file);
const asset = (name) => `static/assets/${name}.js`;

function write(file, content) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** A build whose page loads the assets with these names, published. */
function build(...names) {
  const next = dist("next");
  write(join(next, "index.html"), names.join(" "));
  write(join(next, "static/manifest.webmanifest"), names.join(" "));
  for (const name of names) write(join(next, asset(name)), name);
  publish(next, dist());
}

const served = (name) => existsSync(dist(asset(name)));

describe("a build", () => {
  it("is put in place whole, and leaves nothing beside it", () => {
    build("a-1", "b-1");
    expect(readFileSync(dist("index.html"), "utf8")).toBe("a-1 b-1");
    expect([served("a-1"), served("b-1"), existsSync(dist("next"))]).toEqual([true, true, false]);
  });

  it("keeps what pages of the build before load, and nothing older", () => {
    build("a-1", "b-1");
    build("a-2", "b-1");
    expect([served("a-1"), served("a-2"), served("b-1")]).toEqual([true, true, true]);
    expect(readFileSync(dist("static/manifest.webmanifest"), "utf8")).toBe("a-2 b-1");
    build("a-3");
    expect([served("a-1"), served("a-2"), served("a-3"), served("b-1")]).toEqual([false, true, true, true]);
    build("a-4");
    expect([served("a-2"), served("b-1"), served("a-3"), served("a-4")]).toEqual([false, false, true, true]);
  });

  it("made twice from the same sources still leaves the one before", () => {
    build("a-1");
    build("a-2");
    build("a-2");
    expect([served("a-1"), served("a-2")]).toEqual([true, true]);
  });

  it("takes over from one that was put there otherwise", () => {
    write(dist("index.html"), "old");
    write(dist(asset("old-1")), "old");
    write(dist("static/left-over.txt"), "old");
    build("a-1");
    expect([served("old-1"), served("a-1"), existsSync(dist("static/left-over.txt"))]).toEqual([true, true, false]);
  });

  it("that failed changes nothing", () => {
    build("a-1");
    mkdirSync(dist("next/static/assets"), { recursive: true });
    expect(() => publish(dist("next"), dist())).toThrow();
    expect(readFileSync(dist("index.html"), "utf8")).toBe("a-1");
    expect(served("a-1")).toBe(true);
  });
});
