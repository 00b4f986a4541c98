import { backOff } from "./back-off";
import { judgeSendFailure } from "./send-failure";
import type { UploadItem } from "./upload-item";
import type { UploadRun } from "./upload-run";

export const SENDS_AT_ONCE = 5;

/** Sends files to the storage by their presigned uploads. */
export class SendStep {
  constructor(private readonly run: UploadRun) {}

  start(mustWait: (item: UploadItem) => boolean): void {
    for (const item of this.run.items.in("ready")) {
      if (this.run.items.count("sending") >= SENDS_AT_ONCE) return;
      if (mustWait(item)) continue;
      if (item.presignedUploadEnds <= this.run.now()) {
        this.run.items.move(item, "expired");
        continue;
      }
      this.run.items.move(item, "send");
      void this.send(item);
    }
  }

  private async send(item: UploadItem): Promise<void> {
    const { presignedUpload, picked } = item;
    if (!presignedUpload) return;
    const abort = this.run.abortable(item);
    const progress = (bytes: number) => {
      if (item.state !== "sending") return;
      this.run.items.sent(item, bytes);
      this.run.progressed();
    };
    try {
      await this.run.world.transport.send(picked.file, presignedUpload, progress, abort.signal);
      progress(item.size);
      this.run.items.move(item, "sent");
    } catch (error) {
      this.run.items.unsent(item);
      item.maybeArrived = true;
      if (abort.signal.aborted) this.run.items.move(item, "interrupted");
      else this.sendFailed(item, error);
    } finally {
      this.run.ended(item);
      this.run.stepEnded();
    }
  }

  private sendFailed(item: UploadItem, error: unknown): void {
    item.failures += 1;
    const verdict = judgeSendFailure(error, item.failures);
    switch (verdict.then) {
      case "refuse":
        this.run.refuse(item, verdict.refusal);
        break;
      case "announce":
        this.run.items.move(item, "expired");
        break;
      case "wait":
        item.dueAt = this.run.now() + backOff(item.failures);
        this.run.items.move(item, "stumbled");
    }
  }
}
