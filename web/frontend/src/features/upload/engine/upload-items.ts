import type { PickedFile } from "@/shared/files/picked-file";

import type { ItemEvent, ItemState } from "./item-state";
import { keyOf, UploadItem } from "./upload-item";

export const STATES: readonly ItemState[] = [
  "queued",
  "hashing",
  "hashed",
  "ready",
  "sending",
  "sent",
  "waiting",
  "done",
  "skipped",
  "failed",
];

/** Order by name without the extension; `sort` leaves equal ones as they are. */
function byStem(one: string, other: string): number {
  const [a, b] = [one, other].map((path) => path.replace(/\.[^./]*$/, "")) as [string, string];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The files of an upload by state and by content, with byte counts. */
export class UploadItems {
  private readonly items = new Map<string, UploadItem>();
  private readonly byState = new Map<ItemState, Set<UploadItem>>(STATES.map((state) => [state, new Set()]));
  /** The first file with each content; its duplicates need not be sent. */
  private readonly byContent = new Map<string, UploadItem>();

  bytesTotal = 0;
  /** Of files that are done, skipped or failed. */
  bytesSettled = 0;
  /** Of files that are being sent or wait for confirmation. */
  bytesSent = 0;
  /** Of settled files that were sent. With `bytesSent`, all bytes sent so far. */
  bytesGone = 0;

  get size(): number {
    return this.items.size;
  }

  all(): UploadItem[] {
    return [...this.items.values()];
  }

  get(key: string): UploadItem | undefined {
    return this.items.get(key);
  }

  /**
   * Add files that are not here yet. Returns the new ones.
   *
   * `IMG_1.jpg` comes before its copy `IMG_1 (1).jpg`, because the first of equal files gives the photo its name.
   */
  add(files: readonly PickedFile[]): UploadItem[] {
    const added: UploadItem[] = [];
    for (const picked of [...files].sort((one, other) => byStem(one.path, other.path))) {
      const key = keyOf(picked);
      if (this.items.has(key)) continue;
      const item = new UploadItem(key, picked);
      this.items.set(key, item);
      this.in("queued").add(item);
      this.bytesTotal += item.size;
      added.push(item);
    }
    return added;
  }

  in(state: ItemState): Set<UploadItem> {
    const set = this.byState.get(state);
    if (!set) throw new Error(`There is no state ${state}.`);
    return set;
  }

  count(state: ItemState): number {
    return this.in(state).size;
  }

  move(item: UploadItem, event: ItemEvent): void {
    this.in(item.state).delete(item);
    item.on(event);
    this.in(item.state).add(item);
  }

  /** Whether another file with this content is being uploaded or done; else this one becomes the first. */
  hasTwin(item: UploadItem, sha256: string): boolean {
    const twin = this.byContent.get(sha256);
    if (twin && twin !== item && twin.state !== "failed") return true;
    this.byContent.set(sha256, item);
    return false;
  }

  /** The file failed: another one with its content may be uploaded. */
  forgetContent(item: UploadItem): void {
    if (item.sha256 && this.byContent.get(item.sha256) === item) this.byContent.delete(item.sha256);
  }

  /** Set how many bytes of the file have been sent. */
  sent(item: UploadItem, bytes: number): void {
    this.bytesSent += bytes - item.sentBytes;
    item.sentBytes = bytes;
  }

  /** Discard the bytes sent of a file: it will be sent again. */
  unsent(item: UploadItem): void {
    this.sent(item, 0);
  }

  /** Count a file as settled. */
  settled(item: UploadItem): void {
    this.bytesSettled += item.size;
    this.bytesGone += item.sentBytes;
    this.unsent(item);
    item.presignedUpload = null;
  }

  /** Prepare a failed file for a retry from the beginning. */
  unsettled(item: UploadItem): void {
    this.bytesSettled -= item.size;
    item.failures = 0;
    item.refusal = null;
    item.sha256 = null;
    item.maybeArrived = true;
  }
}
