import type { PickedFile } from "@/shared/files/picked-file";

import type { OpenRecord } from "./ports";

/** Chromium's, not yet in TypeScript's own types. */
interface Permitted {
  queryPermission?: (options: { mode: "read" }) => Promise<PermissionState>;
  requestPermission?: (options: { mode: "read" }) => Promise<PermissionState>;
}

/** Files left by an earlier visit: some can be opened at once, some after a click, some must be chosen again. */
export interface Leftovers {
  ready: OpenRecord[];
  askable: OpenRecord[];
  lost: OpenRecord[];
}

/** Permission to read a folder includes its files, so ask for the folder only once. */
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

/** Ask for permission, which browsers grant only after a click, and open the files. */
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
