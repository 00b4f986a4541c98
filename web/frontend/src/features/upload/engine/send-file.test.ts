import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { ConnectionLost, Problem } from "@/shared/api/problem";

import { SendRefused } from "./ports";
import { picked, some, times, World } from "./upload-world";

const MIB = 1024 * 1024;

/** A file of that size, of which only a test's world looks at the bytes. */
function large(mebibytes: number, name = "film.mp4") {
  const file = picked(name);
  const bytes = mebibytes * MIB;
  const slice = (start: number, end: number) => Object.defineProperty(new Blob(), "size", { value: end - start });
  Object.defineProperties(file.file, { size: { value: bytes }, slice: { value: slice } });
  return file;
}

/** A way to the storage that lets through no request above this size. */
function limit(bytes: number, error: Error = new SendRefused(413)) {
  return (body: Blob) => (body.size > bytes ? error : undefined);
}

const sizes = (world: World) => world.sent.map((name) => Number(name.split("+")[1]) / MIB);

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("a large file", () => {
  it("is sent in parts, and small ones beside it in one request", async () => {
    const world = new World();
    world.inPartsAbove = 64 * MIB;
    const queue = world.queue();
    queue.add([large(150), ...some(3)]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(queue.getSnapshot().counts.done).toBe(4);
    expect(world.sent.filter((name) => name.endsWith(".jpg"))).toHaveLength(3);
    const parts = world.sent.filter((name) => !name.endsWith(".jpg"));
    expect(parts).toEqual([0, 32, 64, 96, 128].map((start) => `${start * MIB}+${Math.min(32, 150 - start) * MIB}`));
    expect(queue.getSnapshot().fraction).toBe(1);
  });

  it("loses one part when the connection is lost, also often", async () => {
    const world = new World();
    world.inPartsAbove = 64 * MIB;
    let requests = 0;
    world.fail.send = () => ((requests += 1) % 2 ? new ConnectionLost("network") : undefined);
    const queue = world.queue();
    queue.add([large(640)]);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(queue.getSnapshot().counts.done).toBe(1);
    expect(sizes(world)).toEqual(Array(20).fill(32));
    expect(requests).toBe(40);
  });

  it("goes on where it stopped after a pause and after a reload", async () => {
    const world = new World();
    world.inPartsAbove = 64 * MIB;
    const before = world.queue();
    before.add([large(320)]);
    await vi.advanceTimersByTimeAsync(320);
    before.pause();
    await vi.advanceTimersByTimeAsync(10_000);
    const paused = world.sent.length;
    expect(paused).toBeGreaterThan(0);
    expect(before.getSnapshot().fraction).toBeCloseTo(paused / 10);
    before.resume();
    await vi.advanceTimersByTimeAsync(150);
    before.stop();
    expect(world.sent.length).toBeGreaterThan(paused);
    expect(world.sent.length).toBeLessThan(10);
    const after = world.queue();
    after.add([large(320)]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(after.getSnapshot().counts.done).toBe(1);
    expect(new Set(world.sent).size).toBe(10);
    expect(world.sent).toHaveLength(10);
  });

  it("is given up when the storage keeps failing, with its reason", async () => {
    const world = new World();
    world.inPartsAbove = 64 * MIB;
    world.fail.parts = () => new Problem({ code: "storage_unavailable", status: 503, detail: "" });
    const queue = world.queue();
    queue.add([large(100)]);
    await vi.advanceTimersByTimeAsync(900_000);
    expect(queue.getSnapshot().items[0]?.refusal?.code).toBe("storage");
  });

  it("gets new links when its own have expired or the upload has ended", async () => {
    const world = new World();
    world.inPartsAbove = 64 * MIB;
    const errors = [new SendRefused(403), new SendRefused(404)];
    world.fail.send = () => errors.pop();
    const queue = world.queue();
    queue.add([large(100)]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(queue.getSnapshot().counts.done).toBe(1);
  });

  it("waits for the sign-in when the session is over", async () => {
    const world = new World();
    world.inPartsAbove = 64 * MIB;
    world.fail.parts = times(1, new Problem({ code: "not_authenticated", status: 401, detail: "" }));
    const queue = world.queue();
    queue.add([large(100)]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(queue.getSnapshot().obstacle).toBe("signed-out");
    queue.obstacleMayBeGone("signed-out");
    await vi.advanceTimersByTimeAsync(20_000);
    expect(queue.getSnapshot().counts.done).toBe(1);
  });
});

describe("a proxy that limits requests", () => {
  it("gets smaller ones, and no file is tried in vain once that is known", async () => {
    const world = new World();
    let refused = 0;
    world.fail.send = (body) => {
      const error = limit(10 * MIB)(body);
      if (error) refused += 1;
      return error;
    };
    const queue = world.queue();
    queue.add([large(20, "first.jpg")]);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(sizes(world)).toEqual([8, 8, 4]);
    expect(refused).toBe(2);
    queue.add([large(9, "second.jpg")]);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(queue.getSnapshot().counts.done).toBe(2);
    expect(refused).toBe(2);
  });

  it("gets smaller ones if all it does is to break the connection", async () => {
    const world = new World();
    world.fail.send = limit(6 * MIB, new ConnectionLost("network"));
    const queue = world.queue();
    queue.add([large(12, "photo.jpg")]);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(queue.getSnapshot().counts.done).toBe(1);
    expect(sizes(world)).toEqual([5, 5, 2]);
  });

  it("is named with its limit if it refuses the smallest", async () => {
    const world = new World();
    world.fail.send = limit(MIB);
    const queue = world.queue();
    queue.add([large(20, "photo.jpg"), ...some(1)]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(queue.getSnapshot().counts).toMatchObject({ done: 1, failed: 1 });
    const refusal = queue.getSnapshot().items.find((item) => item.refusal)?.refusal;
    expect(refusal).toEqual({ code: "request_too_large", message: String(5 * MIB) });
  });
});
