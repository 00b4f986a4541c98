import { expect, it } from "vitest";

import { companionKinds } from "./companions";

const kinds = (shown: string, ...names: string[]) => companionKinds(names, shown, "edited");

it("names the kinds of a photo's other files, each once", () => {
  expect(kinds("DSC1.JPG", "DSC1.nef")).toBe("+ NEF");
  expect(kinds("DSC1.JPG", "DSC1.HIF", "DSC1.CR3")).toBe("+ HIF + CR3");
  expect(kinds("DSC1.JPG", "DSC1.JPG.xmp", "DSC1.xmp")).toBe("+ XMP");
  expect(kinds("IMG_1.HEIC", "IMG_1.HEIC.supplemental-metadata.json", "IMG_1.MOV")).toBe("Live + JSON");
  expect(kinds("PXL_2024.RAW-01.MP.COVER.jpg", "PXL_2024.RAW-02.ORIGINAL.dng")).toBe("+ DNG");
  expect(kinds("DSC1.JPG")).toBe("");
});

it("says that a photo is an edited copy of another file", () => {
  expect(kinds("IMG_1-edited.jpg", "IMG_1.JPG")).toBe("edited");
  expect(kinds("IMG_E1.JPG", "IMG_1.HEIC", "IMG_1.AAE")).toBe("edited + HEIC + AAE");
});

it("calls the film of a Live Photo so", () => {
  expect(kinds("IMG_1.HEIC", "IMG_1.MOV")).toBe("Live");
  expect(kinds("IMG_1.HEIC", "IMG_1.DNG", "IMG_1.mov")).toBe("Live + DNG");
  expect(kinds("IMG_1.MOV", "IMG_1.THM")).toBe("+ THM");
});
