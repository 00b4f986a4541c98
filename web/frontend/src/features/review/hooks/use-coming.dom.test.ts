import { renderHook } from "@testing-library/react";
import { expect, it } from "vitest";

import type { Progress } from "@/shared/api/schema-types";

import type { Stretch } from "../model/timeline";

import { useComing } from "./use-coming";

const progress = (change: Partial<Progress>) => ({ unfinished: 0, done: false, ...change }) as Progress;
const GROUP = { kind: "group", key: "g", time: null, group: { photos: [{ id: "a" }, { id: "b" }] } };

function follow(grouping: Progress | undefined, isUploading = false) {
  const stretches = [GROUP as unknown as Stretch];
  return renderHook(
    (now: { grouping: Progress | undefined; isUploading: boolean }) => useComing({ ...now, seenAt: 0, stretches }),
    { initialProps: { grouping, isUploading } },
  );
}

it("lasts from the first file to the last grouping", () => {
  const { result, rerender } = follow(progress({ done: true }), true);
  expect(result.current).toMatchObject({ groups: 1, shown: new Set(["a", "b"]) });
  rerender({ grouping: progress({ unfinished: 3 }), isUploading: false });
  expect(result.current).not.toBeNull();
  rerender({ grouping: progress({ unfinished: 0 }), isUploading: false });
  expect(result.current).not.toBeNull();
  rerender({ grouping: progress({ done: true }), isUploading: false });
  expect(result.current).toBeNull();
});

it("is nothing while somebody regroups, or while nobody knows", () => {
  expect(follow(progress({ unfinished: 0 })).result.current).toBeNull();
  expect(follow(undefined).result.current).toBeNull();
});
