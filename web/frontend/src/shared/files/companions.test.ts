import { expect, it } from "vitest";

import { companionKinds } from "./companions";

it("names the kinds of a photo's other files", () => {
  expect(companionKinds(["DSC1.nef"])).toBe("NEF");
  expect(companionKinds(["DSC1.HIF", "DSC1.CR3"])).toBe("HIF + CR3");
  expect(companionKinds([])).toBe("");
});
