import { describe, expect, it } from "vitest";

import type { Photo } from "@/shared/api/schema-types";

import { CHROMIUM_LIMITS, OTHER_LIMITS, sortForSharing, withoutSameNames } from "./share-files";

function photo(name: string, change: Partial<Photo> = {}): Photo {
  const links = { original_url: `/original/${name}`, preview_url: `/preview/${name}`, large_url: null };
  return { id: name, name, kind: "image", content_type: "image/x", byte_size: 1000, ...links, ...change } as Photo;
}

describe("what is shared", () => {
  it("is the original where the browser takes its format", () => {
    const { files, copies, left } = sortForSharing([photo("a.JPG"), photo("b.heic")], OTHER_LIMITS);
    expect(files.map(({ url }) => url)).toEqual(["/original/a.JPG", "/original/b.heic"]);
    expect([copies, left]).toEqual([0, 0]);
  });

  it("is a JPEG copy of what Chromium refuses, the largest there is", () => {
    const raw = photo("c.2.nef", { large_url: "/large/c" });
    const { files, copies } = sortForSharing([photo("a.JPG"), photo("b.heic"), raw], CHROMIUM_LIMITS);
    expect(files.map(({ name, url, size }) => [name, url, size])).toEqual([
      ["a.JPG", "/original/a.JPG", 1000],
      ["b.jpg", "/preview/b.heic", null],
      ["c.2.jpg", "/large/c", null],
    ]);
    expect(copies).toBe(2);
  });

  it("leaves videos that are too large or of another format", () => {
    const videos = [
      photo("a.mp4", { kind: "video", byte_size: CHROMIUM_LIMITS.bytes + 1 }),
      photo("b.mov", { kind: "video" }),
      photo("c.mp4", { kind: "video" }),
    ];
    expect(sortForSharing(videos, CHROMIUM_LIMITS)).toMatchObject({ files: [{ name: "c.mp4" }], copies: 0, left: 2 });
  });

  it("has no name twice", () => {
    const files = ["IMG_1.jpg", "img_1.JPG", "IMG_1.jpg", "none"].map((name) => new File([name], name));
    expect(withoutSameNames(files).map(({ name }) => name)).toEqual([
      "IMG_1.jpg",
      "img_1 (2).JPG",
      "IMG_1 (3).jpg",
      "none",
    ]);
  });
});
