import { Problem } from "@/shared/api/problem";
import type { UploadResult } from "@/shared/api/schema-types";

import { SENDS_AT_ONCE } from "./send-step";
import { asUploadFile, type UploadItem } from "./upload-item";
import type { UploadRun } from "./upload-run";

const ANNOUNCED_AT_ONCE = 100;
const FULL: ReadonlySet<string> = new Set(["quota_exceeded", "album_full"]);
/** A presigned upload is not used in its last tenth. */
const PRESIGNED_UPLOAD_SHARE = 0.9;

/** Announces hashed files to the service, which answers with a presigned upload for each new one. */
export class AnnounceStep {
  private isAnnouncing = false;
  /** Whether an earlier visit may have left photos that were sent but not confirmed; null while unknown. */
  private leftovers: boolean | null = null;

  constructor(private readonly run: UploadRun) {}

  start(): void {
    const waiting = this.run.items.in("hashed");
    if (this.isAnnouncing || waiting.size === 0 || !this.run.mayTalk()) return;
    // Wait for a full batch, unless the senders would be idle meanwhile.
    const canGrow = this.run.items.count("hashing") > 0 && waiting.size < ANNOUNCED_AT_ONCE;
    if (canGrow && this.run.items.count("ready") + this.run.items.count("sending") >= SENDS_AT_ONCE) return;
    void this.announce([...waiting].slice(0, ANNOUNCED_AT_ONCE));
  }

  private async announce(batch: UploadItem[]): Promise<void> {
    this.isAnnouncing = true;
    try {
      this.leftovers ??= (await this.run.world.service.countPending()) > 0;
      const results = await this.run.world.service.announce(batch.map(asUploadFile));
      this.run.patience.answered();
      batch.forEach((item, index) => this.takeResult(item, results[index]));
      await this.skipArrived(batch.filter((item) => item.state === "ready"));
    } catch (error) {
      if (error instanceof Problem && FULL.has(error.code)) this.refuseAll(batch, error);
      else this.run.serviceFailed(error);
    } finally {
      this.isAnnouncing = false;
      this.run.stepEnded();
    }
  }

  /** The account or the album is full, so a retry cannot help. Later files may be smaller, so they are still announced. */
  private refuseAll(batch: UploadItem[], { code, message }: Problem): void {
    for (const item of batch) if (item.state === "hashed") this.run.refuse(item, { code, message });
  }

  private takeResult(item: UploadItem, result: UploadResult | undefined): void {
    if (item.state !== "hashed" || !result) return;
    if (result.error) {
      this.run.refuse(item, result.error);
      return;
    }
    item.photoId = result.photo_id;
    if (!result.upload) {
      this.run.settle(item, "here");
      return;
    }
    item.presignedUpload = result.upload;
    item.inParts = result.in_parts;
    item.presignedUploadEnds = this.run.now() + result.upload.expires_in * 1000 * PRESIGNED_UPLOAD_SHARE;
    this.run.items.move(item, "presigned");
  }

  /** An interrupted upload may have sent more than it confirmed: ask the service before sending again. */
  private async skipArrived(batch: UploadItem[]): Promise<void> {
    const uncertain = batch.filter((item) => this.leftovers === true || item.maybeArrived);
    const ids = uncertain.map((item) => item.photoId).filter((id) => id !== null);
    if (ids.length === 0) return;
    const arrived = new Set((await this.run.world.service.complete(ids)).uploaded);
    for (const item of uncertain) {
      if (item.state === "ready" && item.photoId !== null && arrived.has(item.photoId))
        this.run.settle(item, "arrived");
    }
  }

  /** Whether the service is being asked if the file has arrived already, so it must not be sent yet. */
  mustWait(item: UploadItem): boolean {
    return this.isAnnouncing && (this.leftovers !== false || item.maybeArrived);
  }
}
