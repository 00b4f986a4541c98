import { describe, expect, it } from "vitest";

import { joinLeftOut, kindOf, type PickedFile, sortOut } from "./picked-file";

function picked(path: string, type = ""): PickedFile {
  return { file: new File(["x"], path.slice(path.lastIndexOf("/") + 1), { type }), path };
}

describe("kindOf", () => {
  it.each([
    ["IMG_1.JPG", "image/jpeg", "photo"],
    ["IMG_1.HEIC", "", "photo"],
    ["no ending", "image/png", "photo"],
    ["IMG_1.dng", "image/x-adobe-dng", "photo"],
    ["IMG_1.CR3", "", "photo"],
    ["clip.MOV", "video/quicktime", "film"],
    ["clip", "video/mp4", "film"],
    ["clip.mts", "", "film"],
    ["logo.svg", "image/svg+xml", "other"],
    ["layers.psd", "image/vnd.adobe.photoshop", "other"],
    ["IMG_1.jxl", "image/jxl", "photo"],
    ["IMG_1.HIF", "", "photo"],
    ["IMG_1.xmp", "", "other"],
    ["notes.txt", "text/plain", "other"],
  ])("%s of type %s is %s", (name, type, kind) => {
    expect(kindOf({ name, type })).toBe(kind);
  });
});

describe("sortOut", () => {
  it("names what is left out, by kind", () => {
    const { photos, leftOut, folder } = sortOut(
      ["Trip/a.jpg", "Trip/a.cr2", "Trip/day 2/b.mov", "Trip/a.xmp"].map((path) => picked(path)),
      "Trip",
    );
    expect(photos.map(({ path }) => path)).toEqual(["Trip/a.jpg", "Trip/a.cr2"]);
    expect(leftOut).toEqual({ film: ["Trip/day 2/b.mov"], other: ["Trip/a.xmp"] });
    expect(folder).toBe("Trip");
  });

  it.each([
    "Trip/@eaDir/a.jpg/SYNOPHOTO_THUMB_XL.jpg",
    "Trip/#recycle/deleted.jpg",
    "Trip/$RECYCLE.BIN/deleted.jpg",
    "Trip/.thumbnails/a.jpg",
    "Trip/._a.jpg",
    "Trip/.DS_Store",
    "Trip/Thumbs.db",
  ])("passes over %s", (path) => {
    expect(sortOut([picked(path)], "Trip")).toEqual({
      photos: [],
      leftOut: { film: [], other: [] },
      folder: "Trip",
    });
  });
});

describe("joinLeftOut", () => {
  it("names each file once", () => {
    const first = sortOut([picked("a.mov"), picked("b.txt")], null).leftOut;
    const second = sortOut([picked("a.mov"), picked("c.mov")], null).leftOut;
    expect(joinLeftOut(first, second)).toEqual({ film: ["a.mov", "c.mov"], other: ["b.txt"] });
  });
});
