import { Problem } from "@/shared/api/problem";

import { backOff } from "./back-off";
import { judgeSendFailure } from "./send-failure";
import { sendFile } from "./send-file";
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
    const abort = this.run.abortable(item);
    const progress = (bytes: number) => {
      if (item.state !== "sending") return;
      this.run.items.sent(item, bytes);
      this.run.progressed();
    };
    try {
      await sendFile(this.run, item, progress, abort.signal);
      progress(item.size);
      this.run.items.move(item, "sent");
    } catch (error) {
      this.run.items.sent(item, item.keptBytes);
      item.maybeArrived = true;
      if (abort.signal.aborted) this.run.items.move(item, "interrupted");
      else if (isOfAccount(error)) {
        this.run.items.move(item, "interrupted");
        this.run.serviceFailed(error);
      } else this.sendFailed(item, error);
    } finally {
      this.run.ended(item);
      this.run.stepEnded();
    }
  }

  private sendFailed(item: UploadItem, error: unknown): void {
    item.failures += 1;
    const { failures, requestBytes } = item;
    const verdict = judgeSendFailure(error, { failures, requestBytes, passedBytes: this.run.passedBytes });
    switch (verdict.then) {
      case "refuse":
        this.run.refuse(item, verdict.refusal);
        break;
      case "announce":
        this.run.items.move(item, "expired");
        break;
      case "shrink":
        this.run.mostBytes = Math.min(this.run.mostBytes, verdict.mostBytes);
        this.run.items.move(item, "expired");
        break;
      case "wait":
        item.dueAt = this.run.now() + backOff(item.failures);
        this.run.items.move(item, "stumbled");
    }
  }
}

/** Signed out, or too many requests: no fault of the file, and true of all of them. */
function isOfAccount(error: unknown): boolean {
  return error instanceof Problem && (error.status === 401 || error.status === 429);
}
