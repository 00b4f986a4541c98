import { expect, it } from "vitest";

import { buildingInterval } from "../api/exports";

it("asks soon for a small zip, later for a large one, and not for one that is ready", () => {
  const small = { state: "queued", file_count: 20, files_written: 0 } as const;
  const large = { state: "building", file_count: 5_000, files_written: 10 } as const;
  const ready = { state: "ready", file_count: 5_000, files_written: 5_000 } as const;
  expect(buildingInterval([small, ready])).toBeLessThan(Number(buildingInterval([large])));
  expect(buildingInterval([large, small])).toBe(buildingInterval([small]));
  expect(buildingInterval([ready])).toBe(false);
  expect(buildingInterval([])).toBe(false);
});
