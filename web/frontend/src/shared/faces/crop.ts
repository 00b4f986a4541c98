import type { Box } from "@/shared/zoom/pan-zoom";

export interface Crop {
  /** Of the photo's picture, in shares of the side of the square it is shown in. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** The side of the square in the photo's own pixels. */
  readonly side: number;
}

/** A square around a face with some air, moved inside the photo where that is large enough. */
export function cropOf(face: Box, photoWidth: number, photoHeight: number): Crop {
  const wanted = Math.max(face.width * photoWidth, face.height * photoHeight) * 1.7;
  const side = Math.max(1, Math.min(wanted, photoWidth, photoHeight));
  const at = { x: face.x + face.width / 2, y: face.y + face.height / 2 };
  const start = (centre: number, length: number) => Math.min(length - side, Math.max(0, centre * length - side / 2));
  return {
    left: -start(at.x, photoWidth) / side,
    top: -start(at.y, photoHeight) / side,
    width: photoWidth / side,
    height: photoHeight / side,
    side,
  };
}

/** How a picture of the whole photo lies in the square, as a style. */
export function cropStyle(crop: Crop) {
  const percent = (share: number) => `${share * 100}%`;
  return {
    left: percent(crop.left),
    top: percent(crop.top),
    width: percent(crop.width),
    height: percent(crop.height),
  };
}

/** How many pixels a picture of the photo has across the square, if its longer side is at most so long. */
export function pixelsOf(crop: Crop, photo: { readonly width: number; readonly height: number }, longest: number) {
  return crop.side * Math.min(1, longest / Math.max(photo.width, photo.height));
}
