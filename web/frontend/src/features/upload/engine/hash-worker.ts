import { createSHA256 } from "hash-wasm";

/** One file to hash, and the answer. Cancelling is done by the number of the request. */
export type HashRequest = { id: number; file: File } | { cancel: number };
export type HashAnswer = { id: number; sha256: string } | { id: number; failed: true };

const SLICE = 4 * 1024 * 1024;

const cancelled = new Set<number>();
const hasher = createSHA256();
let last: Promise<void> = Promise.resolve();

async function hash(id: number, file: File): Promise<void> {
  try {
    const sha = await hasher;
    sha.init();
    // Slices, so that memory stays small whatever the size of the file.
    for (let start = 0; start < file.size; start += SLICE) {
      if (cancelled.delete(id)) return;
      sha.update(new Uint8Array(await file.slice(start, start + SLICE).arrayBuffer()));
    }
    postMessage({ id, sha256: sha.digest("hex") } satisfies HashAnswer);
  } catch {
    postMessage({ id, failed: true } satisfies HashAnswer);
  } finally {
    cancelled.delete(id);
  }
}

addEventListener("message", ({ data }: MessageEvent<HashRequest>) => {
  if ("cancel" in data) {
    cancelled.add(data.cancel);
    return;
  }
  // One state for all files: they take turns.
  last = last.then(() => hash(data.id, data.file));
});
