import type { PixelAnswer, PixelQuestion, PixelRequest } from "./pixel-worker";

/** Whether this browser can read pixels beside the page. */
export function canReadPixels(): boolean {
  return typeof Worker !== "undefined" && typeof OffscreenCanvas !== "undefined";
}

/** Asks about the pixels of pictures, in a worker, so that the page stays smooth. */
export class PixelReader {
  private readonly waiting = new Map<number, (answer: PixelAnswer) => void>();
  private worker: Worker | null = null;
  private lastId = 0;
  private last: { readonly url: string; readonly file: Promise<Blob> } | null = null;
  private timesClosed = 0;

  /** The answer, or null where the picture cannot be read, or the reader was closed meanwhile. */
  async ask(question: PixelQuestion): Promise<PixelAnswer | null> {
    const { timesClosed } = this;
    const file = await this.load(question.url).catch(() => null);
    // Nobody would end a worker that starts now.
    if (!file || timesClosed !== this.timesClosed) return null;
    const id = (this.lastId += 1);
    const worker = (this.worker ??= this.start());
    const answer = await new Promise<PixelAnswer>((resolve) => {
      this.waiting.set(id, resolve);
      worker.postMessage({ ...question, id, file } satisfies PixelRequest);
    });
    return "failed" in answer ? null : answer;
  }

  /** Frees the memory. Questions may be asked again. */
  close(): void {
    this.timesClosed += 1;
    this.worker?.terminate();
    this.last = null;
    this.fail();
  }

  private load(url: string): Promise<Blob> {
    if (this.last?.url !== url) {
      const asked = { url, file: read(url) };
      this.last = asked;
      asked.file.catch(() => {
        if (this.last === asked) this.last = null;
      });
    }
    return this.last.file;
  }

  private start(): Worker {
    const started = new Worker(new URL("./pixel-worker.ts", import.meta.url), { type: "module" });
    started.addEventListener("message", ({ data }: MessageEvent<PixelAnswer>) => {
      this.waiting.get(data.id)?.(data);
      this.waiting.delete(data.id);
    });
    started.addEventListener("error", () => this.fail());
    return started;
  }

  private fail() {
    this.worker = null;
    for (const [id, resolve] of this.waiting) resolve({ id, failed: true });
    this.waiting.clear();
  }
}

/**
 * What the browser keeps of a storage elsewhere may not be read, because it was asked for only to be shown. Asking for
 * everything in such a way that it may be would leave people without pictures where the storage refuses that.
 */
async function read(url: string): Promise<Blob> {
  const isElsewhere = new URL(url, location.href).origin !== location.origin;
  const response = await fetch(url, { cache: isElsewhere ? "no-store" : "default" });
  if (!response.ok) throw new Error(String(response.status));
  return response.blob();
}
