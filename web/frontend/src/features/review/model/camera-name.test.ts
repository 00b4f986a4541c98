import { expect, it } from "vitest";

import { cameraName } from "./camera-name";

it.each([
  ["NIKON CORPORATION NIKON D3200", "NIKON D3200"],
  ["Canon Canon EOS R6", "Canon EOS R6"],
  ["FUJIFILM X-T4", "FUJIFILM X-T4"],
  ["OLYMPUS IMAGING CORP. E-M5", "OLYMPUS IMAGING CORP. E-M5"],
  ["456 123", "456 123"],
  ["", ""],
])("calls %s %s", (camera, name) => {
  expect(cameraName(camera)).toBe(name);
});
