import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const BASE = "/static/app/";
/** Two pages, so that guests with a link do not load what only people with an account need. */
const PAGES = ["index.html", "guest.html"];
const DIST = new URL("./dist/", import.meta.url);
/** The build that is being made, the one that is served, and for a moment the one before. */
const [NEXT, SERVED, BEFORE] = [new URL("next/", DIST), new URL("static/", DIST), new URL("before/", DIST)];
const DJANGO = process.env.DJANGO_URL ?? "http://127.0.0.1:8000";

/**
 * What Django serves lies in static/, all of it cacheable; the pages lie beside it, because views send them with
 * headers of their own. Compressed copies are made here once, so that the server only chooses between files. All is
 * made in a folder of its own and then moved: a server that runs goes on sending the files that it has opened.
 */
function layOutForDjango(): Plugin {
  return {
    name: "lay-out-for-django",
    apply: "build",
    writeBundle() {
      for (const entry of readdirSync(NEXT, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(js|css|svg|webmanifest|wasm)$/.test(entry.name)) continue;
        const path = `${entry.parentPath}/${entry.name}`;
        const content = readFileSync(path);
        writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
        writeFileSync(`${path}.br`, brotliCompressSync(content));
      }
      rmSync(BEFORE, { recursive: true, force: true });
      if (existsSync(SERVED)) renameSync(SERVED, BEFORE);
      renameSync(NEXT, SERVED);
      for (const page of PAGES) renameSync(new URL(page, SERVED), new URL(page, DIST));
      rmSync(BEFORE, { recursive: true, force: true });
    },
  };
}

/** Names the texts of each language in the pages: first.js has those of the reader loaded beside the scripts. */
function nameTexts(): Plugin {
  return {
    name: "name-texts",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (_html, { bundle }) =>
        Object.values(bundle ?? {}).flatMap((file) => {
          const module = file.type === "chunk" ? file.facadeModuleId : null;
          const hreflang = /\/locales\/([^/]+)\/index\.ts$/.exec(module ?? "")?.[1];
          const href = BASE + file.fileName;
          return hreflang ? [{ tag: "link", attrs: { rel: "texts", hreflang, href }, injectTo: "head-prepend" }] : [];
        }),
    },
  };
}

export default defineConfig(({ command }) => ({
  base: command === "build" ? BASE : "/",
  plugins: [react(), nameTexts(), layOutForDjango()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    outDir: "dist/next",
    emptyOutDir: true,
    manifest: true,
    rolldownOptions: { input: PAGES },
    target: "es2022",
    reportCompressedSize: false,
  },
  worker: { format: "es" },
  server: {
    proxy: Object.fromEntries(
      ["/api", "/_allauth", "/files", "/health", "/admin", "/static", "/s/"].map((path) => [path, { target: DJANGO }]),
    ),
  },
  test: {
    restoreMocks: true,
    // On a busy machine a page with many steps needs more than the usual 5 s.
    testTimeout: 30_000,
    // Each process loads a module once for all of its files. Loading them again for each took three quarters of the time.
    isolate: false,
    // Making a page takes half of the time of a test file. Only .test.tsx and .dom.test.ts have one.
    projects: [
      {
        extends: true,
        test: {
          name: "logic",
          environment: "node",
          setupFiles: ["src/shared/testing/texts.ts"],
          include: ["src/**/*.test.ts"],
          exclude: ["src/**/*.dom.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "dom",
          environment: "jsdom",
          setupFiles: ["src/shared/testing/texts.ts", "src/shared/testing/setup.ts"],
          include: ["src/**/*.test.tsx", "src/**/*.dom.test.ts"],
        },
      },
    ],
  },
}));
