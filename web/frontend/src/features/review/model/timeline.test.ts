import { describe, expect, it } from "vitest";

import type { Cluster, Photo } from "@/shared/api/schema-types";

import { mergeByTime, singlesLast, type Timeline, wallClock } from "./timeline";

const at = (minute: number | null, offset = "+02:00") =>
  minute === null ? null : `2024-06-15T10:${String(minute).padStart(2, "0")}:00${offset}`;
const photo = (id: string, minute: number | null, offset?: string) => ({ id, taken_at: at(minute, offset) }) as Photo;
const group = (id: string, ...minutes: (number | null)[]) =>
  ({ id, photos: minutes.map((minute, place) => photo(`${id}${place}`, minute)) }) as unknown as Cluster;
const all = <Item>(...items: Item[]) => ({ items, hasMore: false });
const some = <Item>(...items: Item[]) => ({ items, hasMore: true });

function read({ stretches }: Timeline): string {
  return stretches
    .map((stretch) => (stretch.kind === "group" ? stretch.key : stretch.photos.map(({ id }) => id).join("+")))
    .join(" ");
}

describe("groups and single photos", () => {
  it("come in order of capture, single photos between two groups together", () => {
    const timeline = mergeByTime(
      all(group("A", 5, 4), group("B", 20)),
      all(photo("x", 1), photo("y", 8), photo("z", 9)),
    );
    expect(read(timeline)).toBe("x A y+z B");
    expect(timeline.needs).toBeNull();
  });

  it("without a time come last", () => {
    expect(read(mergeByTime(all(group("A", 5), group("B", null)), all(photo("x", 9), photo("y", null))))).toBe(
      "A x B y",
    );
  });

  it("are compared by the clock on the wall, as the service does", () => {
    expect(wallClock(photo("x", 5, "Z"))).toBe(wallClock(photo("x", 5, "")));
    expect(read(mergeByTime(all(group("A", 5)), all(photo("x", 4, "-08:00"))))).toBe("x A");
  });

  it("are not shown before all that precedes them is loaded", () => {
    const early = mergeByTime(some(group("A", 5)), all(photo("x", 1), photo("y", 30)));
    expect(read(early)).toBe("x A");
    expect(early.needs).toBe("groups");
    const later = mergeByTime(all(group("A", 5), group("B", 20)), all(photo("x", 1), photo("y", 30)));
    expect(read(later)).toBe("x A B y");
  });

  it("ask for the list that is behind", () => {
    expect(mergeByTime(all(group("A", 5)), some(photo("x", 1))).needs).toBe("singles");
    expect(mergeByTime(some(), some()).needs).toBe("groups");
  });

  it("keep the order of each list where a clock jumped", () => {
    expect(read(mergeByTime(all(group("A", 9), group("B", 3)), all(photo("x", 5))))).toBe("x A B");
  });

  it("can also come after all groups", () => {
    expect(read(singlesLast(some(group("B", 9), group("A", 3)), all(photo("x", 1))))).toBe("B A");
    expect(read(singlesLast(all(group("B", 9), group("A", 3)), all(photo("x", 1))))).toBe("B A x");
  });
});
