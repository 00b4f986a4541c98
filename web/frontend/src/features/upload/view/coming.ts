import { isBeside } from "@/shared/files/file-rules";

import type { UploadItem } from "../engine/upload-item";

const stemOf = (path: string) => path.replace(/\.[^./]*$/, "");

/** The files of an upload that no list shows yet: neither failed nor there before, and one for each shot. */
export function comingOf(items: readonly UploadItem[], shown: ReadonlySet<string>): UploadItem[] {
  const stems = new Set(items.flatMap(({ picked: { path } }) => (isBeside(path) ? [] : [stemOf(path)])));
  return items.filter(({ state, photoId, picked: { path } }) => {
    if (state === "failed" || state === "skipped") return false;
    if (photoId !== null && shown.has(photoId)) return false;
    const beside = isBeside(path);
    return beside === null || (beside === "raw" && !stems.has(stemOf(path)));
  });
}
