import { Problem } from "@/shared/api/problem";
import type { UploadSlot } from "@/shared/api/schema-types";
import type { PickedFile } from "@/shared/files/picked-file";

import { backOff } from "./back-off";
import { type ItemEvent, type ItemState, SETTLED } from "./item-state";
import {
  type Clock,
  FileUnreadable,
  type Hasher,
  type Memory,
  SendRefused,
  type Transport,
  type UploadService,
} from "./ports";
import { Speed } from "./speed";
import { keyOf, UploadItem } from "./upload-item";

export const SENDS_AT_ONCE = 5;
const HASHES_AT_ONCE = 2;
const ANNOUNCED_AT_ONCE = 100;
const CONFIRMED_AT_ONCE = 50;
/** Hashing runs so many files ahead of the sending: more, and tickets would grow old. */
const AHEAD = 300;
/** Photos that arrived are confirmed at least so often, so that their analysis begins while the upload runs. */
const CONFIRM_EVERY = 1_500;
const NOTIFY_EVERY = 200;
/** A storage that keeps answering with errors has so many chances for one file. */
const MOST_SERVER_ERRORS = 8;
/** A ticket is not used in its last tenth. */
const TICKET_SHARE = 0.9;

/** What keeps the queue from going on: nothing, the person, the network, the session, or that the album is gone. */
export type Obstacle = "none" | "paused" | "offline" | "signed-out" | "gone" | "storage";

export interface UploadSnapshot {
  obstacle: Obstacle;
  counts: Readonly<Record<ItemState, number>>;
  total: number;
  /** Done, skipped or failed. */
  settled: number;
  isFinished: boolean;
  /** From 0 to 1, by bytes. */
  fraction: number;
  bytesTotal: number;
  bytesDone: number;
  /** Bytes a second, null while unknown. */
  speed: number | null;
  secondsLeft: number | null;
  items: readonly UploadItem[];
}

interface World {
  service: UploadService;
  hasher: Hasher;
  transport: Transport;
  memory: Memory;
  clock: Clock;
}

