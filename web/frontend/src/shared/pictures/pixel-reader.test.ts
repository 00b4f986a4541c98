import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { PixelReader } from "./pixel-reader";

const started: FakeWorker[] = [];
class FakeWorker extends EventTarget {
  isRunning = true;
  constructor() {
    super();
    started.push(this);
  }
  postMessage({ id }: { id: number }) {
    this.dispatchEvent(new MessageEvent("message", { data: { id, sharpest: { x: 0.5, y: 0.5 } } }));
  }
  terminate() {
    this.isRunning = false;
  }
}

/** The requests that are under way, to be answered by hand. */
const fetched: { url: string; answer: (status: number) => void }[] = [];

beforeEach(() => {
  started.length = 0;
  fetched.length = 0;
  vi.stubGlobal("Worker", FakeWorker);
  vi.stubGlobal("location", { href: "https://photos.example/", origin: "https://photos.example" });
  const fetch = (url: string) =>
    new Promise<Response>((resolve) => {
      fetched.push({ url, answer: (status) => resolve(new Response("pixels", { status })) });
    });
  vi.stubGlobal("fetch", fetch);
});
afterEach(() => vi.unstubAllGlobals());

it("starts no worker for a picture that comes after it was closed", async () => {
  const reader = new PixelReader();
  const asked = reader.ask({ about: "sharpest", url: "/a" });
  reader.close();
  fetched[0]?.answer(200);
  expect(await asked).toBeNull();
  expect(started).toEqual([]);
  const again = reader.ask({ about: "sharpest", url: "/a" });
  fetched[1]?.answer(200);
  expect(await again).toMatchObject({ sharpest: { x: 0.5, y: 0.5 } });
  reader.close();
  expect(started.map(({ isRunning }) => isRunning)).toEqual([false]);
});

it("loads the newest picture once, also where an older one fails", async () => {
  const reader = new PixelReader();
  const older = reader.ask({ about: "sharpest", url: "/a" });
  const newer = reader.ask({ about: "sharpest", url: "/b" });
  fetched[0]?.answer(500);
  expect(await older).toBeNull();
  const again = reader.ask({ about: "sharpest", url: "/b" });
  fetched[1]?.answer(200);
  expect(await newer).not.toBeNull();
  expect(await again).not.toBeNull();
  expect(fetched.map(({ url }) => url)).toEqual(["/a", "/b"]);
});
