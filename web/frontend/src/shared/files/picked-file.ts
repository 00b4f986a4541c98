import { isPassedOver, type Limits, refusalOf, REFUSAL_KINDS, type RefusalKind } from "./file-rules";

/** A file that a person chose. */
export interface PickedFile {
  file: File;
  /** The path with its folders where the browser tells them, else the name. */
  path: string;
  /** Opens the file again after a reload, in browsers that support it. */
  handle?: FileSystemFileHandle;
  /** The folder that was chosen or dropped: permission to read it includes its files. */
  root?: FileSystemDirectoryHandle;
}

/** What a person chose, all of it. */
export interface Chosen {
  files: PickedFile[];
  /** The folder's name, where one was chosen. */
  folder: string | null;
}

/** The paths of what is not uploaded: files that the service would refuse, and what systems keep beside photos. */
export type LeftOut = Readonly<Record<RefusalKind | "passedOver", readonly string[]>>;

/** What of it is uploaded, and what is not. */
export interface Picked {
  files: PickedFile[];
  leftOut: LeftOut;
  folder: string | null;
}

const LEFT_OUT_KINDS = [...REFUSAL_KINDS, "passedOver"] as const;
const READ_AT_ONCE = 16;

function leftOutBy(pathsOf: (kind: RefusalKind | "passedOver") => readonly string[]): LeftOut {
  return Object.fromEntries(LEFT_OUT_KINDS.map((kind) => [kind, pathsOf(kind)])) as LeftOut;
}

export const NOTHING_LEFT_OUT: LeftOut = leftOutBy(() => []);

/** Tell what the service takes from what it does not, by name, size and first bytes. */
export async function sortOut({ files, folder }: Chosen, limits: Limits): Promise<Picked> {
  // Somebody who chooses a folder wants it, even a `#recycle`.
  const inside = (path: string) => (folder && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path);
  const reasons = new Array<keyof LeftOut | null>(files.length).fill(null);
  const entries = files.entries();
  async function read() {
    for (const [index, picked] of entries) {
      reasons[index] = isPassedOver(inside(picked.path)) ? "passedOver" : await refusalOf(picked, limits);
    }
  }
  // They share one iterator, so each takes the next file.
  await Promise.all(Array.from({ length: READ_AT_ONCE }, read));
  return {
    files: files.filter((_, index) => reasons[index] === null),
    leftOut: leftOutBy((kind) => files.filter((_, index) => reasons[index] === kind).map(({ path }) => path)),
    folder,
  };
}

export function joinLeftOut(one: LeftOut, other: LeftOut): LeftOut {
  return leftOutBy((kind) => [...new Set([...one[kind], ...other[kind]])]);
}

/** The files of an `<input type="file">`, of a folder or one by one. */
export function chosenByInput(list: FileList): Chosen {
  const files = Array.from(list, (file) => ({ file, path: file.webkitRelativePath || file.name }));
  const [first] = files;
  return { files, folder: first?.path.includes("/") ? (first.path.split("/")[0] ?? null) : null };
}

const MOST_FOLDER_CHARACTERS = 1024;

/** The folder of a file as it is announced: the innermost ones, if all together are too long. */
export function folderOf(path: string): string {
  const folders = path
    .split(/[/\\]/)
    .slice(0, -1)
    .filter((name) => name !== "" && name !== "." && name !== "..");
  while (folders.join("/").length > MOST_FOLDER_CHARACTERS) folders.shift();
  return folders.join("/");
}
