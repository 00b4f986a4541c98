import type { UploadFile, PresignedUpload } from "@/shared/api/schema-types";
import { folderOf, type PickedFile } from "@/shared/files/picked-file";

import { type ItemEvent, type ItemState, nextState } from "./item-state";

/** Why a file is not in the album. `code` is the API's or one of the queue's own. */
export interface Refusal {
  code: string;
  message: string;
}

/** One file of an upload. Changed only by the steps of its queue. */
export class UploadItem {
  state: ItemState = "queued";
  sha256: string | null = null;
  photoId: string | null = null;
  presignedUpload: PresignedUpload | null = null;
  /** When the presigned upload must not be used any more. */
  presignedUploadEnds = 0;
  /** It is large: an interruption should cost a part of it only. */
  inParts = false;
  /** How much of it was there when the service was last asked for parts. */
  arrivedBytes = 0;
  sentBytes = 0;
  /** How much of it stays there when its sending is interrupted: the parts that were sent. */
  keptBytes = 0;
  /** How large the latest request was that sent it or a part of it. */
  requestBytes = 0;
  failures = 0;
  dueAt = 0;
  refusal: Refusal | null = null;
  /** It may be in the storage already: ask before sending. */
  maybeArrived = false;

  constructor(
    readonly key: string,
    readonly picked: PickedFile,
  ) {}

  get size(): number {
    return this.picked.file.size;
  }

  on(event: ItemEvent): void {
    this.state = nextState(this.state, event);
  }
}

/** The same file chosen twice has the same key, also after a reload. Names begin again in another folder. */
export function keyOf({ path, file: { size, lastModified } }: PickedFile): string {
  return `${path}|${size}|${lastModified}`;
}

/** The file as it is announced. */
export function asUploadFile(item: UploadItem): UploadFile {
  const { file } = item.picked;
  return {
    name: file.name,
    folder: folderOf(item.picked.path),
    size: file.size,
    sha256: item.sha256 ?? "",
    type: file.type || "application/octet-stream",
    modified: new Date(file.lastModified).toISOString(),
    // Without "-" in front of it, zero would be minus zero.
    modified_offset_minutes: 0 - new Date(file.lastModified).getTimezoneOffset(),
  };
}
