import { describe, expect, it, vi } from "vitest";

import type { Progress } from "@/shared/api/schema-types";
import { answerRequests } from "@/shared/testing/render";

import { getProgress, pollingInterval } from "./api/progress";
import { comingOf, keepLook, type Look, overallFraction, secondsLeft } from "./time-left";

const PROGRESS: Progress = {
  total: 10,
  pending: 0,
  uploaded: 5,
  preparing: 0,
  prepared: 0,
  embedding: 0,
  analyzed: 5,
  failed: 0,
  unfinished: 5,
  grouping: "stale",
  grouping_error: "",
  grouped_at: null,
  done: false,
  fraction: 0.5,
};
const answer = (change: Partial<Progress> = {}, changedAt = 0) => ({
  progress: { ...PROGRESS, ...change },
  etag: '"1"',
  changedAt,
});

describe("the polling of the progress", () => {
  it("is quick while something moves and slow when nothing does or nobody looks", () => {
    const quick = pollingInterval(answer(), 1_000, false, false);
    expect(quick).toBeLessThan(Number(pollingInterval(answer(), 60_000, false, false)));
    expect(pollingInterval(answer(), 60_000, false, false)).toBeLessThan(
      Number(pollingInterval(answer(), 1_000, true, false)),
    );
  });

  it("is quickest when few photos are left, and slower again when they stand still", () => {
    const few = Number(pollingInterval(answer({ unfinished: 4 }), 500, false, false));
    expect(few).toBeLessThan(Number(pollingInterval(answer({ unfinished: 400 }), 500, false, false)));
    expect(few).toBeLessThan(Number(pollingInterval(answer({ unfinished: 4 }), 6_000, false, false)));
  });

  it("stops at the end, but not while announced photos are still to come", () => {
    const missing = answer({ done: true, pending: 3 });
    expect(pollingInterval(answer({ done: true }), 0, false, true)).toBe(false);
    expect(pollingInterval(missing, 600_000, false, true)).not.toBe(false);
    expect(pollingInterval(missing, 60_000, false, false)).not.toBe(false);
  });

  it("stops when announced photos have stopped coming, and goes on for photos that are here", () => {
    expect(pollingInterval(answer({ done: true, pending: 3 }), 600_000, false, false)).toBe(false);
    expect(pollingInterval(answer({ pending: 3 }), 600_000, false, false)).not.toBe(false);
  });

  it("keeps the answer it has when the service says that nothing has changed", async () => {
    const last = answer();
    answerRequests(() => ({ status: 304 }));
    expect(await getProgress("a", last, new AbortController().signal)).toBe(last);
    vi.setSystemTime(5_000);
    answerRequests(() => ({ body: { ...PROGRESS, analyzed: 6 } }));
    const next = await getProgress("a", last, new AbortController().signal);
    expect(next.progress.analyzed).toBe(6);
    expect(next.changedAt).toBe(5_000);
    vi.useRealTimers();
  });
});

describe("the bar of an album", () => {
  const progress = { ...PROGRESS, total: 10, fraction: 0.8 };

  it("counts the files that are still to come, so that it does not go back when they do", () => {
    const early = { ...progress, pending: 20 };
    const before = overallFraction(early, comingOf(early, { left: 90, unknown: 70 }));
    expect(before).toBeCloseTo(0.08);
    const later = { ...progress, total: 60, pending: 40, fraction: 0.7 };
    expect(overallFraction(later, comingOf(later, { left: 40, unknown: 0 }))).toBeGreaterThan(before);
  });

  it("counts a file once that the service has, although this page has not confirmed it yet", () => {
    expect(comingOf({ ...progress, total: 100, pending: 0 }, { left: 5, unknown: 0 })).toBe(0);
  });

  it("does not wait for files whose upload was given up", () => {
    const over = { ...progress, pending: 3, done: true, fraction: 1 };
    const nothing = { left: 0, unknown: 0 };
    expect(overallFraction(over, comingOf(over, nothing))).toBe(1);
    expect(comingOf(over, { left: 1, unknown: 0 })).toBe(3);
    expect(overallFraction({ ...progress, total: 0 }, 0)).toBe(0);
  });
});

describe("the time left", () => {
  it("follows the pace of the last minute", () => {
    const looks = [0, 10, 20].reduce<Look[]>(
      (kept, second) => keepLook(kept, { at: second * 1000, fraction: second / 100 }),
      [],
    );
    expect(secondsLeft(looks)).toBeCloseTo(80);
  });

  it("is not guessed from a moment, a standstill or a bar that went back", () => {
    expect(secondsLeft([{ at: 0, fraction: 0.1 }])).toBeNull();
    expect(
      secondsLeft([
        { at: 0, fraction: 0.1 },
        { at: 9_000, fraction: 0.1 },
      ]),
    ).toBeNull();
    const back = keepLook([{ at: 0, fraction: 0.6 }], { at: 9_000, fraction: 0.3 });
    expect(back).toHaveLength(1);
  });
});
