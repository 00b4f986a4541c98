import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { renderInPage } from "@/shared/testing/render";

import { steadyMinutes, useTimeLeftText } from "./time-left";

describe("the minutes left", () => {
  it("count down without going up, by an estimate that wavers", () => {
    const shown: number[] = [];
    let last: number | null = null;
    for (let second = 300; second > 0; second -= 5) {
      last = steadyMinutes(last, second + (second % 2 === 0 ? 25 : -25));
      if (last !== null && shown.at(-1) !== last) shown.push(last);
    }
    expect(shown).toEqual([...shown].sort((one, other) => other - one));
    expect(shown.at(-1)).toBe(0);
    expect(shown.length).toBeLessThanOrEqual(6);
  });

  it("go up when they were clearly wrong, and stay while nobody knows", () => {
    expect(steadyMinutes(2, 400)).toBe(7);
    expect(steadyMinutes(2, null)).toBe(2);
    expect(steadyMinutes(null, null)).toBeNull();
  });
});

it.each([
  [0, "less than a minute left"],
  [-3, "less than a minute left"],
  [60, "about 1 minute left"],
  [130, "about 2 minutes left"],
  [7_300, "about 2 hours left"],
])("says how long %s seconds are", (seconds, text) => {
  const Words = () => useTimeLeftText(seconds);
  renderInPage(<Words />);
  expect(screen.getByText(text)).toBeVisible();
});

it("says it in Swedish, and nothing while nobody knows", () => {
  const Words = ({ seconds }: { seconds: number | null }) => <p>{useTimeLeftText(seconds) ?? "–"}</p>;
  renderInPage(
    <>
      <Words seconds={60} />
      <Words seconds={null} />
    </>,
    { language: "sv" },
  );
  expect(screen.getByText("ungefär 1 minut kvar")).toBeVisible();
  expect(screen.getByText("–")).toBeVisible();
});
