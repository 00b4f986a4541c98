import { describe, expect, it } from "vitest";

import type { Cluster, Photo } from "@/shared/api/schema-types";

import { changeClusters } from "./decisions";

const photo = (id: string, picked: boolean) => ({ id, picked, decision: "auto" }) as Photo;
const cluster = (id: string, photos: Photo[]) =>
  ({ id, photos, picks: photos.filter((one) => one.picked).map((one) => one.id) }) as unknown as Cluster;

describe("a decision", () => {
  const untouched = cluster("1", [photo("a", true), photo("b", false)]);
  const touched = cluster("2", [photo("c", true), photo("d", false)]);
  const pages = { pages: [{ next: null, results: [untouched, touched] }], pageParams: [""] };
  const changes = new Map([
    ["c", { decision: "auto" as const, picked: false }],
    ["d", { decision: "keep" as const, picked: true }],
  ]);

  it("changes the photos it names and the picks of their group", () => {
    const changed = changeClusters(pages, changes).pages[0]?.results[1];
    expect(changed?.picks).toEqual(["d"]);
    expect(changed?.photos.map((one) => one.decision)).toEqual(["auto", "keep"]);
  });

  it("leaves other groups the same objects", () => {
    expect(changeClusters(pages, changes).pages[0]?.results[0]).toBe(untouched);
  });
});
