import { describe, expect, it } from "vitest";

import type { PhotoChange, TimelineGroup, TimelinePhoto } from "@/shared/api/schema-types";
import { expectedInGroup } from "@/shared/picks/expected-changes";

import { arrangeGroups, arrangeSingles, changeGroups, expectedInGroups, insertGroups } from "./changes";

const photo = (id: string, rank = 0, minute = 0) =>
  ({
    id,
    rank,
    name: id,
    picked: rank === 0,
    left_out: false,
    decision: "auto",
    taken_at: `2024-06-15T10:${String(minute).padStart(2, "0")}:00`,
  }) as TimelinePhoto;
const cluster = (id: string, position: number, ids: string) =>
  ({
    id,
    position,
    kept_whole: false,
    photos: Array.from(ids).map((name, rank) => photo(name, rank)),
  }) as unknown as TimelineGroup;
const read = (groups: readonly TimelineGroup[]) =>
  groups.map((one) => `${one.id}(${one.photos.map(({ id }) => id).join("")})`).join(" ");
const change = (id: string, cluster_id: string | null) =>
  ({ id, cluster_id, decision: "auto", picked: true, left_out: false, rank: 0, manual_group: null }) as PhotoChange;

describe("a decision", () => {
  const untouched = cluster("1", 0, "ab");
  const touched = cluster("2", 1, "cd");
  const groups = [untouched, touched];

  it("changes the photos it names and the picks of their group", () => {
    const expected = expectedInGroup(touched, [{ photos: ["d"], decision: "keep" }]);
    const changed = changeGroups(groups, expected)[1];
    expect(changed?.photos.map((one) => one.picked)).toEqual([false, true]);
    expect(changed?.photos.map((one) => one.decision)).toEqual(["auto", "keep"]);
  });

  it("leaves other groups the same objects", () => {
    const expected = expectedInGroup(touched, [{ photos: ["c"], decision: "reject" }]);
    expect(changeGroups(groups, expected)[0]).toBe(untouched);
    expect(changeGroups([untouched], expected)).toEqual([untouched]);
  });
});

describe("a decision in a group whose pick is left out", () => {
  const group = cluster("1", 0, "ab");
  const leftOut = { ...group, photos: group.photos.map((one) => ({ ...one, picked: false, left_out: one.picked })) };
  const expected = (decision: "keep" | "reject") => [
    ...expectedInGroup(leftOut, [{ photos: ["a"], decision }]).values(),
  ];

  it("picks what is kept", () => {
    expect(expected("keep")).toMatchObject([
      { picked: true, left_out: false },
      { picked: false, left_out: false },
    ]);
  });

  it("leaves out the next in rank", () => {
    expect(expected("reject")).toMatchObject([
      { picked: false, left_out: false },
      { picked: false, left_out: true },
    ]);
  });

  it("leaves the video of the group in, which comes along without the pick", () => {
    const video: TimelinePhoto = { ...photo("v", 2), kind: "video", picked: true };
    const withVideo = { ...leftOut, photos: [...leftOut.photos, video] };
    const after = expectedInGroup(withVideo, [{ photos: ["a"], decision: "reject" }]);
    expect(after.get("b")).toMatchObject({ picked: false, left_out: true });
    expect(after.get("v")).toMatchObject({ picked: true, left_out: false });
  });
});

describe("a decision on selected photos", () => {
  it("is expected to change the picks of each group that has some of them, and the photos in none", () => {
    const groups = [cluster("1", 0, "ab"), cluster("2", 1, "cd"), cluster("3", 2, "ef")];
    const expected = expectedInGroups(groups, [{ photos: ["a", "d", "x"], decision: "reject" }]);
    const picked = Object.fromEntries([...expected].map(([id, change]) => [id, change.picked]));
    expect(picked).toEqual({ a: false, b: true, c: true, d: false, x: false });
  });
});

describe("a split or a merge", () => {
  const groups = [cluster("1", 0, "abcd"), cluster("2", 1, "ef"), cluster("3", 2, "gh")];

  it("puts the new group beside the one it came from", () => {
    const arranged = { clusters: [cluster("1", 0, "ab"), cluster("9", 0, "cd")], removed: [] };
    expect(read(arrangeGroups(groups, arranged))).toBe("1(ab) 9(cd) 2(ef) 3(gh)");
  });

  it("takes away the groups that became one", () => {
    const arranged = { clusters: [cluster("2", 1, "efgh")], removed: ["3"] };
    expect(read(arrangeGroups(groups, arranged))).toBe("1(abcd) 2(efgh)");
  });

  it("puts the groups back in place when it is undone", () => {
    const merged = [cluster("1", 0, "abcdef"), cluster("3", 2, "gh")];
    const arranged = { clusters: [cluster("1", 0, "abcd"), cluster("7", 1, "ef")], removed: [] };
    expect(read(arrangeGroups(merged, arranged))).toBe("1(abcd) 7(ef) 3(gh)");
  });

  it("leaves a filtered list alone that has none of the photos", () => {
    const arranged = { clusters: [cluster("8", 5, "xy")], removed: [] };
    expect(read(arrangeGroups(groups, arranged))).toBe(read(groups));
  });

  it("puts a group of photos that were in none where it belongs in time", () => {
    expect(read(insertGroups(groups, [cluster("8", 1.5, "xy")]))).toBe("1(abcd) 2(ef) 8(xy) 3(gh)");
    expect(read(insertGroups(groups, [cluster("8", 9, "xy")]))).toBe("1(abcd) 2(ef) 3(gh) 8(xy)");
    expect(read(insertGroups(groups, [cluster("2", 1, "ef")]))).toBe(read(groups));
  });
});

describe("photos of no group", () => {
  const singles = [photo("a", 0, 10), photo("b", 0, 30)];
  const ids = (photos: readonly TimelinePhoto[]) => photos.map(({ id }) => id).join("");

  it("leave the list when they join a group", () => {
    expect(ids(arrangeSingles(singles, [change("a", "1")], new Map()))).toBe("b");
  });

  it("join it in order of capture when they leave one", () => {
    const known = new Map([["x", photo("x", 0, 20)]]);
    expect(ids(arrangeSingles(singles, [change("x", null)], known))).toBe("axb");
    const late = new Map([["x", photo("x", 0, 50)]]);
    expect(ids(arrangeSingles(singles, [change("x", null)], late))).toBe("abx");
  });
});
