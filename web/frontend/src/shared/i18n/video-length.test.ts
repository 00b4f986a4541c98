import { expect, it } from "vitest";

import { videoLength } from "./video-length";

it.each([
  [null, ""],
  [0.1, "0:01"],
  [4.4, "0:04"],
  [64.6, "1:05"],
  [3599.9, "1:00:00"],
  [3725, "1:02:05"],
])("writes %s seconds as players do", (seconds, text) => {
  expect(videoLength(seconds)).toBe(text);
});
