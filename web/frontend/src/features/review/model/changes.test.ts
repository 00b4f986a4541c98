import { describe, expect, it } from "vitest";

import type { Cluster, Photo, PhotoChange } from "@/shared/api/schema-types";

import {
  arrangeClusters,
  arrangeSingles,
  changeClusters,
  expectedInGroup,
  insertClusters,
  type Pages,
} from "./changes";

const photo = (id: string, rank = 0, minute = 0) =>
  ({
    id,
    rank,
    name: id,
    picked: rank === 0,
    decision: "auto",
    taken_at: `2024-06-15T10:${String(minute).padStart(2, "0")}:00`,
  }) as Photo;
const cluster = (id: string, position: number, ids: string) =>
  ({
    id,
    position,
    kept_whole: false,
    photos: Array.from(ids).map((name, rank) => photo(name, rank)),
  }) as unknown as Cluster;
const pagesOf = <Item>(...results: Item[][]): Pages<Item> => ({
  pages: results.map((page, place) => ({ next: place < results.length - 1 ? "more" : null, results: page })),
  pageParams: results.map(() => ""),
});
const read = (pages: Pages<Cluster>) =>
  pages.pages
    .map((page) => page.results.map((one) => `${one.id}(${one.photos.map(({ id }) => id).join("")})`).join(" "))
    .join(" | ");
const change = (id: string, cluster_id: string | null) =>
  ({ id, cluster_id, decision: "auto", picked: true, rank: 0, manual_group: null }) as PhotoChange;

describe("a decision", () => {
  const untouched = cluster("1", 0, "ab");
  const touched = cluster("2", 1, "cd");
  const pages = pagesOf([untouched, touched]);

  it("changes the photos it names and the picks of their group", () => {
    const expected = expectedInGroup(touched, [{ photos: ["d"], decision: "keep" }]);
    const changed = changeClusters(pages, expected).pages[0]?.results[1];
    expect(changed?.picks).toEqual(["d"]);
    expect(changed?.photos.map((one) => one.decision)).toEqual(["auto", "keep"]);
  });

  it("leaves other groups the same objects", () => {
    const expected = expectedInGroup(touched, [{ photos: ["c"], decision: "reject" }]);
    expect(changeClusters(pages, expected).pages[0]?.results[0]).toBe(untouched);
  });
});

describe("a split or a merge", () => {
  const pages = pagesOf([cluster("1", 0, "abcd"), cluster("2", 1, "ef")], [cluster("3", 2, "gh")]);

  it("puts the new group beside the one it came from", () => {
    const arranged = { clusters: [cluster("1", 0, "ab"), cluster("9", 0, "cd")], removed: [] };
    expect(read(arrangeClusters(pages, arranged))).toBe("1(ab) 9(cd) 2(ef) | 3(gh)");
  });

  it("takes away the groups that became one, also across pages", () => {
    const arranged = { clusters: [cluster("2", 1, "efgh")], removed: ["3"] };
    expect(read(arrangeClusters(pages, arranged))).toBe("1(abcd) 2(efgh) | ");
  });

  it("puts the groups back in place when it is undone", () => {
    const merged = pagesOf([cluster("1", 0, "abcdef")], [cluster("3", 2, "gh")]);
    const arranged = { clusters: [cluster("1", 0, "abcd"), cluster("7", 1, "ef")], removed: [] };
    expect(read(arrangeClusters(merged, arranged))).toBe("1(abcd) 7(ef) | 3(gh)");
  });

  it("leaves a filtered list alone that has none of the photos", () => {
    const arranged = { clusters: [cluster("8", 5, "xy")], removed: [] };
    expect(read(arrangeClusters(pages, arranged))).toBe(read(pages));
  });

  it("puts a group of photos that were in none where it belongs in time", () => {
    expect(read(insertClusters(pages, [cluster("8", 1.5, "xy")]))).toBe("1(abcd) 2(ef) | 8(xy) 3(gh)");
    expect(read(insertClusters(pages, [cluster("8", 9, "xy")]))).toBe("1(abcd) 2(ef) | 3(gh) 8(xy)");
    expect(read(insertClusters(pages, [cluster("2", 1, "ef")]))).toBe(read(pages));
  });
});

describe("photos of no group", () => {
  const singles = pagesOf([photo("a", 0, 10), photo("b", 0, 30)]);
  const ids = (pages: Pages<Photo>) => pages.pages.flatMap((page) => page.results.map(({ id }) => id)).join("");

  it("leave the list when they join a group", () => {
    expect(ids(arrangeSingles(singles, [change("a", "1")], new Map()))).toBe("b");
  });

  it("join it in order of capture when they leave one", () => {
    const known = new Map([["x", photo("x", 0, 20)]]);
    expect(ids(arrangeSingles(singles, [change("x", null)], known))).toBe("axb");
    const late = new Map([["x", photo("x", 0, 50)]]);
    expect(ids(arrangeSingles(singles, [change("x", null)], late))).toBe("abx");
    const open = { ...singles, pages: singles.pages.map((page) => ({ ...page, next: "more" })) };
    expect(ids(arrangeSingles(open, [change("x", null)], late))).toBe("ab");
  });
});
