import { describe, expect, it } from "vitest";

import type { TimelineGroup, TimelinePhoto } from "@/shared/api/schema-types";

import { choicesOf, placesIn } from "./places";
import { rowsOf, topsOf } from "./rows";
import { labelsOf, ticksOf } from "./time-rail";
import { mergeByTime } from "./timeline";

const photo = (id: string, taken_at: string | null, shelf: TimelinePhoto["shelf"] = "") =>
  ({ id, taken_at, shelf, rank: 0, picked: true, decision: "auto", width: 3000, height: 2000 }) as TimelinePhoto;
const group = (id: string, time: string | null) =>
  ({ id, kind: "moment", photos: [photo(`${id}1`, time), photo(`${id}2`, time)] }) as unknown as TimelineGroup;

function rowsAt(times: readonly (string | null)[], singles: TimelinePhoto[] = []) {
  const timeline = { groups: times.map((time, place) => group(`g${place}`, time)), singles };
  return rowsOf(mergeByTime(timeline), {
    available: 1200,
    viewport: 900,
    expanded: new Set(),
    facesToggled: new Set(),
    withDays: true,
  });
}

const read = (rows: ReturnType<typeof rowsAt>) =>
  placesIn(rows).map(({ level, day, hour }) => [level, day, hour].filter(Boolean).join(" "));

describe("the places of a list", () => {
  it("are its days and hours, then what has no time and what is probably not wanted", () => {
    const rows = rowsAt(
      ["2024-06-15T10:05:00", "2024-06-15T10:50:00", "2024-06-15T12:00:00", "2024-06-16T09:00:00", null],
      [photo("x", null), photo("y", "2024-06-15T11:00:00", "black")],
    );
    expect(read(rows)).toEqual(["year 2024-06-15 10", "hour 2024-06-15 12", "day 2024-06-16 09", "untimed", "shelf"]);
  });

  it("begin at the heading of the day, with its first photo", () => {
    const rows = rowsAt(["2024-06-15T10:00:00", "2024-06-16T09:00:00"]);
    const places = placesIn(rows);
    expect(places.map(({ index }) => rows[index]?.kind)).toEqual(["day", "day"]);
    expect(places.map(({ photoId }) => photoId)).toEqual(["g01", "g11"]);
  });

  it("are none where there is one place only: one hour, no times, no photos", () => {
    expect(read(rowsAt(["2024-06-15T10:05:00", "2024-06-15T10:50:00"]))).toEqual([]);
    expect(read(rowsAt([null, null]))).toEqual([]);
    expect(read(rowsAt([]))).toEqual([]);
  });

  it("are there once where a clock goes back, as on the night when summer time ends", () => {
    const night = ["2024-10-27T02:50:00", "2024-10-27T03:10:00", "2024-10-27T02:20:00", "2024-10-27T03:30:00"];
    expect(read(rowsAt([...night, "2024-10-27T04:00:00"]))).toEqual([
      "year 2024-10-27 02",
      "hour 2024-10-27 03",
      "hour 2024-10-27 04",
    ]);
  });
});

describe("the choices", () => {
  it("are the hours of each day in an album of few days", () => {
    const places = placesIn(rowsAt(["2024-06-15T10:00:00", "2024-06-15T12:00:00", "2024-06-16T09:00:00", null]));
    expect(choicesOf(places).map(({ of, places: { length } }) => [of, length])).toEqual([
      ["2024-06-15", 2],
      ["2024-06-16", 1],
      ["", 1],
    ]);
  });

  it("are the days of each month in an album of many years", () => {
    const times = ["2019", "2023", "2024"].flatMap((year) => [1, 2, 3].map((day) => `${year}-06-0${day}T10:00:00`));
    const choices = choicesOf(placesIn(rowsAt([...times, "2024-06-03T12:00:00"])));
    expect(choices.map(({ of, places: { length } }) => [of, length])).toEqual([
      ["2019-06", 3],
      ["2023-06", 3],
      ["2024-06", 3],
    ]);
  });
});

describe("the rail", () => {
  const hours = Array.from({ length: 3000 }, (_, place) => {
    const hour = String(Math.floor(place / 60) % 24).padStart(2, "0");
    return `${2022 + Math.floor(place / 1440)}-06-15T${hour}:${String(place % 60).padStart(2, "0")}:00`;
  });
  const rows = rowsAt(hours);
  const tops = topsOf(rows);
  const height = 700;
  const scale = height / ((tops.at(-1) ?? 0) + (rows.at(-1)?.size ?? 0));

  it("labels what has room, years first", () => {
    const labels = labelsOf(placesIn(rows), tops, scale);
    const gaps = labels.slice(1).map(({ y }, place) => y - (labels[place]?.y ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(24);
    expect(labels.filter(({ place }) => place.level === "year").map(({ place }) => place.day.slice(0, 4))).toEqual([
      "2022",
      "2023",
      "2024",
    ]);
    expect(labels.length).toBeGreaterThan(10);
  });

  it("has a tick for each moment, or for each hour where the moments are too many", () => {
    const places = placesIn(rows);
    expect(ticksOf(rows, places, tops, scale)).toEqual(
      places.map(({ index }) => Math.round((tops[index] ?? 0) * scale)),
    );
    expect(ticksOf(rows.slice(0, 4), places.slice(0, 1), tops, 1)).toEqual([1, 2, 3].map((index) => tops[index]));
    expect(ticksOf(rows, places, tops, scale / 20)).toHaveLength(3);
  });
});
