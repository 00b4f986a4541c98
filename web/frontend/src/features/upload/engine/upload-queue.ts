import { Problem } from "@/shared/api/problem";
import type { UploadResult } from "@/shared/api/schema-types";
import type { PickedFile } from "@/shared/files/picked-file";

import { Alarm } from "./alarm";
import { backOff } from "./back-off";
import type { ItemEvent, ItemState } from "./item-state";
import type { World } from "./ports";
import { judgeSendFailure, MOST_SERVER_ERRORS } from "./send-failure";
import { ServicePatience } from "./service-patience";
import { Speed } from "./speed";
import { asUploadFile, type Refusal, type UploadItem } from "./upload-item";
import { UploadItems } from "./upload-items";
import { type Obstacle, snapshotOf, type UploadSnapshot } from "./upload-snapshot";

export const SENDS_AT_ONCE = 5;
const HASHES_AT_ONCE = 2;
const ANNOUNCED_AT_ONCE = 100;
const CONFIRMED_AT_ONCE = 50;
/** Hashing runs so many files ahead of the sending: more, and presigned uploads would grow old. */
const AHEAD = 300;
/** Photos that arrived are confirmed at least so often, so that their analysis begins while the upload runs. */
const CONFIRM_EVERY = 1_500;
const NOTIFY_EVERY = 200;
/** A presigned upload is not used in its last tenth. */
const PRESIGNED_UPLOAD_SHARE = 0.9;

/**
 * Sends the files of one album: hashes, announces, sends and confirms them, several at a time, and starts whatever can
 * be started whenever something has ended. Nothing in it knows of a page.
 */
export class UploadQueue {
  private readonly items = new UploadItems();
  private readonly aborts = new Map<UploadItem, AbortController>();
  private readonly listeners = new Set<() => void>();
  private readonly speed = new Speed();
  private readonly patience = new ServicePatience();
  private obstacle: Obstacle = "none";
  private talking = { announce: false, complete: false };
  private confirmedAt = 0;
  private leftovers: boolean | null = null;
  private readonly alarm: Alarm;
  private notifying = false;
  private snapshot: UploadSnapshot;

  constructor(
    readonly albumId: string,
    private readonly world: World,
  ) {
    this.alarm = new Alarm(world.clock, () => this.pump());
    this.snapshot = this.makeSnapshot();
  }

  // --- For the page ------------------------------------------------------------------------------------------------

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  readonly getSnapshot = (): UploadSnapshot => this.snapshot;

