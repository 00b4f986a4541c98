import type { PickedFile } from "@/shared/files/picked-file";

import type { OpenRecord } from "./ports";

/** Chromium's, not yet in TypeScript's own types. */
interface Permitted {
  queryPermission?: (options: { mode: "read" }) => Promise<PermissionState>;
  requestPermission?: (options: { mode: "read" }) => Promise<PermissionState>;
}

/** What an earlier visit left: what can be opened right away, what after a click, and what must be chosen again. */
export interface Leftovers {
  ready: OpenRecord[];
  askable: OpenRecord[];
  lost: OpenRecord[];
}

/** Leave to read a folder is leave to read its files, so it is asked for once. */
function gate(record: OpenRecord): (FileSystemHandle & Permitted) | undefined {
  return record.root ?? record.handle;
}

export async function sortLeftovers(records: readonly OpenRecord[]): Promise<Leftovers> {
  const leftovers: Leftovers = { ready: [], askable: [], lost: [] };
  for (const record of records) {
    const state = record.handle ? await gate(record)?.queryPermission?.({ mode: "read" }) : undefined;
    if (state === "granted") leftovers.ready.push(record);
    else if (state === "prompt") leftovers.askable.push(record);
    else leftovers.lost.push(record);
  }
  return leftovers;
}

/** Ask for leave, which browsers grant only in answer to a click, and open what may be read. */
export async function reopen(records: readonly OpenRecord[]): Promise<PickedFile[]> {
  const asked = new Map<string, PermissionState>();
  const files: PickedFile[] = [];
  for (const record of records) {
    const { handle, root, path } = record;
    if (!handle) continue;
    const name = root?.name ?? path;
    const state = asked.get(name) ?? (await gate(record)?.requestPermission?.({ mode: "read" })) ?? "granted";
    asked.set(name, state);
    if (state !== "granted") continue;
    const file = await handle.getFile().catch(() => null);
    if (file) files.push({ file, path, handle, ...(root ? { root } : {}) });
  }
  return files;
}
