import type { Photo } from "@/shared/api/schema-types";

import { mayBeShown } from "./picture-types";

type Described = Pick<Photo, "large_url" | "original_url" | "content_type" | "width" | "height" | "byte_size">;

/** Why a photo's own pixels are not shown: no browser opens its type, or it is more than this one should decode. */
export type Missing = "type" | "size";

export interface FullPicture {
  readonly url: string | null;
  readonly missing: Missing | null;
}

/** Decoded, each pixel takes four bytes. */
const MOST_PIXELS = 110_000_000;
/** Phones end a page that takes a quarter of a gigabyte for one picture. */
const MOST_PIXELS_OF_PHONES = 55_000_000;
const MOST_BYTES = 80_000_000;

/** What a browser can open to show every pixel of a photo; `isSmall` for a device with little memory. */
export function fullPictureOf(photo: Described, isSmall = hasLittleMemory()): FullPicture {
  const url = photo.large_url ?? (mayBeShown(photo.content_type) ? photo.original_url : null);
  if (!url) return { url: null, missing: "type" };
  const pixels = (photo.width ?? 0) * (photo.height ?? 0);
  const hasTooManyBytes = !photo.large_url && photo.byte_size > MOST_BYTES;
  const isTooMuch = pixels > (isSmall ? MOST_PIXELS_OF_PHONES : MOST_PIXELS) || hasTooManyBytes;
  return isTooMuch ? { url: null, missing: "size" } : { url, missing: null };
}

/** Chrome says how many gigabytes there are. Elsewhere, a device without a mouse is taken for a phone. */
function hasLittleMemory(): boolean {
  const { deviceMemory } = navigator as { deviceMemory?: number };
  return deviceMemory === undefined ? matchMedia("(hover: none)").matches : deviceMemory <= 4;
}
