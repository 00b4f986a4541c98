import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { ConnectionLost, Problem } from "@/shared/api/problem";

import { SendRefused } from "./ports";
import { SENDS_AT_ONCE } from "./send-step";
import { picked, some, times, World } from "./upload-world";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("an upload", () => {
  it("sends every file once, several at a time, and confirms them all", async () => {
    const world = new World();
    const queue = world.queue();
    queue.add(some(40));
    await vi.advanceTimersByTimeAsync(20_000);
    const { counts, isFinished, fraction } = queue.getSnapshot();
    expect(counts.done).toBe(40);
    expect(isFinished).toBe(true);
    expect(fraction).toBe(1);
    expect(new Set(world.sent).size).toBe(40);
    expect(world.sent).toHaveLength(40);
    expect(world.sendingMost).toBe(SENDS_AT_ONCE);
    expect(world.confirmed.size).toBe(40);
    expect(world.open.size).toBe(0);
  });

  it("confirms what has arrived while the rest is still on its way", async () => {
    const world = new World();
    const queue = world.queue();
    queue.add(some(400));
    await vi.advanceTimersByTimeAsync(3_000);
    expect(world.confirmed.size).toBeGreaterThan(0);
    expect(queue.getSnapshot().isFinished).toBe(false);
  });

  it("confirms the first photos soon after each other, and then less often", async () => {
    const world = new World();
    const confirmed: number[] = [];
    world.fail.complete = () => void confirmed.push(Date.now());
    world.queue().add(some(400));
    await vi.advanceTimersByTimeAsync(4_000);
    const pauses = confirmed.slice(1).map((at, index) => at - (confirmed[index] ?? at));
    expect(pauses[0]).toBeLessThan(500);
    expect(pauses[2]).toBeGreaterThan(pauses[0] ?? 0);
  });

  it("sends files of one name, size and time from two folders", async () => {
    const world = new World();
    world.queue().add([picked("one/a.jpg", "first"), picked("two/a.jpg", "other")]);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(world.announced).toEqual(["one/a.jpg", "two/a.jpg"]);
    expect(world.sent).toHaveLength(2);
    expect([...world.hashes.keys()]).toEqual(["one/a.jpg", "two/a.jpg"]);
  });

  it("skips what is there already, and a twin under another name", async () => {
    const world = new World();
    world.confirmed.add("sha-old");
    const queue = world.queue();
    queue.add([picked("a.jpg", "old"), picked("b.jpg", "new"), picked("b copy.jpg", "new")]);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(world.sent).toHaveLength(1);
    expect(queue.getSnapshot().counts).toMatchObject({ done: 1, skipped: 2 });
  });

  it("sends a photo under its plainest name", async () => {
    const world = new World();
    world.queue().add([picked("a (1).jpg", "same"), picked("a.jpg", "same")]);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(world.sent).toEqual(["a.jpg"]);
  });

  it("takes the same file only once", () => {
    const queue = new World().queue();
    expect(queue.add(some(3))).toBe(3);
    expect(queue.add(some(4))).toBe(1);
  });

  it("goes on by itself after the connection was lost", async () => {
    const world = new World();
    world.fail.send = times(12, new ConnectionLost("network"));
    const queue = world.queue();
    queue.add(some(10));
    await vi.advanceTimersByTimeAsync(120_000);
    expect(queue.getSnapshot().counts.done).toBe(10);
    expect(world.sent).toHaveLength(10);
  });

  it("does not send again what arrived although the answer was lost", async () => {
    const world = new World();
    const send = world.transport.send;
    let isFirst = true;
    world.transport.send = async (...given) => {
      await send(...given);
      if (isFirst) {
        isFirst = false;
        throw new ConnectionLost("after the last byte");
      }
    };
    const queue = world.queue();
    queue.add(some(3));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(queue.getSnapshot().counts.done).toBe(3);
    expect(world.sent).toHaveLength(3);
  });

  it("neither sends nor hashes again after a reload what was sent before it", async () => {
    const world = new World();
    world.fail.complete = () => new ConnectionLost("network");
    const before = world.queue();
    before.add(some(5));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(world.sent).toHaveLength(5);
    before.stop();
    world.fail = {};
    world.hashed = [];
    const after = world.queue();
    after.add(some(8));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(after.getSnapshot().counts.done).toBe(8);
    expect(world.sent).toHaveLength(8);
    expect(world.hashed).toHaveLength(3);
  });

  it("sends nothing while paused, and everything afterwards", async () => {
    const world = new World();
    const queue = world.queue();
    queue.add(some(30));
    await vi.advanceTimersByTimeAsync(80);
    queue.pause();
    await vi.advanceTimersByTimeAsync(1_000);
    const sent = world.sent.length;
    expect(queue.getSnapshot().obstacle).toBe("paused");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(world.sent).toHaveLength(sent);
    queue.resume();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(queue.getSnapshot().counts.done).toBe(30);
  });

  it("waits for the sign-in when the session is over", async () => {
    const world = new World();
    world.fail.announce = () => new Problem({ code: "not_authenticated", status: 401, detail: "" });
    const queue = world.queue();
    queue.add(some(2));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(queue.getSnapshot().obstacle).toBe("signed-out");
    world.fail = {};
    queue.obstacleMayBeGone("signed-out");
    await vi.advanceTimersByTimeAsync(20_000);
    expect(queue.getSnapshot().counts.done).toBe(2);
  });

  it("refuses files the account has no room for, and does not ask again", async () => {
    const world = new World();
    let asked = 0;
    world.fail.announce = () => {
      asked += 1;
      return new Problem({ code: "quota_exceeded", status: 403, detail: "Full." });
    };
    const queue = world.queue();
    queue.add(some(3));
    await vi.advanceTimersByTimeAsync(60_000);
    const { counts, obstacle, isFinished, items } = queue.getSnapshot();
    expect(counts.failed).toBe(3);
    expect([obstacle, isFinished]).toEqual(["none", true]);
    expect(items.map((item) => item.refusal?.code)).toEqual(Array(3).fill("quota_exceeded"));
    expect(asked).toBeLessThanOrEqual(3);
  });

  it("stops when the album is gone", async () => {
    const world = new World();
    world.fail.announce = () => new Problem({ code: "not_found", status: 404, detail: "" });
    const queue = world.queue();
    queue.add(some(2));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(queue.getSnapshot().obstacle).toBe("gone");
    expect(world.sent).toHaveLength(0);
  });

  it("gives up a file that cannot be read, holds up no other, and tries it again when asked", async () => {
    const world = new World();
    world.fail.hash = (name) => (name === "1.jpg" ? new Error("gone") : undefined);
    const queue = world.queue();
    queue.add([...some(3), picked("empty.jpg", "")]);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(queue.getSnapshot().counts).toMatchObject({ done: 2, failed: 2 });
    expect(queue.getSnapshot().items.map((item) => item.refusal?.code)).toEqual([
      undefined,
      "unreadable",
      undefined,
      "empty_file",
    ]);
    world.fail = {};
    queue.retryFailed(["1.jpg|5|1"]);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(queue.getSnapshot().counts).toMatchObject({ done: 3, failed: 1 });
  });

  it("asks for a fresh presigned upload when one is not good any more", async () => {
    const world = new World();
    world.fail.send = times(1, new SendRefused(403));
    const queue = world.queue();
    queue.add(some(1));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(queue.getSnapshot().counts.done).toBe(1);
  });

  it("gives up a storage that keeps refusing, with its reason", async () => {
    const world = new World();
    world.fail.send = () => new SendRefused(500);
    const queue = world.queue();
    queue.add(some(1));
    await vi.advanceTimersByTimeAsync(600_000);
    expect(queue.getSnapshot().items[0]?.refusal?.code).toBe("storage");
  });
});
