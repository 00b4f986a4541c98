import { describe, expect, it } from "vitest";

import type { TimelineGroup, TimelinePhoto } from "@/shared/api/schema-types";

import { mergeByTime, singlesLast, type Stretch, wallClock } from "./timeline";

const at = (minute: number | null, offset = "+02:00") =>
  minute === null ? null : `2024-06-15T10:${String(minute).padStart(2, "0")}:00${offset}`;
const photo = (id: string, minute: number | null, offset?: string) =>
  ({ id, taken_at: at(minute, offset) }) as TimelinePhoto;
const group = (id: string, ...minutes: (number | null)[]) =>
  ({ id, photos: minutes.map((minute, place) => photo(`${id}${place}`, minute)) }) as unknown as TimelineGroup;

function read(stretches: readonly Stretch[]): string {
  return stretches
    .map((stretch) => (stretch.kind === "group" ? stretch.key : stretch.photos.map(({ id }) => id).join("+")))
    .join(" ");
}

describe("groups and single photos", () => {
  it("come in order of capture, single photos between two groups together", () => {
    const groups = [group("A", 5, 4), group("B", 20)];
    const singles = [photo("x", 1), photo("y", 8), photo("z", 9), photo("w", 30)];
    expect(read(mergeByTime({ groups, singles }))).toBe("x A y+z B w");
  });

  it("come before what is probably not wanted, in which somebody might want the blurred first", () => {
    const shelved = (id: string, minute: number, shelf: TimelinePhoto["shelf"]) => ({ ...photo(id, minute), shelf });
    const singles = [shelved("b", 1, "black"), photo("x", 2), shelved("c", 3, "blurred"), shelved("d", 4, "blurred")];
    for (const ordered of [mergeByTime, singlesLast]) {
      const stretches = ordered({ groups: [group("A", 5)], singles });
      expect(stretches.at(-1)?.kind).toBe("shelf");
      expect(read(stretches.slice(-1))).toBe("c+d+b");
      expect(read(stretches.slice(0, -1)).split(" ").sort()).toEqual(["A", "x"]);
    }
  });

  it("are cut where the day changes", () => {
    const onDay = (id: string, day: number) => ({ id, taken_at: `2024-06-${day}T10:00:00` }) as TimelinePhoto;
    const singles = [onDay("x", 15), onDay("y", 15), onDay("z", 16), photo("w", null)];
    expect(read(mergeByTime({ groups: [], singles }))).toBe("x+y z w");
    expect(read(singlesLast({ groups: [], singles }))).toBe("x+y+z+w");
  });

  it("without a time come last", () => {
    const groups = [group("A", 5), group("B", null)];
    expect(read(mergeByTime({ groups, singles: [photo("x", 9), photo("y", null)] }))).toBe("A x B y");
  });

  it("are compared by the clock on the wall, as the service does", () => {
    expect(wallClock(photo("x", 5, "Z"))).toBe(wallClock(photo("x", 5, "")));
    expect(read(mergeByTime({ groups: [group("A", 5)], singles: [photo("x", 4, "-08:00")] }))).toBe("x A");
  });

  it("keep the order of each list where a clock jumped", () => {
    expect(read(mergeByTime({ groups: [group("A", 9), group("B", 3)], singles: [photo("x", 5)] }))).toBe("x A B");
  });

  it("can also come after all groups", () => {
    expect(read(singlesLast({ groups: [group("B", 9), group("A", 3)], singles: [photo("x", 1)] }))).toBe("B A x");
  });

  it("stay the same where a group did not change, so that nothing of it is drawn again", () => {
    const same = group("A", 5);
    const before = mergeByTime({ groups: [same, group("B", 9)], singles: [] });
    const after = mergeByTime({ groups: [same, group("B", 9)], singles: [photo("x", 1)] });
    expect(after[1]).toBe(before[0]);
    expect(after[2]).not.toBe(before[1]);
  });
});
