import { type ShareFile, type ShareLimits, withoutSameNames } from "./share-files";

export type SharePhase =
  /** Files are being fetched. */
  | "getting"
  /** They are here and wait for a tap: browsers share only right after one. */
  | "ready"
  /** The share sheet is open. */
  | "sharing"
  /** The share sheet was closed without a choice. */
  | "cancelled"
  | "offline"
  | "notFetched"
  /** The browser does not take these files. */
  | "refused"
  | "done";

export interface ShareState {
  readonly phase: SharePhase;
  readonly total: number;
  /** Given to the share sheet so far. Whether a receiver kept them, no page can know. */
  readonly handed: number;
  /** Deleted in the meantime, or passed over by the person. */
  readonly skipped: number;
  /** Fetched for the next sheet. */
  readonly fetched: number;
  /** How many the next sheet gets; known exactly when they are here. */
  readonly next: number;
  /** The file that could not be fetched. */
  readonly name: string;
}

export interface SharePorts {
  /** Fetch a file, or null if it is no longer there. */
  readonly fetchFile: (file: ShareFile, signal: AbortSignal) => Promise<File | null>;
  readonly share: (files: File[]) => Promise<void>;
  readonly isOnline: () => boolean;
}

/** Hands files to the phone, as many at once as it takes. Only the files of one sheet are in memory. */
export class ShareRun {
  private state: ShareState;
  private queue: readonly ShareFile[];
  private readonly fetched = new Map<string, File>();
  private readonly listeners = new Set<() => void>();
  private readonly stopping = new AbortController();

  constructor(
    files: readonly ShareFile[],
    private readonly limits: ShareLimits,
    private readonly ports: SharePorts,
  ) {
    this.queue = files;
    const next = Math.min(files.length, limits.files);
    this.state = { phase: "getting", total: files.length, handed: 0, skipped: 0, fetched: 0, next, name: "" };
  }

  readonly snapshot = (): ShareState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The first files, and the share sheet at once if the tap that started this still counts. */
  async start(): Promise<void> {
    await this.get();
    if (this.state.phase === "ready") await this.share(false);
  }

  /** After a failure: go on where it stopped. */
  async get(): Promise<void> {
    this.set({ phase: "getting", name: "" });
    let bytes = 0;
    let count = 0;
    while (count < this.queue.length && count < this.limits.files) {
      const wanted = this.queue[count];
      if (!wanted || (count > 0 && bytes + (wanted.size ?? 0) > this.limits.bytes)) break;
      const file = await this.fileOf(wanted);
      if (file === undefined) return;
      if (file === null) {
        this.drop(1, count);
        continue;
      }
      bytes += file.size;
      // A copy that was larger than there is room waits for the next sheet.
      if (count > 0 && bytes > this.limits.bytes) break;
      count += 1;
      this.set({ fetched: count, next: Math.min(this.queue.length, this.limits.files) });
    }
    this.set({ phase: count > 0 ? "ready" : "done", fetched: count, next: count });
  }

  /** Open the share sheet. `isTapped` is false when no tap came right before it. */
  async share(isTapped = true): Promise<void> {
    const files = this.queue.slice(0, this.state.next).flatMap(({ id }) => this.fetched.get(id) ?? []);
    this.set({ phase: "sharing" });
    try {
      await this.ports.share(withoutSameNames(files));
    } catch (error) {
      const { name } = error as DOMException;
      if (name === "AbortError") this.set({ phase: "cancelled" });
      else this.set({ phase: !isTapped && name === "NotAllowedError" ? "ready" : "refused" });
      return;
    }
    this.set({ handed: this.state.handed + this.state.next });
    this.take(this.state.next);
    await this.get();
  }

  /** Pass over the file that could not be fetched, or the files that the browser refuses. */
  async skip(): Promise<void> {
    const { phase, fetched } = this.state;
    if (phase === "refused") this.drop(fetched, 0);
    else this.drop(1, fetched);
    await this.get();
  }

  stop(): void {
    this.stopping.abort();
    this.fetched.clear();
  }

  /** The file; null if it is gone, undefined if it could not be fetched. */
  private async fileOf(wanted: ShareFile): Promise<File | null | undefined> {
    const here = this.fetched.get(wanted.id);
    if (here) return here;
    const { signal } = this.stopping;
    try {
      const file = await this.ports.fetchFile(wanted, signal);
      if (signal.aborted) return undefined;
      if (file) this.fetched.set(wanted.id, file);
      return file;
    } catch {
      if (!signal.aborted) this.set({ phase: this.ports.isOnline() ? "notFetched" : "offline", name: wanted.name });
      return undefined;
    }
  }

  private drop(count: number, at: number) {
    this.set({ skipped: this.state.skipped + Math.min(count, this.queue.length - at) });
    this.take(count, at);
  }

  private take(count: number, at = 0) {
    for (const { id } of this.queue.slice(at, at + count)) this.fetched.delete(id);
    this.queue = [...this.queue.slice(0, at), ...this.queue.slice(at + count)];
    this.set({ fetched: at, next: Math.min(this.queue.length, this.limits.files) });
  }

  private set(change: Partial<ShareState>) {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
