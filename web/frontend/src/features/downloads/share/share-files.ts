import type { Photo } from "@/shared/api/schema-types";
import { endingOf } from "@/shared/files/file-rules";

/** A file to be fetched and handed to the phone. */
export interface ShareFile {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly type: string;
  /** In bytes; null for a copy, whose size is not known before it is fetched. */
  readonly size: number | null;
}

/** What the browser takes at once. */
export interface ShareLimits {
  readonly files: number;
  readonly bytes: number;
  /** The endings of names that it takes, or null for all. */
  readonly endings: ReadonlySet<string> | null;
}

const MEGABYTE = 1024 * 1024;

/**
 * Chromium refuses more than 10 files or 50 MB at once, and all other types
 * (third_party/blink/renderer/modules/webshare/FILE_TYPES.md).
 */
export const CHROMIUM_LIMITS: ShareLimits = {
  files: 10,
  bytes: 50 * MEGABYTE,
  endings: new Set("avif bmp gif jfif jpeg jpg pjp pjpeg png tif tiff webp m4v mp4 mpeg mpg ogm ogv webm".split(" ")),
};

/** Safari says no number. These keep what lies in the memory of a phone small. */
export const OTHER_LIMITS: ShareLimits = { files: 20, bytes: 100 * MEGABYTE, endings: null };

type Shareable = Pick<
  Photo,
  "id" | "name" | "kind" | "content_type" | "byte_size" | "original_url" | "preview_url" | "large_url"
>;

export interface Sorted {
  readonly files: readonly ShareFile[];
  /** How many of them are JPEG copies, because the browser does not share the format of the original. */
  readonly copies: number;
  /** Neither the original nor a copy can be shared. */
  readonly left: number;
}

export function sortForSharing(photos: readonly Shareable[], limits: ShareLimits): Sorted {
  const files: ShareFile[] = [];
  let copies = 0;
  for (const photo of photos) {
    const original = originalOf(photo, limits);
    const file = original ?? copyOf(photo);
    if (!file) continue;
    if (!original) copies += 1;
    files.push(file);
  }
  return { files, copies, left: photos.length - files.length };
}

function originalOf(photo: Shareable, { bytes, endings }: ShareLimits): ShareFile | null {
  const ending = endingOf(photo.name);
  if (!photo.original_url || photo.byte_size > bytes || (endings && !endings.has(ending))) return null;
  const { id, name, original_url: url, content_type: type, byte_size: size } = photo;
  return { id, name, url, type, size };
}

function copyOf({ id, name, kind, large_url: large, preview_url: preview }: Shareable): ShareFile | null {
  const url = large ?? preview;
  if (!url || kind === "video") return null;
  return { id, name: `${name.replace(/\.[^.]*$/, "")}.jpg`, url, type: "image/jpeg", size: null };
}

/** Some receivers write files of the same name over each other. */
export function withoutSameNames(files: readonly File[]): File[] {
  const taken = new Set<string>();
  return files.map((file) => {
    const [, stem = file.name, ending = ""] = /^(.*?)(\.[^.]*)?$/.exec(file.name) ?? [];
    let name = file.name;
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${stem} (${number})${ending}`;
    taken.add(name.toLowerCase());
    return name === file.name ? file : new File([file], name, { type: file.type });
  });
}
