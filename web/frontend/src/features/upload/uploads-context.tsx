import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from "react";

import { onSessionBack } from "@/shared/api/session-over";

import { uploadServiceOf } from "./api/upload-service";
import { databaseMemory, pruneHashes } from "./engine/database-memory";
import { SETTLED } from "./engine/item-state";
import type { Clock } from "./engine/ports";
import { UploadQueue } from "./engine/upload-queue";
import type { UploadSnapshot } from "./engine/upload-snapshot";
import { createWorkerHasher } from "./engine/worker-hasher";
import { xhrTransport } from "./engine/xhr-transport";

const clock: Clock = {
  now: () => performance.now(),
  after: (milliseconds, call) => {
    const timer = window.setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** The uploads of this tab. They go on while other pages are looked at. */
class Uploads {
  private readonly queues = new Map<string, UploadQueue>();
  private readonly listeners = new Set<() => void>();
  private readonly hasher = createWorkerHasher();
  private active: ActiveUpload | null = null;

  queueOf(albumId: string): UploadQueue {
    let queue = this.queues.get(albumId);
    if (!queue) {
      queue = new UploadQueue(albumId, {
        service: uploadServiceOf(albumId),
        hasher: this.hasher,
        transport: xhrTransport,
        memory: databaseMemory,
        clock,
      });
      queue.subscribe(() => this.changed());
      this.queues.set(albumId, queue);
    }
    return queue;
  }

  each(call: (queue: UploadQueue) => void): void {
    this.queues.forEach(call);
  }

  get isBusy(): boolean {
    return [...this.queues.values()].some((queue) => isUnfinished(queue.getSnapshot()));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  readonly getActive = (): ActiveUpload | null => this.active;

  private changed(): void {
    const running = [...this.queues.values()].find((queue) => isUnfinished(queue.getSnapshot()));
    const fraction = running ? Math.floor(running.getSnapshot().fraction * 100) / 100 : 0;
    if (running?.albumId === this.active?.albumId && fraction === (this.active?.fraction ?? 0)) return;
    this.active = running ? { albumId: running.albumId, fraction } : null;
    for (const listener of this.listeners) listener();
  }
}

interface ActiveUpload {
  albumId: string;
  fraction: number;
}

function isUnfinished(snapshot: UploadSnapshot): boolean {
  return snapshot.settled < snapshot.total && snapshot.obstacle !== "gone";
}

const UploadsContext = createContext<Uploads | null>(null);

export function UploadsProvider({ children }: { children: ReactNode }) {
  const [uploads] = useState(() => new Uploads());

  useEffect(() => {
    const online = () => uploads.each((queue) => queue.obstacleMayBeGone("offline"));
    const offline = () => uploads.each((queue) => queue.connectionWentAway());
    const leave = (event: BeforeUnloadEvent) => {
      if (uploads.isBusy) event.preventDefault();
    };
    const stopListening = onSessionBack(() => uploads.each((queue) => queue.obstacleMayBeGone("signed-out")));
    addEventListener("online", online);
    addEventListener("offline", offline);
    addEventListener("beforeunload", leave);
    void pruneHashes();
    return () => {
      stopListening();
      removeEventListener("online", online);
      removeEventListener("offline", offline);
      removeEventListener("beforeunload", leave);
    };
  }, [uploads]);

  return <UploadsContext value={uploads}>{children}</UploadsContext>;
}

function useUploads(): Uploads {
  const uploads = useContext(UploadsContext);
  if (!uploads) throw new Error("There is no UploadsProvider above.");
  return uploads;
}

/** The queue of an album, made when it is first asked for. */
export function useUploadQueue(albumId: string): UploadQueue {
  const uploads = useUploads();
  return useMemo(() => uploads.queueOf(albumId), [uploads, albumId]);
}

/** For pages that start an upload of an album that did not exist a moment ago. */
export function useQueueOf(): (albumId: string) => UploadQueue {
  const uploads = useUploads();
  return (albumId) => uploads.queueOf(albumId);
}

export function useUploadSnapshot(queue: UploadQueue): UploadSnapshot {
  return useSyncExternalStore(queue.subscribe, queue.getSnapshot);
}

/** The upload that runs, for the header; null when none does. */
export function useActiveUpload(): ActiveUpload | null {
  const uploads = useUploads();
  return useSyncExternalStore(uploads.subscribe, uploads.getActive);
}

/** Whether this tab sends photos to the album, for pages that need not know more. */
export function useIsUploading(albumId: string): boolean {
  const queue = useUploadQueue(albumId);
  return useSyncExternalStore(queue.subscribe, () => isUnfinished(queue.getSnapshot()));
}

/** How many files this tab still has for the album. */
export interface Sending {
  /** Neither there nor given up. */
  readonly left: number;
  /** Of those, how many the service does not know of yet. */
  readonly unknown: number;
}

export function useSending(albumId: string): Sending {
  const snapshot = useUploadSnapshot(useUploadQueue(albumId));
  if (!isUnfinished(snapshot)) return { left: 0, unknown: 0 };
  const unknown = snapshot.items.filter(({ state, photoId }) => photoId === null && !SETTLED.has(state)).length;
  return { left: snapshot.total - snapshot.settled, unknown };
}
