import { MOST_SERVER_ERRORS } from "./send-failure";
import type { UploadItem } from "./upload-item";
import type { UploadRun } from "./upload-run";

const CONFIRMED_AT_ONCE = 50;
/**
 * Confirm at least this often (milliseconds), so that the analysis starts while the upload runs: often at first, because
 * small albums are uploaded quickly.
 */
const CONFIRM_FIRST = 250;
const CONFIRM_EVERY = 1_500;

/** Asks the service to confirm that sent files have arrived. */
export class ConfirmStep {
  private isConfirming = false;
  private confirmedAt = 0;
  private every = 0;

  constructor(private readonly run: UploadRun) {}

  start(): void {
    const sent = this.run.items.in("sent");
    if (this.isConfirming || sent.size === 0 || !this.run.mayTalk()) return;
    const isOverdue = this.run.now() >= this.dueAt;
    const isLast = this.run.items.count("sending") === 0 && this.run.items.count("ready") === 0;
    if (sent.size >= CONFIRMED_AT_ONCE || isOverdue || isLast) void this.confirm([...sent].slice(0, CONFIRMED_AT_ONCE));
  }

  private async confirm(batch: UploadItem[]): Promise<void> {
    this.isConfirming = true;
    try {
      const ids = batch.map((item) => item.photoId).filter((id) => id !== null);
      const arrived = new Set((await this.run.world.service.complete(ids)).uploaded);
      this.run.patience.answered();
      for (const item of batch) {
        if (item.photoId !== null && arrived.has(item.photoId)) this.run.settle(item, "arrived");
        else this.wentMissing(item);
      }
    } catch (error) {
      this.run.serviceFailed(error);
    } finally {
      this.isConfirming = false;
      this.confirmedAt = this.run.now();
      this.every = Math.min(Math.max(2 * this.every, CONFIRM_FIRST), CONFIRM_EVERY);
      this.run.stepEnded();
    }
  }

  private wentMissing(item: UploadItem): void {
    this.run.items.unsent(item);
    item.failures += 1;
    if (item.failures >= MOST_SERVER_ERRORS) this.run.refuse(item, { code: "storage", message: "" });
    else this.run.items.move(item, "missing");
  }

  /** When the files that were sent should be confirmed at the latest. */
  get dueAt(): number {
    return this.confirmedAt + this.every;
  }
}
