import { describe, expect, it } from "vitest";

import { fullPictureOf } from "./full-picture";

const PHOTO = {
  large_url: null,
  original_url: "/original/",
  content_type: "image/jpeg",
  width: 6000,
  height: 4000,
  byte_size: 10_000_000,
};

describe("the picture at full size", () => {
  it("is the original where browsers open it", () => {
    expect(fullPictureOf(PHOTO, false)).toEqual({ url: "/original/", missing: null });
    expect(fullPictureOf({ ...PHOTO, content_type: "image/avif" }, true).url).toBe("/original/");
  });

  it("is the JPEG that the service keeps of what browsers do not show", () => {
    const raw = { ...PHOTO, content_type: "image/x-canon-cr2" };
    expect(fullPictureOf({ ...raw, large_url: "/large" }, false)).toEqual({ url: "/large", missing: null });
    expect(fullPictureOf({ ...raw, large_url: "/large", byte_size: 90_000_000 }, false).url).toBe("/large");
    expect(fullPictureOf({ ...raw, large_url: "/large", width: 12_000, height: 9000 }, true).missing).toBe("size");
    expect(fullPictureOf(raw, false)).toEqual({ url: null, missing: "type" });
    expect(fullPictureOf({ ...PHOTO, content_type: "image/tiff" }, false).missing).toBe("type");
  });

  it("is left out where it would fill the memory", () => {
    const phone = { ...PHOTO, width: 12_000, height: 9000 };
    expect(fullPictureOf(phone, false).url).toBe("/original/");
    expect(fullPictureOf(phone, true)).toEqual({ url: null, missing: "size" });
    expect(fullPictureOf({ ...phone, width: 16_000, height: 12_000 }, false).missing).toBe("size");
    expect(fullPictureOf({ ...PHOTO, byte_size: 90_000_000 }, false).missing).toBe("size");
  });
});
