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

export interface Picked {
  photos: PickedFile[];
  /** How many other files were there: videos, documents, system files. */
  others: number;
  /** The folder's name, where one was chosen. */
  folder: string | null;
}

const PHOTO_ENDINGS = new Set(
  "jpg jpeg jpe jfif png webp heic heif hif avif tif tiff bmp gif jp2 dng cr2 cr3 nef arw raf orf rw2 pef srw".split(
    " ",
  ),
);

/** What the file picker of a phone or computer should offer. */
export const PHOTO_TYPES = "image/*,.heic,.heif,.avif";

/** By type or ending; what a file really is, the service finds out from its content. */
export function isPhoto(file: Pick<File, "name" | "type">): boolean {
  if (file.name.startsWith(".")) return false;
  const ending = file.name.slice(file.name.lastIndexOf(".") + 1).toLowerCase();
  return file.type.startsWith("image/") ? ending !== "svg" : PHOTO_ENDINGS.has(ending);
}

export function sortOut(files: PickedFile[], folder: string | null): Picked {
  const photos = files.filter(({ file }) => isPhoto(file));
  return { photos, others: files.length - photos.length, folder };
}

/** The files of an `<input type="file">`, of a folder or one by one. */
export function pickedByInput(list: FileList): Picked {
  const files = Array.from(list, (file) => ({ file, path: file.webkitRelativePath || file.name }));
  const [first] = files;
  return sortOut(files, first?.path.includes("/") ? (first.path.split("/")[0] ?? null) : null);
}
