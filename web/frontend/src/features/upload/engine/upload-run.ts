import type { World } from "./ports";
import { ServicePatience } from "./service-patience";
import type { Refusal, UploadItem } from "./upload-item";
import { UploadItems } from "./upload-items";

interface RunEvents {
  /** Bytes went out. */
  readonly onProgress: () => void;
  /** A step has finished with a file or a batch, so others may start. */
  readonly onStepEnded: () => void;
  readonly onServiceFailed: (error: unknown) => void;
}

/** What the steps of one upload share. */
export class UploadRun {
  readonly items = new UploadItems();
  readonly patience = new ServicePatience();
  /** A proxy refused larger requests, so larger files are sent in parts of this size. */
  mostBytes = Number.POSITIVE_INFINITY;
  /** The largest request that has arrived. */
  passedBytes = 0;
  private readonly aborts = new Map<UploadItem, AbortController>();

  constructor(
    readonly albumId: string,
    readonly world: World,
    private readonly events: RunEvents,
  ) {}

  now(): number {
    return this.world.clock.now();
  }

  mayTalk(): boolean {
    return this.patience.mayTalk(this.now());
  }

  /** The file is in the album. */
  settle(item: UploadItem, event: "here" | "arrived"): void {
    this.items.move(item, event);
    this.items.settled(item);
    void this.world.memory.forgetOpen(this.albumId, [item.key]);
  }

  /** The file will not be in the album, unless somebody retries it. */
  refuse(item: UploadItem, refusal: Refusal): void {
    item.refusal = refusal;
    this.items.forgetContent(item);
    this.items.move(item, "refused");
    this.items.settled(item);
  }

  /** Make work on a file abortable until `ended`. */
  abortable(item: UploadItem): AbortController {
    const abort = new AbortController();
    this.aborts.set(item, abort);
    return abort;
  }

  ended(item: UploadItem): void {
    this.aborts.delete(item);
  }

  abortAll(): void {
    for (const abort of this.aborts.values()) abort.abort();
  }

  progressed(): void {
    this.events.onProgress();
  }

  stepEnded(): void {
    this.events.onStepEnded();
  }

  serviceFailed(error: unknown): void {
    this.events.onServiceFailed(error);
  }
}
