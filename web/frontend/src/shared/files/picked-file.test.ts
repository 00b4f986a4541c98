import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import { isPassedOver, refusalOf } from "./file-rules";
import { folderOf, joinLeftOut, NOTHING_LEFT_OUT, type PickedFile, sortOut } from "./picked-file";

// The service is tested with the same cases.
const cases = JSON.parse(
  readFileSync(new URL("../../../../../tests/albums/passed_over_cases.json", import.meta.url), "utf8"),
) as Record<"passed over" | "taken", string[]>;

const LIMITS = { photo_bytes: 1000, video_bytes: 3000 };
const JPEG = "\xff\xd8\xff\xe0";

function picked(path: string, content = JPEG, type = ""): PickedFile {
  const bytes = Uint8Array.from(content, (character) => character.charCodeAt(0));
  return { file: new File([bytes], path.slice(path.lastIndexOf("/") + 1), { type }), path };
}

describe("isPassedOver", () => {
  it.each(cases["passed over"])("passes over %s", (path) => {
    expect(isPassedOver(path)).toBe(true);
  });

  it.each(cases.taken)("takes %s", (path) => {
    expect(isPassedOver(path)).toBe(false);
  });
});

describe("refusalOf", () => {
  it.each([
    ["IMG_1.JPG", JPEG, "image/jpeg", null],
    ["IMG_1.HEIC", "\0\0\x01\0ftypheic", "", null],
    ["IMG_1.CR3", "\0\0\0\x18ftypcrx ", "", null],
    ["IMG_1.nef", "MM\0*", "", null],
    ["unknown bytes.jpg", "?????", "image/jpeg", null],
    ["clip.MOV", "\0\0\0\x14ftypqt  ", "video/quicktime", null],
    ["IMG_1.xmp", "<x:xmpmeta", "", null],
    ["IMG_1.AAE", "<?xml version", "", null],
    ["IMG_1.jpg.json", "{}", "application/json", null],
    ["no ending", JPEG, "", null],
    ["no ending", "\0\0\0\x14ftypisom", "", null],
    ["empty.jpg", "", "image/jpeg", "empty"],
    ["large.jpg", JPEG + " ".repeat(2000), "image/jpeg", "large"],
    ["large.mov", "\0\0\0\x14ftypqt  " + " ".repeat(2000), "", null],
    ["larger.mov", "\0\0\0\x14ftypqt  " + " ".repeat(4000), "", "largeVideo"],
    ["layers.psd", "8BPS", "image/vnd.adobe.photoshop", "picture"],
    ["paper.PDF", "%PDF-1.7", "application/pdf", "picture"],
    ["logo.svg", "<svg", "image/svg+xml", "picture"],
    ["clip.mts", "G", "video/mp2t", "video"],
    ["photos.zip", "PK\x03\x04", "", "archive"],
    ["memo.m4a", "\0\0\0\x14ftypM4A ", "audio/mp4", "sound"],
    ["memo.caf", "caff", "audio/x-caf", "sound"],
    ["notes.txt", "Dear", "text/plain", "document"],
    ["catalogue.lrcat", "SQLite format 3", "", "other"],
    ["no ending", "Dear", "", "other"],
    ["really a page.jpg", "\xef\xbb\xbf\n <!DOCTYPE html>", "image/jpeg", "misnamed"],
    ["really a paper.jpg", "%PDF-1.7", "image/jpeg", "misnamed"],
    ["really a zip.png", "PK\x03\x04", "image/png", "misnamed"],
  ])("%s that begins with %j is refused as %s: %s", async (path, content, type, kind) => {
    expect(await refusalOf(picked(path, content, type), LIMITS)).toBe(kind);
  });

  it("leaves a file that cannot be read to the upload", async () => {
    const gone = picked("gone.jpg");
    gone.file.slice = () => ({ arrayBuffer: () => Promise.reject(new Error("gone")) }) as unknown as Blob;
    expect(await refusalOf(gone, LIMITS)).toBeNull();
  });
});

describe("sortOut", () => {
  it("names what is left out, by kind, and keeps the order of the rest", async () => {
    const paths = ["b.jpg", "a.psd", "a.mov", ".DS_Store", "day 2/@eaDir/a.jpg", "a.jpg"].map((path) => `Trip/${path}`);
    const { files, leftOut, folder } = await sortOut(
      { files: paths.map((path) => picked(path)), folder: "Trip" },
      LIMITS,
    );
    expect(files.map(({ path }) => path)).toEqual(["Trip/b.jpg", "Trip/a.mov", "Trip/a.jpg"]);
    expect(leftOut).toEqual({
      ...NOTHING_LEFT_OUT,
      picture: ["Trip/a.psd"],
      passedOver: ["Trip/.DS_Store", "Trip/day 2/@eaDir/a.jpg"],
    });
    expect(folder).toBe("Trip");
  });

  it("takes a folder that somebody chose, whatever its name", async () => {
    const files = [picked("#recycle/a.jpg"), picked("#recycle/@eaDir/a.jpg")];
    expect((await sortOut({ files, folder: "#recycle" }, LIMITS)).files).toEqual(files.slice(0, 1));
    expect((await sortOut({ files, folder: null }, LIMITS)).files).toEqual([]);
  });

  it("looks at every file once", async () => {
    const files = Array.from({ length: 100 }, (_, index) => picked(`${String(index)}.jpg`));
    expect((await sortOut({ files, folder: null }, LIMITS)).files).toEqual(files);
  });
});

describe("joinLeftOut", () => {
  it("names each file once", () => {
    const first = { ...NOTHING_LEFT_OUT, video: ["a.mts"], other: ["b.x"] };
    const second = { ...NOTHING_LEFT_OUT, video: ["a.mts", "c.mts"] };
    expect(joinLeftOut(first, second)).toEqual({ ...NOTHING_LEFT_OUT, video: ["a.mts", "c.mts"], other: ["b.x"] });
  });
});

describe("folderOf", () => {
  it.each([
    ["a.jpg", ""],
    ["Trip/day 1/a.jpg", "Trip/day 1"],
    ["/Trip//./a.jpg", "Trip"],
    ["Trip/../a.jpg", "Trip"],
    ["\\Trip\\a.jpg", "Trip"],
  ])("of %s is %s", (path, folder) => {
    expect(folderOf(path)).toBe(folder);
  });

  it("keeps the innermost folders of a long path", () => {
    expect(folderOf(`${"x/".repeat(600)}a.jpg`)).toBe("x/".repeat(512).slice(0, -1));
  });
});
