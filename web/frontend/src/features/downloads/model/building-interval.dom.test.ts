import { expect, it } from "vitest";

import { buildingInterval } from "../api/exports";

it("asks soon for a small zip, later for a large one, and not for one that is ready", () => {
  const small = { state: "queued", photo_count: 20, photos_written: 0 } as const;
  const large = { state: "building", photo_count: 5_000, photos_written: 10 } as const;
  const ready = { state: "ready", photo_count: 5_000, photos_written: 5_000 } as const;
  expect(buildingInterval([small, ready])).toBeLessThan(Number(buildingInterval([large])));
  expect(buildingInterval([large, small])).toBe(buildingInterval([small]));
  expect(buildingInterval([ready])).toBe(false);
  expect(buildingInterval([])).toBe(false);
});
