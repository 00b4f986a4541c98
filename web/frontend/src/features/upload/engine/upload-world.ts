import type { PickedFile } from "@/shared/files/picked-file";

import type { Clock, OpenRecord } from "./ports";
import { UploadQueue } from "./upload-queue";

/** A service, a storage and a disk in memory. What a test wants to go wrong, it puts into `fail`. */
export class World {
  readonly stored = new Map<string, number>();
  readonly confirmed = new Set<string>();
  readonly open = new Map<string, OpenRecord>();
  readonly hashes = new Map<string, string>();
  hashed: string[] = [];
  announced: string[] = [];
  sent: string[] = [];
  /** Files above this size are sent in parts. */
  inPartsAbove = Number.POSITIVE_INFINITY;
  /** What has arrived in parts: where each begins. A new size begins from the start. */
  readonly parts = new Map<string, { partBytes: number; starts: Set<number> }>();
  private readonly sizes = new Map<string, number>();
  sendingNow = 0;
  sendingMost = 0;
  fail: {
    send?: (body: Blob) => unknown;
    announce?: () => unknown;
    complete?: () => unknown;
    hash?: (name: string) => unknown;
    parts?: () => unknown;
  } = {};

  readonly clock: Clock = {
    now: () => Date.now(),
    after: (milliseconds, call) => {
      const timer = setTimeout(call, milliseconds);
      return () => clearTimeout(timer);
    },
  };

  readonly service = {
    announce: async (files: { name: string; folder?: string; sha256: string; size: number }[]) => {
      this.announced.push(...files.map(({ folder, name }) => `${folder ?? ""}/${name}`));
      await pause(5);
      throwIf(this.fail.announce?.());
      return files.map(({ sha256, size }) => {
        this.sizes.set(sha256, size);
        const here = this.confirmed.has(sha256);
        const presignedUpload = { url: sha256, method: "PUT", headers: {}, expires_in: 3600 };
        const upload = here ? null : presignedUpload;
        return { photo_id: sha256, state: "pending" as const, upload, in_parts: size > this.inPartsAbove, error: null };
      });
    },
    parts: async (id: string, partBytes: number) => {
      await pause(5);
      throwIf(this.fail.parts?.());
      const size = this.sizes.get(id) ?? 0;
      if (partBytes < (this.parts.get(id)?.partBytes ?? Number.POSITIVE_INFINITY))
        this.parts.set(id, { partBytes, starts: new Set() });
      const { starts } = this.parts.get(id) ?? { starts: new Set() };
      const parts = Array.from({ length: Math.ceil(size / partBytes) }, (_, index) => index * partBytes).map(
        (start) => ({
          start,
          size: Math.min(partBytes, size - start),
          upload: { url: `${id}@${start}`, method: "PUT", headers: {}, expires_in: 3600 },
        }),
      );
      const missing = parts.filter(({ start }) => !starts.has(start));
      if (missing.length === 0) this.stored.set(id, size);
      return { parts: missing.slice(0, 3), arrived_bytes: size - missing.reduce((sum, part) => sum + part.size, 0) };
    },
    complete: async (ids: string[]) => {
      await pause(5);
      throwIf(this.fail.complete?.());
      const uploaded = ids.filter((id) => this.stored.has(id));
      for (const id of uploaded) this.confirmed.add(id);
      return { uploaded, missing: ids.filter((id) => !this.stored.has(id)) };
    },
    countPending: () => Promise.resolve([...this.stored.keys()].filter((id) => !this.confirmed.has(id)).length),
  };

  readonly hasher = {
    hash: async (file: File) => {
      this.hashed.push(file.name);
      await pause(2);
      throwIf(this.fail.hash?.(file.name));
      return `sha-${contents.get(file) ?? ""}`;
    },
  };

  readonly transport = {
    send: async (
      file: Blob,
      presignedUpload: { url: string },
      onProgress: (bytes: number) => void,
      signal: AbortSignal,
    ) => {
      this.sendingNow += 1;
      this.sendingMost = Math.max(this.sendingMost, this.sendingNow);
      try {
        onProgress(file.size / 2);
        await pause(50);
        signal.throwIfAborted();
        throwIf(this.fail.send?.(file));
        const [id, start] = presignedUpload.url.split("@") as [string, string?];
        this.sent.push(file instanceof File ? file.name : `${start}+${file.size}`);
        if (start === undefined) this.stored.set(id, file.size);
        else this.parts.get(id)?.starts.add(Number(start));
      } finally {
        this.sendingNow -= 1;
      }
    },
  };

  readonly memory = {
    hashOf: ({ path }: PickedFile) => Promise.resolve(this.hashes.get(path) ?? null),
    keepHash: ({ path }: PickedFile, sha256: string) => Promise.resolve(void this.hashes.set(path, sha256)),
    keepOpen: (records: OpenRecord[]) => {
      for (const record of records) this.open.set(record.key, record);
      return Promise.resolve();
    },
    forgetOpen: (_album: string, keys: string[]) => {
      for (const key of keys) this.open.delete(key);
      return Promise.resolve();
    },
  };

  queue(): UploadQueue {
    return new UploadQueue("album", this);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function throwIf(error: unknown): void {
  if (error instanceof Error) throw error;
}

/** jsdom's files do not give their content back. */
const contents = new WeakMap<File, string>();

export function picked(path: string, content = path): PickedFile {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const file = new File([content], name, { lastModified: 1, type: "image/jpeg" });
  contents.set(file, content);
  return { file, path };
}

export function some(count: number): PickedFile[] {
  return Array.from({ length: count }, (_, index) => picked(`${index}.jpg`));
}

/** Fails `count` times, then no more. */
export function times(count: number, error: Error) {
  let left = count;
  return () => (left-- > 0 ? error : undefined);
}
