import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { batched } from "./batched";

const never = new AbortController().signal;

describe("questions asked at about the same time", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function setUp() {
    const load = vi.fn((ids: readonly string[]) =>
      Promise.resolve(ids.filter((id) => id !== "unknown").map((id) => ({ id, text: `about ${id}` }))),
    );
    return { load, ask: batched({ load, most: 2, wait: 10 }) };
  }

  it("are one request, as far as it may be large", async () => {
    const { load, ask } = setUp();
    const answers = Promise.all(["a", "b", "c"].map((id) => ask(id, never)));
    await vi.advanceTimersByTimeAsync(10);
    expect((await answers).map((item) => item?.text)).toEqual(["about a", "about b", "about c"]);
    expect(load.mock.calls).toEqual([[["a", "b"]], [["c"]]]);
  });

  it("later are another", async () => {
    const { load, ask } = setUp();
    void ask("a", never);
    await vi.advanceTimersByTimeAsync(10);
    void ask("b", never);
    await vi.advanceTimersByTimeAsync(10);
    expect(load.mock.calls).toEqual([[["a"]], [["b"]]]);
  });

  it("are answered with nothing where there is nothing", async () => {
    const { ask } = setUp();
    const answer = ask("unknown", never);
    await vi.advanceTimersByTimeAsync(10);
    expect(await answer).toBeNull();
  });

  it("are not asked when nobody wants to know any more", async () => {
    const { load, ask } = setUp();
    const controller = new AbortController();
    const given = ask("a", controller.signal);
    const refused = expect(given).rejects.toThrow();
    void ask("b", never);
    controller.abort();
    await vi.advanceTimersByTimeAsync(10);
    await refused;
    expect(load.mock.calls).toEqual([[["b"]]]);
  });

  it("all fail when their request does", async () => {
    const ask = batched({ load: () => Promise.reject(new Error("away")), most: 5, wait: 10 });
    const failures = Promise.allSettled([ask("a", never), ask("b", never)]);
    await vi.advanceTimersByTimeAsync(10);
    expect((await failures).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });
});
