import { photosOf, type Row } from "./rows";
import { wallClock } from "./timeline";

/** Where a year, a day or an hour begins in the list, or what stands behind all that has a time. */
export interface Place {
  readonly level: "year" | "day" | "hour" | "untimed" | "shelf";
  /** The row to scroll to: the heading of a day where it has one. */
  readonly index: number;
  /** The first photo there. */
  readonly photoId: string;
  /** As in ISO 8601, "2024-06-15" and "14"; empty without a time. Cameras write wall-clock time, so no zone is known. */
  readonly day: string;
  readonly hour: string;
}

/** When a row was taken, as in ISO 8601 without a zone; null where it is not known. */
export function timeOfRow(row: Row): string | null {
  if (row.kind === "day") return row.day;
  if (row.kind === "group") return row.time;
  const [first] = row.photos;
  return row.kind === "shelf" || !first ? null : wallClock(first);
}

/** The places of a list in order of time. A clock that goes back makes none, so that each is there once. */
export function placesIn(rows: readonly Row[]): Place[] {
  const places: Place[] = [];
  let [latest, heading] = ["", -1];
  rows.forEach((row, index) => {
    if (row.kind === "day") {
      heading = index;
      return;
    }
    const photoId = photosOf(row)[0]?.id;
    const time = timeOfRow(row);
    const begins = { index: heading === index - 1 && heading >= 0 ? heading : index, photoId: photoId ?? "" };
    if (time === null) {
      const level = row.kind === "shelf" ? "shelf" : "untimed";
      if (!places.some((place) => place.level === level)) places.push({ level, ...begins, day: "", hour: "" });
      return;
    }
    const hour = time.slice(0, 13);
    if (hour <= latest) return;
    const isSame = (characters: number) => latest.slice(0, characters) === hour.slice(0, characters);
    const level = isSame(10) ? "hour" : isSame(4) ? "day" : "year";
    places.push({ level, ...begins, day: hour.slice(0, 10), hour: hour.slice(11) });
    latest = hour;
  });
  // A single place is no choice.
  return places.length > 1 ? places : [];
}

/** Places to choose from under one heading: the hours of a day, or the days of a month. */
export interface PlacesOf {
  /** "2024-06-15" or "2024-06"; empty for what has no time. */
  readonly of: string;
  readonly places: readonly Place[];
}

const MOST_DAYS_BY_HOUR = 7;

/** What one can jump to: hours in an album of few days, days in one of many. */
export function choicesOf(places: readonly Place[]): PlacesOf[] {
  const days = places.filter(({ level }) => level !== "hour");
  const isByHour = days.length <= MOST_DAYS_BY_HOUR;
  const choices: { of: string; places: Place[] }[] = [];
  for (const place of isByHour ? places : days) {
    const of = place.day.slice(0, isByHour ? 10 : 7);
    if (choices.at(-1)?.of !== of) choices.push({ of, places: [] });
    choices.at(-1)?.places.push(place);
  }
  return choices;
}

export function spansYears(places: readonly Place[]): boolean {
  return places.filter(({ level }) => level === "year").length > 1;
}
