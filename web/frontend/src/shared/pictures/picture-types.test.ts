import { describe, expect, it } from "vitest";

import { mayBeShown, noteRefusal, typeName } from "./picture-types";

describe("originals of a type", () => {
  it("are tried where every browser shows them, also after one has failed to load", () => {
    expect(mayBeShown("image/jpeg")).toBe(true);
    expect(noteRefusal("image/jpeg")).toBe(false);
    expect(mayBeShown("image/jpeg")).toBe(true);
  });

  it("are tried once where only some browsers do", () => {
    expect(mayBeShown("image/heic")).toBe(true);
    expect(noteRefusal("image/heic")).toBe(true);
    expect(mayBeShown("image/heic")).toBe(false);
    expect(mayBeShown("image/heif")).toBe(true);
  });

  it("are never tried where none does, since they are large", () => {
    expect(mayBeShown("image/tiff")).toBe(false);
    expect(mayBeShown("image/x-canon-cr2")).toBe(false);
    expect(mayBeShown("")).toBe(false);
  });

  it("have a name", () => {
    expect(typeName("image/heic")).toBe("HEIC");
    expect(typeName("image/x-canon-cr2")).toBe("CR2");
    expect(typeName("image/x-adobe-dng")).toBe("DNG");
    expect(typeName("image/x-dcraw")).toBe("RAW");
  });
});
