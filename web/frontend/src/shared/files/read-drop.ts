import type { Chosen, PickedFile } from "./picked-file";

// Chromium's, not yet in TypeScript's own types.
declare global {
  interface DataTransferItem {
    getAsFileSystemHandle?: () => Promise<FileSystemHandle | null>;
  }
  interface Window {
    showDirectoryPicker?: (options?: { id?: string; mode?: "read" }) => Promise<FileSystemDirectoryHandle>;
  }
}

/**
 * Everything in a drop, folders and what is in them included.
 *
 * Handles are asked for first: they let an upload go on after a reload. The list of items is empty once the event is
 * over, so everything is asked of it before the first wait.
 */
export async function readDrop(transfer: DataTransfer): Promise<Chosen> {
  const items = Array.from(transfer.items).filter((item) => item.kind === "file");
  const reads = items.map((item) => {
    const handle = item.getAsFileSystemHandle?.();
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    return async (): Promise<{ files: PickedFile[]; folder: string | null }> => {
      const found = await handle?.catch(() => null);
      if (isDirectory(found)) return { files: await readDirectory(found), folder: found.name };
      if (isFile(found))
        return { files: [{ file: await found.getFile(), path: found.name, handle: found }], folder: null };
      if (entry?.isDirectory) {
        return { files: await readEntry(entry as FileSystemDirectoryEntry), folder: entry.name };
      }
      return { files: file ? [{ file, path: file.name }] : [], folder: null };
    };
  });
  const results = await Promise.all(reads.map((read) => read()));
  const folders = results.map((result) => result.folder).filter((name) => name !== null);
  return {
    files: results.flatMap((result) => result.files),
    folder: folders.length === 1 ? (folders[0] ?? null) : null,
  };
}

/** Everything in a folder of the File System Access API. */
export async function readDirectory(root: FileSystemDirectoryHandle): Promise<PickedFile[]> {
  const files: PickedFile[] = [];
  async function walk(directory: FileSystemDirectoryHandle, path: string): Promise<void> {
    for await (const handle of directory.values()) {
      const inner = `${path}/${handle.name}`;
      if (isDirectory(handle)) await walk(handle, inner);
      else if (isFile(handle)) files.push({ file: await handle.getFile(), path: inner, handle, root });
    }
  }
  await walk(root, root.name);
  return files;
}

function isDirectory(handle: FileSystemHandle | null | undefined): handle is FileSystemDirectoryHandle {
  return handle?.kind === "directory";
}

function isFile(handle: FileSystemHandle | null | undefined): handle is FileSystemFileHandle {
  return handle?.kind === "file";
}

/** The older way, which Firefox and Safari have. */
async function readEntry(root: FileSystemDirectoryEntry): Promise<PickedFile[]> {
  const files: PickedFile[] = [];
  async function walk(directory: FileSystemDirectoryEntry): Promise<void> {
    const reader = directory.createReader();
    // A reader gives a hundred entries at a time, and none when there are no more.
    for (;;) {
      const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
      if (entries.length === 0) return;
      for (const entry of entries) {
        if (entry.isDirectory) {
          await walk(entry as FileSystemDirectoryEntry);
        } else {
          const file = await new Promise<File>((resolve, reject) =>
            (entry as FileSystemFileEntry).file(resolve, reject),
          );
          files.push({ file, path: entry.fullPath.replace(/^\//, "") });
        }
      }
    }
  }
  await walk(root);
  return files;
}
