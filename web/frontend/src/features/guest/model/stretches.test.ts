import { expect, it } from "vitest";

import type { SharedPhoto } from "@/shared/api/schema-types";

import { daysOf } from "./stretches";

const photo = (id: string, taken_at: string | null, moment: number | null = null) =>
  ({ id, taken_at, moment }) as SharedPhoto;

it("parts days, and keeps the shots of a moment together between the photos of their own", () => {
  const days = daysOf([
    photo("a", "2024-06-22T09:41:00", 1),
    photo("b", "2024-06-22T09:50:00"),
    photo("c", "2024-06-22T10:00:00", 2),
    photo("d", "2024-06-22T10:00:02", 2),
    photo("e", "2024-06-22T11:00:00", 3),
    photo("f", "2024-06-23T11:00:00", 3),
    photo("g", null),
  ]);
  const ids = days.map(({ day, stretches }) => [
    day,
    stretches.map(({ photos, isMoment }) => photos.map(({ id }) => id).join("") + (isMoment ? "!" : "")),
  ]);
  expect(ids).toEqual([
    ["2024-06-22", ["ab", "cd!", "e"]],
    ["2024-06-23", ["f"]],
    [null, ["g"]],
  ]);
  expect(daysOf([])).toEqual([]);
});
