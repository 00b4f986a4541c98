import { expect, it } from "vitest";

import type { ItemState } from "../engine/item-state";
import { UploadItem } from "../engine/upload-item";

import { comingOf } from "./coming";

function item(path: string, state: ItemState = "sending", photoId: string | null = null): UploadItem {
  const made = new UploadItem(path, { path, file: new File(["x"], path) });
  made.state = state;
  made.photoId = photoId;
  return made;
}

const namesOf = (items: readonly UploadItem[], shown: readonly string[] = []) =>
  comingOf(items, new Set(shown)).map(({ key }) => key);

it("shows what is in no group yet, also after it was sent", () => {
  const items = [item("1.jpg", "done", "one"), item("2.jpg", "done", "two"), item("3.jpg")];
  expect(namesOf(items, ["one"])).toEqual(["2.jpg", "3.jpg"]);
});

it("shows nothing of files that will not come, or were there before", () => {
  expect(namesOf([item("1.jpg", "failed"), item("2.jpg", "skipped")])).toEqual([]);
});

it("shows one tile for a shot: neither its RAW file nor its sidecar", () => {
  expect(namesOf([item("1.CR3"), item("1.jpg"), item("1.xmp"), item("2.CR3"), item("day/1.CR3")])).toEqual([
    "1.jpg",
    "2.CR3",
    "day/1.CR3",
  ]);
});