  /** Take files in. Those already in the queue are passed over. Returns how many are new. */
  add(files: readonly PickedFile[]): number {
    const added = this.items.add(files);
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

  /** Stop now, also what is being sent: it is sent again from its beginning. */
  pause(): void {
    if (this.obstacle === "gone") return;
    this.obstacle = "paused";
    this.interrupt();
  }

  resume(): void {
    if (this.obstacle === "gone") return;
    this.obstacle = "none";
    this.patience.forget();
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

  /** Try what was given up again. */
  retryFailed(keys?: readonly string[]): void {
    const failed = keys ? keys.map((key) => this.items.get(key)) : [...this.setOf("failed")];
    for (const item of failed) {
      if (item?.state !== "failed") continue;
      this.items.unsettled(item);
      this.move(item, "retry");
    }
    this.pump();
  }

  /** Stop for good and let go of everything. */
  stop(): void {
    this.obstacle = "gone";
    this.interrupt();
    this.alarm.callOff();
  }

  // --- The pump ----------------------------------------------------------------------------------------------------

  private pump(): void {
    if (this.obstacle === "none") {
      this.makeDue(this.world.clock.now());
      this.startHashing();
      this.startAnnouncing();
      this.startSending();
      this.startConfirming();
      this.planWakeUp();
    }
    this.notify();
  }

  private startHashing(): void {
    const ahead = () => this.count("hashing") + this.count("hashed") + this.count("ready");
    for (const item of this.setOf("queued")) {
      if (this.count("hashing") >= HASHES_AT_ONCE || ahead() >= AHEAD) return;
      if (item.size === 0) {
        this.refuse(item, { code: "empty_file", message: "" });
        continue;
      }
      this.move(item, "hash");
      void this.hash(item);
    }
  }

  private async hash(item: UploadItem): Promise<void> {
    const { file } = item.picked;
    const abort = this.abortable(item);
    try {
      // After a failure the file is read anew: it may have changed under the hash that is known of it.
      const known = item.maybeArrived ? null : await this.world.memory.hashOf(file);
      const sha256 = known ?? (await this.world.hasher.hash(file, abort.signal));
      if (!known) void this.world.memory.keepHash(file, sha256);
      if (item.state !== "hashing") return;
      this.hashIsKnown(item, sha256);
    } catch {
      if (item.state !== "hashing") return;
      if (abort.signal.aborted) this.move(item, "interrupted");
      else this.refuse(item, { code: "unreadable", message: "" });
    } finally {
      this.aborts.delete(item);
      this.pump();
    }
  }

  private hashIsKnown(item: UploadItem, sha256: string): void {
    item.sha256 = sha256;
    if (this.items.hasTwin(item, sha256)) this.settle(item, "here");
    else this.move(item, "hashed");
  }

  private startAnnouncing(): void {
    const waiting = this.setOf("hashed");
    if (this.talking.announce || waiting.size === 0 || !this.mayTalk()) return;
    // Many at once, unless the senders would stand idle for it.
    const canGrow = this.count("hashing") > 0 && waiting.size < ANNOUNCED_AT_ONCE;
    if (canGrow && this.count("ready") + this.count("sending") >= SENDS_AT_ONCE) return;
    void this.announce([...waiting].slice(0, ANNOUNCED_AT_ONCE));
  }

  private async announce(batch: UploadItem[]): Promise<void> {
    this.talking.announce = true;
    try {
      this.leftovers ??= (await this.world.service.countPending()) > 0;
      const results = await this.world.service.announce(batch.map(asUploadFile));
      this.patience.answered();
      batch.forEach((item, index) => this.takeResult(item, results[index]));
      await this.passOverWhatArrived(batch.filter((item) => item.state === "ready"));
    } catch (error) {
      if (error instanceof Problem && error.code === "quota_exceeded") this.refuseAll(batch, error);
      else this.serviceFailed(error);
    } finally {
      this.talking.announce = false;
      this.pump();
    }
  }

  /** The account is full: asking again would change nothing. Files that follow may be smaller, and are asked for. */
  private refuseAll(batch: UploadItem[], { code, message }: Problem): void {
    for (const item of batch) if (item.state === "hashed") this.refuse(item, { code, message });
  }

  private takeResult(item: UploadItem, result: UploadResult | undefined): void {
    if (item.state !== "hashed" || !result) return;
    if (result.error) {
      this.refuse(item, result.error);
      return;
    }
    item.photoId = result.photo_id;
    if (!result.upload) {
      this.settle(item, "here");
      return;
    }
    item.presignedUpload = result.upload;
    item.presignedUploadEnds = this.world.clock.now() + result.upload.expires_in * 1000 * PRESIGNED_UPLOAD_SHARE;
    this.move(item, "presigned");
  }

  /** An upload that broke off may have sent more than it could confirm: ask, before sending it once more. */
  private async passOverWhatArrived(batch: UploadItem[]): Promise<void> {
    const uncertain = batch.filter((item) => this.leftovers === true || item.maybeArrived);
    const ids = uncertain.map((item) => item.photoId).filter((id) => id !== null);
    if (ids.length === 0) return;
    const arrived = new Set((await this.world.service.complete(ids)).uploaded);
    for (const item of uncertain) {
      if (item.state === "ready" && item.photoId !== null && arrived.has(item.photoId)) this.settle(item, "arrived");
    }
  }

  private startSending(): void {
    // Whether a file has arrived already is asked before its sending, in the same talk.
    if (this.talking.announce && this.leftovers !== false) return;
    for (const item of this.setOf("ready")) {
      if (this.count("sending") >= SENDS_AT_ONCE) return;
      if (item.maybeArrived && this.talking.announce) continue;
      if (item.presignedUploadEnds <= this.world.clock.now()) {
        this.move(item, "expired");
        continue;
      }
      this.move(item, "send");
      void this.send(item);
    }
  }

  private async send(item: UploadItem): Promise<void> {
    const { presignedUpload, picked } = item;
    if (!presignedUpload) return;
    const abort = this.abortable(item);
    const progress = (bytes: number) => {
      if (item.state !== "sending") return;
      this.items.sent(item, bytes);
      this.notify();
    };
    try {
      await this.world.transport.send(picked.file, presignedUpload, progress, abort.signal);
      progress(item.size);
      this.move(item, "sent");
    } catch (error) {
      this.items.unsent(item);
      item.maybeArrived = true;
      if (abort.signal.aborted) this.move(item, "interrupted");
      else this.sendFailed(item, error);
    } finally {
      this.aborts.delete(item);
      this.pump();
    }
  }

  private sendFailed(item: UploadItem, error: unknown): void {
    item.failures += 1;
    const verdict = judgeSendFailure(error, item.failures);
    switch (verdict.then) {
      case "refuse":
        this.refuse(item, verdict.refusal);
        break;
      case "announce":
        this.move(item, "expired");
        break;
      case "wait":
        item.dueAt = this.world.clock.now() + backOff(item.failures);
        this.move(item, "stumbled");
    }
  }

  private startConfirming(): void {
    const sent = this.setOf("sent");
    if (this.talking.complete || sent.size === 0 || !this.mayTalk()) return;
    const isOverdue = this.world.clock.now() >= this.confirmedAt + CONFIRM_EVERY;
    const isLast = this.count("sending") === 0 && this.count("ready") === 0;
    if (sent.size >= CONFIRMED_AT_ONCE || isOverdue || isLast) void this.confirm([...sent].slice(0, CONFIRMED_AT_ONCE));
  }

  private async confirm(batch: UploadItem[]): Promise<void> {
    this.talking.complete = true;
    try {
      const ids = batch.map((item) => item.photoId).filter((id) => id !== null);
      const arrived = new Set((await this.world.service.complete(ids)).uploaded);
      this.patience.answered();
      for (const item of batch) {
        if (item.photoId !== null && arrived.has(item.photoId)) this.settle(item, "arrived");
        else this.wentMissing(item);
      }
    } catch (error) {
      this.serviceFailed(error);
    } finally {
      this.talking.complete = false;
      this.confirmedAt = this.world.clock.now();
      this.pump();
    }
  }

  private wentMissing(item: UploadItem): void {
    this.items.unsent(item);
    item.failures += 1;
    if (item.failures >= MOST_SERVER_ERRORS) this.refuse(item, { code: "storage", message: "" });
    else this.move(item, "missing");
  }

  // --- What goes wrong ---------------------------------------------------------------------------------------------

  private serviceFailed(error: unknown): void {
    if (error instanceof Problem && error.status === 401) this.obstacle = "signed-out";
    else if (error instanceof Problem && error.status === 404) this.obstacle = "gone";
    if (this.obstacle !== "none") {
      this.interrupt();
      return;
    }
    this.patience.failed(error, this.world.clock.now());
  }

  private mayTalk(): boolean {
    return this.patience.mayTalk(this.world.clock.now());
  }

  private interrupt(): void {
    for (const abort of this.aborts.values()) abort.abort();
    this.speed.clear();
    this.notify();
  }

  /** Files that stumbled go on when their time has come; without a time, all of them now. */
  private makeDue(now = Number.POSITIVE_INFINITY): void {
    for (const item of this.setOf("waiting")) {
      if (item.dueAt <= now) this.move(item, "due");
    }
  }

  /** Only what would not call the pump by itself needs a time for it. */
  private planWakeUp(): void {
    const times = [...this.setOf("waiting")].map((item) => item.dueAt);
    if (this.count("sent") > 0) times.push(this.confirmedAt + CONFIRM_EVERY);
    if (this.count("sent") + this.count("hashed") > 0 && !this.mayTalk()) times.push(this.patience.dueAt);
    this.alarm.setFor(times);
  }

  // --- Moving items ------------------------------------------------------------------------------------------------

  private move(item: UploadItem, event: ItemEvent): void {
    this.items.move(item, event);
  }

  private settle(item: UploadItem, event: "here" | "arrived"): void {
    this.move(item, event);
    this.items.settled(item);
    void this.world.memory.forgetOpen(this.albumId, [item.key]);
  }

  private refuse(item: UploadItem, refusal: Refusal): void {
    item.refusal = refusal;
    this.items.forgetContent(item);
    this.move(item, "refused");
    this.items.settled(item);
  }

  private abortable(item: UploadItem): AbortController {
    const abort = new AbortController();
    this.aborts.set(item, abort);
    return abort;
  }

  private setOf(state: ItemState): Set<UploadItem> {
    return this.items.in(state);
  }

  private count(state: ItemState): number {
    return this.items.count(state);
  }

  // --- Telling the page --------------------------------------------------------------------------------------------

  private notify(): void {
    if (this.notifying) return;
    this.notifying = true;
    this.world.clock.after(NOTIFY_EVERY, () => {
      this.notifying = false;
      if (this.count("sending") > 0)
        this.speed.note(this.world.clock.now(), this.items.bytesGone + this.items.bytesSent);
      this.snapshot = this.makeSnapshot();
      for (const listener of this.listeners) listener();
    });
  }

  private makeSnapshot(): UploadSnapshot {
    const { isFailing } = this.patience;
    return snapshotOf(this.items, { obstacle: this.obstacle, isServiceFailing: isFailing, pace: this.speed.value });
  }
}
