import type { PresignedUpload } from "@/shared/api/schema-types";

import { SendRefused } from "./ports";
import { REQUEST_SIZES } from "./request-sizes";
import type { UploadItem } from "./upload-item";
import type { UploadRun } from "./upload-run";

type Progress = (bytes: number) => void;

/** Send a file: in one request, or in parts if it is large or if requests of its size do not get through. */
export async function sendFile(run: UploadRun, item: UploadItem, onProgress: Progress, signal: AbortSignal) {
  const { presignedUpload, photoId } = item;
  if (!presignedUpload || photoId === null) throw new Error("The file was not announced.");
  if (item.inParts || item.size > run.mostBytes) await sendParts(run, item, photoId, onProgress, signal);
  else await sendRequest(run, item, item.picked.file, presignedUpload, onProgress, signal);
}

/** Send the parts that have not arrived, until the service misses none. */
async function sendParts(
  run: UploadRun,
  item: UploadItem,
  photoId: string,
  onProgress: Progress,
  signal: AbortSignal,
): Promise<void> {
  let before = -1;
  for (;;) {
    const mostBytes = Math.min(run.mostBytes, REQUEST_SIZES[0]);
    const { parts, arrived_bytes: arrived } = await run.world.service.parts(photoId, mostBytes);
    const [first] = parts;
    if (!first) return;
    // What was sent did not stay there.
    if (arrived <= before) throw new SendRefused(503);
    // Eight failures of a file end its upload, but not eight of a long one that goes on.
    if (arrived > item.arrivedBytes) item.failures = 0;
    item.arrivedBytes = arrived;
    if (arrived > 0) run.passedBytes = Math.max(run.passedBytes, first.size);
    before = arrived;
    item.keptBytes = arrived;
    for (const { start, size, upload } of parts) {
      const sent = item.keptBytes;
      const progress = (bytes: number) => onProgress(sent + bytes);
      progress(0);
      await sendRequest(run, item, item.picked.file.slice(start, start + size), upload, progress, signal);
      item.keptBytes = sent + size;
    }
  }
}

async function sendRequest(
  run: UploadRun,
  item: UploadItem,
  body: Blob,
  presignedUpload: PresignedUpload,
  onProgress: Progress,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  item.requestBytes = body.size;
  await run.world.transport.send(body, presignedUpload, onProgress, signal);
  run.passedBytes = Math.max(run.passedBytes, body.size);
}
