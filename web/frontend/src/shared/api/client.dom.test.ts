import { afterEach, describe, expect, it, vi } from "vitest";

import { answerRequests } from "@/shared/testing/render";

import { api, unwrap } from "./client";
import { ConnectionLost, Problem } from "./problem";
import { onSessionOver, reportSessionBack } from "./session-over";

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

const OVER = { status: 401, body: { code: "not_authenticated", status: 401, detail: "" } };
const decide = (signal?: AbortSignal) =>
  unwrap(
    api.POST("/api/v1/albums/{album_id}/photos/decision/", {
      params: { path: { album_id: "a" } },
      body: { keep: ["p"], reject: ["q"] },
      ...(signal ? { signal } : {}),
    }),
  );

describe("a request that meets the end of the session", () => {
  it("waits for the sign-in over the page and is sent again, whole", async () => {
    let isOver = true;
    const asked = answerRequests(() => (isOver ? OVER : { body: { photos: [] } }));
    const dialog = vi.fn();
    stops.push(onSessionOver(dialog));
    const answer = decide();
    await vi.waitFor(() => expect(dialog).toHaveBeenCalled());
    isOver = false;
    reportSessionBack();
    expect(await answer).toEqual({ photos: [] });
    expect(asked.map(({ body }) => body)).toEqual(Array(2).fill({ keep: ["p"], reject: ["q"] }));
  });

  it("fails where nobody can sign in over the page", async () => {
    answerRequests(() => OVER);
    await expect(decide()).rejects.toBeInstanceOf(Problem);
  });

  it("is given up when nobody waits for its answer any more", async () => {
    answerRequests(() => OVER);
    const dialog = vi.fn();
    stops.push(onSessionOver(dialog));
    const abort = new AbortController();
    const answer = decide(abort.signal);
    const failed = expect(answer).rejects.toBeInstanceOf(Error);
    await vi.waitFor(() => expect(dialog).toHaveBeenCalled());
    abort.abort();
    await failed;
  });
});

describe("an answer that breaks off", () => {
  const brokenOff = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"photos": ['));
      controller.error(new TypeError("network error"));
    },
  });

  it.each([
    ["in the middle of its body", brokenOff],
    ["without anybody noticing", '{"photos": ['],
  ])("%s is a lost connection", async (_, body) => {
    vi.stubGlobal("fetch", () =>
      Promise.resolve(new Response(body, { status: 200, headers: { "Content-Type": "application/json" } })),
    );
    await expect(decide()).rejects.toBeInstanceOf(ConnectionLost);
    vi.unstubAllGlobals();
  });
});
