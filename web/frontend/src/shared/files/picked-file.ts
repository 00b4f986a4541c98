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

/** What is not uploaded, because the service would refuse it. */
export type LeftOutKind = "film" | "other";

/** The paths of the files that are left out. */
export type LeftOut = Readonly<Record<LeftOutKind, readonly string[]>>;

export interface Picked {
  photos: PickedFile[];
  leftOut: LeftOut;
  /** The folder's name, where one was chosen. */
  folder: string | null;
}

export const NOTHING_LEFT_OUT: LeftOut = { film: [], other: [] };

const endings = (text: string) => new Set(text.split(" "));
const PHOTO = endings("jpg jpeg jpe jfif png webp heic heif hif avif jxl tif tiff bmp gif jp2 mpo");
/** What cameras write beside or instead of JPEG. */
const RAW = endings(
  "3fr arw cr2 cr3 crw dcr dng erf fff gpr iiq kdc mef mos mrw nef nrw orf pef raf raw rw2 rwl sr2 srf srw x3f",
);
const FILM = endings("3gp avi insv lrv m2ts m4v mkv mov mp4 mpeg mpg mts webm wmv");
/** Pictures by their type, which the service does not read. */
const OTHER_PICTURES = endings("ai eps ico psd svg");

// What NAS systems, Windows and disks keep beside photos: thumbnails, deleted files and notes of their own.
const OF_SYSTEMS = new Set([
  "@eadir",
  "#recycle",
  "#snapshot",
  "$recycle.bin",
  "system volume information",
  "lost+found",
  "thumbs.db",
  "desktop.ini",
]);

/** What the file picker of a phone or computer should offer. */
export const PHOTO_TYPES = [
  "image/*",
  ".heic",
  ".heif",
  ".hif",
  ".avif",
  ".jxl",
  ...[...RAW].map((ending) => `.${ending}`),
].join(",");

/** By ending or type; what a file really is, the service finds out from its content. */
export function kindOf(file: Pick<File, "name" | "type">): "photo" | LeftOutKind {
  const ending = file.name.slice(file.name.lastIndexOf(".") + 1).toLowerCase();
  if (RAW.has(ending)) return "photo";
  if (FILM.has(ending) || file.type.startsWith("video/")) return "film";
  if (OTHER_PICTURES.has(ending)) return "other";
  return PHOTO.has(ending) || file.type.startsWith("image/") ? "photo" : "other";
}

function belongsToSystem(path: string): boolean {
  return path.split("/").some((name) => name.startsWith(".") || OF_SYSTEMS.has(name.toLowerCase()));
}

/** Hidden files and those of systems are passed over in silence. */
export function sortOut(files: PickedFile[], folder: string | null): Picked {
  const photos: PickedFile[] = [];
  const leftOut: Record<LeftOutKind, string[]> = { film: [], other: [] };
  for (const picked of files) {
    if (belongsToSystem(picked.path)) continue;
    const kind = kindOf(picked.file);
    if (kind === "photo") photos.push(picked);
    else leftOut[kind].push(picked.path);
  }
  return { photos, leftOut, folder };
}

export function joinLeftOut(one: LeftOut, other: LeftOut): LeftOut {
  const join = (kind: LeftOutKind) => [...new Set([...one[kind], ...other[kind]])];
  return { film: join("film"), other: join("other") };
}

/** The files of an `<input type="file">`, of a folder or one by one. */
export function pickedByInput(list: FileList): Picked {
  const files = Array.from(list, (file) => ({ file, path: file.webkitRelativePath || file.name }));
  const [first] = files;
  return sortOut(files, first?.path.includes("/") ? (first.path.split("/")[0] ?? null) : null);
}
