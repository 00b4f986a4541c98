import { describe, expect, it } from "vitest";

import { secondsBetween, secondsOf, shifted, shiftOf } from "./clock-shift";

describe("the shift of a clock", () => {
  it.each([0, 1, -1, 59, 3600, -7200, 90_061, -90_061, 86_400 * 400])(
    "is said in days, hours and minutes: %i",
    (seconds) => {
      expect(secondsOf(shiftOf(seconds))).toBe(seconds);
    },
  );

  it("is read by a person", () => {
    expect(shiftOf(-90_000)).toEqual({ isLater: false, days: 1, hours: 1, minutes: 0, rest: 0 });
  });

  it("moves what a clock showed, also where summer time begins", () => {
    expect(shifted("2024-03-31T01:30:00", 3600)).toBe("2024-03-31T02:30:00");
    expect(shifted("2024-01-01T00:00:00.250", -1)).toBe("2023-12-31T23:59:59");
  });

  it("follows from the right time of one photo", () => {
    expect(secondsBetween("2024-06-08T12:00:00", "2024-06-09T13:01:05")).toBe(90_065);
    expect(secondsBetween("2024-06-08T12:00:00", "2024-06-08T11:00")).toBe(-3600);
    expect(secondsBetween("2024-06-08T12:00:00", "")).toBeNull();
  });
});