const STATES: ItemState[] = [
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

/**
 * Sends the files of one album: hashes, announces, sends and confirms them, several at a time, and starts whatever can
 * be started whenever something has ended. Nothing in it knows of a page.
 */
export class UploadQueue {
  private readonly items = new Map<string, UploadItem>();
  private readonly byState = new Map<ItemState, Set<UploadItem>>(STATES.map((state) => [state, new Set()]));
  /** The first file with each content: its twins need not be sent. */
  private readonly byContent = new Map<string, UploadItem>();
  private readonly aborts = new Map<UploadItem, AbortController>();
  private readonly listeners = new Set<() => void>();
  private readonly speed = new Speed();
  private obstacle: Obstacle = "none";
  private bytesTotal = 0;
  private bytesSettled = 0;
  private bytesSent = 0;
  private talking = { announce: false, complete: false };
  private serviceFailures = 0;
  private serviceDueAt = 0;
  private confirmedAt = 0;
  private leftovers: boolean | null = null;
  private wakeUp: { at: number; callOff: () => void } | null = null;
  private notifying = false;
  private snapshot: UploadSnapshot;

  constructor(
    readonly albumId: string,
    private readonly world: World,
  ) {
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
    const added: UploadItem[] = [];
    for (const picked of files) {
      const key = keyOf(picked);
      if (this.items.has(key)) continue;
      const item = new UploadItem(key, picked);
      this.items.set(key, item);
      this.setOf("queued").add(item);
      this.bytesTotal += item.size;
      added.push(item);
    }
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
    this.serviceFailures = 0;
    this.serviceDueAt = 0;
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
      this.bytesSettled -= item.size;
      item.failures = 0;
      item.refusal = null;
      item.sha256 = null;
      item.maybeArrived = true;
      this.move(item, "retry");
    }
    this.pump();
  }

  /** Stop for good and let go of everything. */
  stop(): void {
    this.obstacle = "gone";
    this.interrupt();
    this.wakeUp?.callOff();
    this.wakeUp = null;
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
    const twin = this.byContent.get(sha256);
    if (twin && twin !== item && twin.state !== "failed") {
      this.settle(item, "here");
      return;
    }
    this.byContent.set(sha256, item);
    this.move(item, "hashed");
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
      const slots = await this.world.service.announce(batch.map(asUploadFile));
      this.serviceFailures = 0;
      batch.forEach((item, index) => this.takeSlot(item, slots[index]));
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

  private takeSlot(item: UploadItem, slot: UploadSlot | undefined): void {
    if (item.state !== "hashed" || !slot) return;
    if (slot.error) {
      this.refuse(item, slot.error);
      return;
    }
    item.photoId = slot.photo_id;
    if (!slot.ticket) {
      this.settle(item, "here");
      return;
    }
    item.ticket = slot.ticket;
    item.ticketEnds = this.world.clock.now() + slot.ticket.expires_in * 1000 * TICKET_SHARE;
    this.move(item, "ticket");
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
      if (item.ticketEnds <= this.world.clock.now()) {
        this.move(item, "expired");
        continue;
      }
      this.move(item, "send");
      void this.send(item);
    }
  }

  private async send(item: UploadItem): Promise<void> {
    const { ticket, picked } = item;
    if (!ticket) return;
    const abort = this.abortable(item);
    const progress = (bytes: number) => {
      if (item.state !== "sending") return;
      this.bytesSent += bytes - item.sentBytes;
      item.sentBytes = bytes;
      this.notify();
    };
    try {
      await this.world.transport.send(picked.file, ticket, progress, abort.signal);
      progress(item.size);
      this.move(item, "sent");
    } catch (error) {
      this.bytesSent -= item.sentBytes;
      item.sentBytes = 0;
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
    const status = error instanceof SendRefused ? error.status : 0;
    if (error instanceof FileUnreadable) {
      this.refuse(item, { code: "unreadable", message: "" });
    } else if (status === 403 && item.failures < MOST_SERVER_ERRORS) {
      this.move(item, "expired");
    } else if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
      this.refuse(item, { code: "not_accepted", message: String(status) });
    } else if (status >= 400 && item.failures >= MOST_SERVER_ERRORS) {
      this.refuse(item, { code: "storage", message: String(status) });
    } else {
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
      this.serviceFailures = 0;
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
    this.bytesSent -= item.sentBytes;
    item.sentBytes = 0;
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
    this.serviceFailures += 1;
    const wait = error instanceof Problem && error.retryAfter ? error.retryAfter * 1000 : backOff(this.serviceFailures);
    this.serviceDueAt = this.world.clock.now() + wait;
  }

  private mayTalk(): boolean {
    return this.world.clock.now() >= this.serviceDueAt;
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

  private planWakeUp(): void {
    const now = this.world.clock.now();
    const times = [...this.setOf("waiting")].map((item) => item.dueAt);
    if (this.count("sent") > 0) times.push(this.confirmedAt + CONFIRM_EVERY);
    if (this.count("sent") + this.count("hashed") > 0 && !this.mayTalk()) times.push(this.serviceDueAt);
    // Only while something runs that will not call the pump by itself; 50 ms keeps it from running hot.
    const at = Math.max(now + 50, Math.min(...times));
    if (!Number.isFinite(at) || (this.wakeUp && this.wakeUp.at <= at && this.wakeUp.at > now)) return;
    this.wakeUp?.callOff();
    const callOff = this.world.clock.after(at - now, () => {
      this.wakeUp = null;
      this.pump();
    });
    this.wakeUp = { at, callOff };
  }

  // --- Moving items ------------------------------------------------------------------------------------------------

  private move(item: UploadItem, event: ItemEvent): void {
    this.setOf(item.state).delete(item);
    item.on(event);
    this.setOf(item.state).add(item);
  }

  private settle(item: UploadItem, event: "here" | "arrived"): void {
    this.move(item, event);
    this.hasSettled(item);
    void this.world.memory.forgetOpen(this.albumId, [item.key]);
  }

  private refuse(item: UploadItem, refusal: { code: string; message: string }): void {
    item.refusal = refusal;
    if (item.sha256 && this.byContent.get(item.sha256) === item) this.byContent.delete(item.sha256);
    this.move(item, "refused");
    this.hasSettled(item);
  }

  private hasSettled(item: UploadItem): void {
    // A file that was sent counts by its settling from now on.
    this.bytesSettled += item.size;
    this.bytesSent -= item.sentBytes;
    this.bytesGone += item.sentBytes;
    item.sentBytes = 0;
    item.ticket = null;
  }

  private bytesGone = 0;

  private abortable(item: UploadItem): AbortController {
    const abort = new AbortController();
    this.aborts.set(item, abort);
    return abort;
  }

  private setOf(state: ItemState): Set<UploadItem> {
    const set = this.byState.get(state);
    if (!set) throw new Error(`There is no state ${state}.`);
    return set;
  }

  private count(state: ItemState): number {
    return this.setOf(state).size;
  }

  // --- Telling the page --------------------------------------------------------------------------------------------

  private notify(): void {
    if (this.notifying) return;
    this.notifying = true;
    this.world.clock.after(NOTIFY_EVERY, () => {
      this.notifying = false;
      if (this.count("sending") > 0) this.speed.note(this.world.clock.now(), this.bytesGone + this.bytesSent);
      this.snapshot = this.makeSnapshot();
      for (const listener of this.listeners) listener();
    });
  }

  private makeSnapshot(): UploadSnapshot {
    const counts = Object.fromEntries(STATES.map((state) => [state, this.count(state)])) as Record<ItemState, number>;
    const settled = [...SETTLED].reduce((sum, state) => sum + counts[state], 0);
    const bytesDone = this.bytesSettled + this.bytesSent;
    const isFinished = settled === this.items.size && this.items.size > 0;
    const speed = this.count("sending") > 0 ? this.speed.value : null;
    const isStuck = this.serviceFailures > 1 || (counts.waiting > 0 && counts.sending + counts.ready === 0);
    return {
      obstacle: this.obstacle === "none" && isStuck ? "storage" : this.obstacle,
      counts,
      total: this.items.size,
      settled,
      isFinished,
      fraction: isFinished ? 1 : this.bytesTotal ? Math.min(0.999, bytesDone / this.bytesTotal) : 0,
      bytesTotal: this.bytesTotal,
      bytesDone,
      speed,
      secondsLeft: speed ? (this.bytesTotal - bytesDone) / speed : null,
      items: [...this.items.values()],
    };
  }
}

function asUploadFile(item: UploadItem) {
  const { file } = item.picked;
  return {
    name: file.name,
    size: file.size,
    sha256: item.sha256 ?? "",
    type: file.type || "application/octet-stream",
    modified: new Date(file.lastModified).toISOString(),
  };
}
