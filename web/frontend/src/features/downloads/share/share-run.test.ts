import { describe, expect, it, vi } from "vitest";

import type { ShareFile, ShareLimits } from "./share-files";
import { type SharePorts, ShareRun } from "./share-run";

const LIMITS: ShareLimits = { files: 3, bytes: 100, endings: null };

function filesOf(...sizes: (number | null)[]): ShareFile[] {
  return sizes.map((size, index) => ({
    id: `p${index + 1}`,
    name: `${index + 1}.jpg`,
    url: `/${index + 1}`,
    type: "image/jpeg",
    size,
  }));
}

function named(name: string): Error {
  return new DOMException("said by the browser", name);
}

function run(files: readonly ShareFile[], ports: Partial<SharePorts> = {}) {
  const sheets: string[][] = [];
  const fetchFile = vi.fn((file: ShareFile): Promise<File | null> => {
    return Promise.resolve(new File([new Uint8Array(file.size ?? 60)], file.name));
  });
  const share = (shared: File[]) => {
    sheets.push(shared.map(({ name }) => name));
    return Promise.resolve();
  };
  return { sheets, fetchFile, it: new ShareRun(files, LIMITS, { fetchFile, share, isOnline: () => true, ...ports }) };
}

describe("sharing", () => {
  it("hands over as many files at once as the phone takes, one sheet for each tap", async () => {
    const { it: sharing, sheets, fetchFile } = run(filesOf(10, 10, 10, 10));
    await sharing.start();
    expect(sheets).toEqual([["1.jpg", "2.jpg", "3.jpg"]]);
    expect(sharing.snapshot()).toMatchObject({ phase: "ready", handed: 3, next: 1, total: 4 });
    await sharing.share();
    expect(sharing.snapshot()).toMatchObject({ phase: "done", handed: 4 });
    expect(fetchFile).toHaveBeenCalledTimes(4);
  });

  it("hands over fewer where they are large, also where that is known only when they are here", async () => {
    const known = run(filesOf(60, 60, 10));
    await known.it.start();
    expect(known.sheets).toEqual([["1.jpg"]]);
    expect(known.fetchFile).toHaveBeenCalledTimes(3);
    const copies = run(filesOf(null, null));
    await copies.it.start();
    await copies.it.share();
    expect(copies.sheets).toEqual([["1.jpg"], ["2.jpg"]]);
    expect(copies.fetchFile).toHaveBeenCalledTimes(2);
  });

  it("waits for a tap when the first one was too long ago, and hands over nothing twice", async () => {
    const share = vi.fn().mockRejectedValueOnce(named("NotAllowedError")).mockResolvedValue(undefined);
    const { it: sharing } = run(filesOf(10, 10), { share });
    await sharing.start();
    expect(sharing.snapshot()).toMatchObject({ phase: "ready", handed: 0, next: 2 });
    await sharing.share();
    expect(sharing.snapshot()).toMatchObject({ phase: "done", handed: 2 });
  });

  it("stays at the same files when the sheet is closed", async () => {
    const share = vi.fn().mockRejectedValueOnce(named("AbortError")).mockResolvedValue(undefined);
    const { it: sharing, fetchFile } = run(filesOf(10, 10), { share });
    await sharing.start();
    expect(sharing.snapshot()).toMatchObject({ phase: "cancelled", handed: 0, next: 2 });
    await sharing.share();
    expect(sharing.snapshot()).toMatchObject({ phase: "done", handed: 2 });
    expect(fetchFile).toHaveBeenCalledTimes(2);
  });

  it("says that the browser refuses files, which can be passed over", async () => {
    const share = vi
      .fn()
      .mockRejectedValueOnce(named("NotAllowedError"))
      .mockRejectedValueOnce(named("NotAllowedError"));
    const { it: sharing } = run(filesOf(10, 10, 10, 10), { share });
    await sharing.start();
    await sharing.share();
    expect(sharing.snapshot()).toMatchObject({ phase: "refused", handed: 0 });
    await sharing.skip();
    expect(sharing.snapshot()).toMatchObject({ phase: "ready", handed: 0, skipped: 3, next: 1 });
  });

  it("goes on where the connection broke", async () => {
    let isOnline = true;
    const { it: sharing, fetchFile, sheets } = run(filesOf(10, 10, 10), { isOnline: () => isOnline });
    fetchFile.mockResolvedValueOnce(new File(["x"], "1.jpg")).mockImplementationOnce(() => {
      isOnline = false;
      return Promise.reject(new TypeError("Failed to fetch"));
    });
    await sharing.start();
    expect(sharing.snapshot()).toMatchObject({ phase: "offline", fetched: 1, name: "2.jpg" });
    isOnline = true;
    await sharing.get();
    await sharing.share();
    expect(sheets).toEqual([["1.jpg", "2.jpg", "3.jpg"]]);
    expect(fetchFile).toHaveBeenCalledTimes(4);
  });

  it("passes over a file that can never be fetched, and keeps those before it", async () => {
    const { it: sharing, fetchFile, sheets } = run(filesOf(10, 10, 10));
    fetchFile.mockResolvedValueOnce(new File(["x"], "1.jpg")).mockRejectedValueOnce(new Error("Status 500"));
    await sharing.start();
    expect(sharing.snapshot()).toMatchObject({ phase: "notFetched", name: "2.jpg" });
    await sharing.skip();
    await sharing.share();
    expect(sheets).toEqual([["1.jpg", "3.jpg"]]);
    expect(sharing.snapshot()).toMatchObject({ phase: "done", handed: 2, skipped: 1 });
  });

  it("leaves out what was deleted in the meantime, and says so", async () => {
    const { it: sharing, fetchFile, sheets } = run(filesOf(10, 10, 10, 10));
    fetchFile.mockResolvedValueOnce(null);
    await sharing.start();
    expect(sheets).toEqual([["2.jpg", "3.jpg", "4.jpg"]]);
    expect(sharing.snapshot()).toMatchObject({ phase: "done", handed: 3, skipped: 1, total: 4 });
  });

  it("stops fetching and says nothing more", async () => {
    const { it: sharing, fetchFile, sheets } = run(filesOf(10, 10));
    fetchFile.mockImplementationOnce(() => {
      sharing.stop();
      return Promise.reject(named("AbortError"));
    });
    await sharing.start();
    expect(sharing.snapshot().phase).toBe("getting");
    expect(sheets).toEqual([]);
    expect(fetchFile).toHaveBeenCalledTimes(1);
  });
});
