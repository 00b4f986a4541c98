import { CHROMIUM_LIMITS, OTHER_LIMITS, type ShareFile, type ShareLimits } from "./share-files";
import type { SharePorts } from "./share-run";

/** Whether this browser hands files to other apps. Only pages with https may. */
export function canShareFiles(): boolean {
  const probe = new File([new Uint8Array(1)], "photo.jpg", { type: "image/jpeg" });
  return typeof navigator.canShare === "function" && navigator.canShare({ files: [probe] });
}

export function shareLimits(): ShareLimits {
  return "userAgentData" in navigator ? CHROMIUM_LIMITS : OTHER_LIMITS;
}

export async function fetchFile(file: ShareFile, signal: AbortSignal): Promise<File | null> {
  // Not from the cache: what a picture of the page left there may not be read.
  const response = await fetch(file.url, { signal, cache: "no-store" });
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`Status ${response.status}`);
  const blob = await response.blob();
  if (file.size !== null && blob.size !== file.size) throw new Error("The file is cut off.");
  return new File([blob], file.name, { type: file.type });
}

export const BROWSER_PORTS: SharePorts = {
  fetchFile,
  share: (files) => navigator.share({ files }),
  isOnline: () => navigator.onLine,
};
