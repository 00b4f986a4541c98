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

/** The files of an upload, by their state and by their content, and the bytes of them that are dealt with. */
export class UploadItems {
  private readonly items = new Map<string, UploadItem>();
  private readonly byState = new Map<ItemState, Set<UploadItem>>(STATES.map((state) => [state, new Set()]));
  /** The first file with each content: its twins need not be sent. */
  private readonly byContent = new Map<string, UploadItem>();

  bytesTotal = 0;
  /** Of files that are done, skipped or failed. */
  bytesSettled = 0;
  /** Of files that are being sent, or wait for the word that they arrived. */
  bytesSent = 0;
  /** Of files that were sent and are settled: with `bytesSent`, all that has gone out. */
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

  /** Take files in; those that are here already are passed over. Returns the new ones. */
  add(files: readonly PickedFile[]): UploadItem[] {
    const added: UploadItem[] = [];
    for (const picked of files) {
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

  /** Whether another file with this content is on its way or here; else this one is the first with it. */
  hasTwin(item: UploadItem, sha256: string): boolean {
    const twin = this.byContent.get(sha256);
    if (twin && twin !== item && twin.state !== "failed") return true;
    this.byContent.set(sha256, item);
    return false;
  }

  /** The file will not come: another with its content may. */
  forgetContent(item: UploadItem): void {
    if (item.sha256 && this.byContent.get(item.sha256) === item) this.byContent.delete(item.sha256);
  }

  /** So much of the file has gone out by now. */
  sent(item: UploadItem, bytes: number): void {
    this.bytesSent += bytes - item.sentBytes;
    item.sentBytes = bytes;
  }

  /** What had gone out of the file counts for nothing. */
  unsent(item: UploadItem): void {
    this.sent(item, 0);
  }

  /** A file that was sent counts by its settling from now on. */
  settled(item: UploadItem): void {
    this.bytesSettled += item.size;
    this.bytesGone += item.sentBytes;
    this.unsent(item);
    item.presignedUpload = null;
  }

  /** What was given up is to be tried again, from its beginning. */
  unsettled(item: UploadItem): void {
    this.bytesSettled -= item.size;
    item.failures = 0;
    item.refusal = null;
    item.sha256 = null;
    item.maybeArrived = true;
  }
}
