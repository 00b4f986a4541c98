import type { HashAnswer, HashRequest } from "./hash-worker";
import { FileUnreadable, type Hasher } from "./ports";

interface Waiting {
  resolve: (sha256: string) => void;
  reject: (error: unknown) => void;
}

/** Hashes in a worker, so that the page stays smooth; crypto.subtle would want each file whole in memory. */
export function createWorkerHasher(): Hasher {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let lastId = 0;

  function start(): Worker {
    const started = new Worker(new URL("./hash-worker.ts", import.meta.url), { type: "module" });
    started.addEventListener("message", ({ data }: MessageEvent<HashAnswer>) => {
      const asked = waiting.get(data.id);
      waiting.delete(data.id);
      if ("failed" in data) asked?.reject(new FileUnreadable("read"));
      else asked?.resolve(data.sha256);
    });
    started.addEventListener("error", (event) => {
      for (const asked of waiting.values()) asked.reject(new Error(event.message));
      waiting.clear();
      worker = null;
    });
    return started;
  }

  return {
    hash: (file, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const id = (lastId += 1);
        worker ??= start();
        const to = worker;
        waiting.set(id, { resolve, reject });
        to.postMessage({ id, file } satisfies HashRequest);
        signal.addEventListener("abort", () => {
          if (!waiting.delete(id)) return;
          to.postMessage({ cancel: id } satisfies HashRequest);
          reject(new DOMException("The hashing was called off.", "AbortError"));
        });
      }),
  };
}
