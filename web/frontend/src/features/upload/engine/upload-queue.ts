import { Problem } from "@/shared/api/problem";
import { joinLeftOut, NOTHING_LEFT_OUT, type Picked, type PickedFile } from "@/shared/files/picked-file";

import { Alarm } from "./alarm";
import { AnnounceStep } from "./announce-step";
import { ConfirmStep } from "./confirm-step";
import { HashStep } from "./hash-step";
import type { World } from "./ports";
import { SendStep } from "./send-step";
import { Speed } from "./speed";
import { UploadRun } from "./upload-run";
import { type Obstacle, snapshotOf, type UploadSnapshot } from "./upload-snapshot";

const NOTIFY_EVERY = 200;

/**
 * Uploads the files of one album in four steps: hash, announce, send, confirm. Whenever a step ends, all steps start
 * what they can. Knows nothing of the page.
 */
export class UploadQueue {
  private readonly run: UploadRun;
  private readonly hashStep: HashStep;
  private readonly announceStep: AnnounceStep;
  private readonly sendStep: SendStep;
  private readonly confirmStep: ConfirmStep;
  private readonly alarm: Alarm;
  private readonly listeners = new Set<() => void>();
  private readonly speed = new Speed();
  private obstacle: Obstacle = "none";
  private leftOut = NOTHING_LEFT_OUT;
  private notifying = false;
  private snapshot: UploadSnapshot;

  constructor(
    readonly albumId: string,
    private readonly world: World,
  ) {
    this.run = new UploadRun(albumId, world, {
      onProgress: () => this.notify(),
      onStepEnded: () => this.pump(),
      onServiceFailed: (error) => this.serviceFailed(error),
    });
    this.hashStep = new HashStep(this.run);
    this.announceStep = new AnnounceStep(this.run);
    this.sendStep = new SendStep(this.run);
    this.confirmStep = new ConfirmStep(this.run);
    this.alarm = new Alarm(world.clock, () => this.pump());
    this.snapshot = this.makeSnapshot();
  }

  // --- For the page ------------------------------------------------------------------------------------------------

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  readonly getSnapshot = (): UploadSnapshot => this.snapshot;

  /** Add the files that somebody chose, and remember what was left out. Returns how many are new. */
  take({ files, leftOut }: Picked): number {
    this.leftOut = joinLeftOut(this.leftOut, leftOut);
    return this.add(files);
  }

  /** Add files, except those already in the queue. Returns how many are new. */
  add(files: readonly PickedFile[]): number {
    const added = this.run.items.add(files);
    const records = added.map(({ key, picked: { path, handle, root } }) => ({
      albumId: this.albumId,
      key,
      path,
      ...(handle ? { handle } : {}),
      ...(root ? { root } : {}),
    }));
    if (records.length > 0) void this.world.memory.keepOpen(records);
    this.pump();
    return added.length;
  }

  /** Stop now. Files being sent will be sent again from the beginning. */
  pause(): void {
    if (this.obstacle === "gone") return;
    this.obstacle = "paused";
    this.interrupt();
  }

  resume(): void {
    if (this.obstacle === "gone") return;
    this.obstacle = "none";
    this.run.patience.forget();
    this.makeDue();
    this.pump();
  }

  /** Called when the network may be back, or somebody has signed in again. */
  obstacleMayBeGone(kind: "offline" | "signed-out"): void {
    if (this.obstacle === kind || (kind === "offline" && this.obstacle === "none")) this.resume();
  }

  connectionWentAway(): void {
    if (this.obstacle !== "none") return;
    this.obstacle = "offline";
    this.interrupt();
  }

  /** Try failed files again. */
  retryFailed(keys?: readonly string[]): void {
    const failed = keys ? keys.map((key) => this.run.items.get(key)) : [...this.run.items.in("failed")];
    for (const item of failed) {
      if (item?.state !== "failed") continue;
      this.run.items.unsettled(item);
      this.run.items.move(item, "retry");
    }
    this.pump();
  }

  /** Stop permanently. */
  stop(): void {
    this.obstacle = "gone";
    this.interrupt();
    this.alarm.callOff();
  }

  // --- The pump ----------------------------------------------------------------------------------------------------

  private pump(): void {
    if (this.obstacle === "none") {
      this.makeDue(this.run.now());
      this.hashStep.start();
      this.announceStep.start();
      this.sendStep.start((item) => this.announceStep.mustWait(item));
      this.confirmStep.start();
      this.planWakeUp();
    }
    this.notify();
  }

  // --- What goes wrong ---------------------------------------------------------------------------------------------

  private serviceFailed(error: unknown): void {
    if (error instanceof Problem && error.status === 401) this.obstacle = "signed-out";
    else if (error instanceof Problem && error.status === 404) this.obstacle = "gone";
    if (this.obstacle !== "none") {
      this.interrupt();
      return;
    }
    this.run.patience.failed(error, this.run.now());
  }

  private interrupt(): void {
    this.run.abortAll();
    this.speed.clear();
    this.notify();
  }

  /** Continue files that wait for a retry; without a time, all of them at once. */
  private makeDue(now = Number.POSITIVE_INFINITY): void {
    for (const item of this.run.items.in("waiting")) {
      if (item.dueAt <= now) this.run.items.move(item, "due");
    }
  }

  /** Set the alarm for what would not call the pump by itself. */
  private planWakeUp(): void {
    const times = [...this.run.items.in("waiting")].map((item) => item.dueAt);
    const [sent, hashed] = [this.run.items.count("sent"), this.run.items.count("hashed")];
    if (sent > 0) times.push(this.confirmStep.dueAt);
    if (sent + hashed > 0 && !this.run.mayTalk()) times.push(this.run.patience.dueAt);
    this.alarm.setFor(times);
  }

  // --- Telling the page --------------------------------------------------------------------------------------------

  private notify(): void {
    if (this.notifying) return;
    this.notifying = true;
    this.world.clock.after(NOTIFY_EVERY, () => {
      this.notifying = false;
      if (this.run.items.count("sending") > 0)
        this.speed.note(this.run.now(), this.run.items.bytesGone + this.run.items.bytesSent);
      this.snapshot = this.makeSnapshot();
      for (const listener of this.listeners) listener();
    });
  }

  private makeSnapshot(): UploadSnapshot {
    const { isFailing } = this.run.patience;
    return snapshotOf(this.run.items, {
      obstacle: this.obstacle,
      isServiceFailing: isFailing,
      pace: this.speed.value,
      leftOut: this.leftOut,
    });
  }
}
