import type { UploadItem } from "./upload-item";
import type { UploadRun } from "./upload-run";

const HASHES_AT_ONCE = 2;
/** How many files are hashed ahead of sending. With more, presigned uploads would expire before use. */
const AHEAD = 300;

/** Computes the hash of each file, so that the service can say which photos it already has. */
export class HashStep {
  constructor(private readonly run: UploadRun) {}

  start(): void {
    const ahead = () =>
      this.run.items.count("hashing") + this.run.items.count("hashed") + this.run.items.count("ready");
    for (const item of this.run.items.in("queued")) {
      if (this.run.items.count("hashing") >= HASHES_AT_ONCE || ahead() >= AHEAD) return;
      if (item.size === 0) {
        this.run.refuse(item, { code: "empty_file", message: "" });
        continue;
      }
      this.run.items.move(item, "hash");
      void this.hash(item);
    }
  }

  private async hash(item: UploadItem): Promise<void> {
    const { picked } = item;
    const abort = this.run.abortable(item);
    try {
      // After a failure, read the file again: it may have changed since it was hashed.
      const known = item.maybeArrived ? null : await this.run.world.memory.hashOf(picked);
      const sha256 = known ?? (await this.run.world.hasher.hash(picked.file, abort.signal));
      if (!known) void this.run.world.memory.keepHash(picked, sha256);
      if (item.state !== "hashing") return;
      this.hashIsKnown(item, sha256);
    } catch {
      if (item.state !== "hashing") return;
      if (abort.signal.aborted) this.run.items.move(item, "interrupted");
      else this.run.refuse(item, { code: "unreadable", message: "" });
    } finally {
      this.run.ended(item);
      this.run.stepEnded();
    }
  }

  private hashIsKnown(item: UploadItem, sha256: string): void {
    item.sha256 = sha256;
    if (this.run.items.hasTwin(item, sha256)) this.run.settle(item, "here");
    else this.run.items.move(item, "hashed");
  }
}
