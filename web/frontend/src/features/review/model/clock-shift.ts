/** Arithmetic on what clocks on walls show: texts in ISO 8601 without a zone. */

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What to add to the clock of a camera, and how many photos it dated. */
export interface ClockChange {
  readonly camera: string;
  readonly serial: string;
  /** Null leaves the clock to the grouping. */
  readonly seconds: number | null;
  readonly count: number;
}

/** A shift as people say it. The rest are seconds that only the time of a photo can tell. */
export interface Shift {
  readonly isLater: boolean;
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  readonly rest: number;
}

export function shiftOf(seconds: number): Shift {
  const size = Math.abs(seconds);
  return {
    isLater: seconds >= 0,
    days: Math.floor(size / DAY),
    hours: Math.floor((size % DAY) / HOUR),
    minutes: Math.floor((size % HOUR) / MINUTE),
    rest: size % MINUTE,
  };
}

export function secondsOf({ isLater, days, hours, minutes, rest }: Shift): number {
  const size = days * DAY + hours * HOUR + minutes * MINUTE + rest;
  return size === 0 || isLater ? size : -size;
}

/** As if the clock showed UTC, so that no summer time gets between. */
function instant(wallClock: string): number {
  return Date.parse(`${wallClock}Z`);
}

/** What the clock shows after these seconds. */
export function shifted(wallClock: string, seconds: number): string {
  return new Date(instant(wallClock) + seconds * 1000).toISOString().slice(0, 19);
}

/** What to add to a clock that showed the first time, when it was the second; null for an unfinished text. */
export function secondsBetween(shown: string, right: string): number | null {
  const seconds = Math.round((instant(right) - instant(shown)) / 1000);
  return Number.isFinite(seconds) ? seconds : null;
}
