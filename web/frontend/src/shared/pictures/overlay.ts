/* eslint-disable @typescript-eslint/no-non-null-assertion -- Every index is within its array, and a default for each pixel would cost time. */
/** What is marked over a photo. */
export interface Marks {
  /** Where it is in focus. */
  readonly peaking: boolean;
  /** Where it is blown or crushed. */
  readonly clipping: boolean;
}

type Colour = readonly [red: number, green: number, blue: number];

export const IN_FOCUS: Colour = [90, 255, 40];
export const BLOWN: Colour = [255, 30, 40];
export const CRUSHED: Colour = [40, 90, 255];

/** JPEG ends a little off white and black. */
const WHITE = 254;
const BLACK = 2;
/** In grey levels over two pixels. What is weaker is no edge, or noise. */
const WEAKEST_EDGE = 24;
/** Edges stand out from the noise and the texture of the whole by this factor. */
const OVER_NOISE = 4;
/** How much of an edge's rise over eight pixels lies within two of them: all of a sharp one, a quarter of a soft one. */
const STEEP = 0.55;
const FAR = 4;

/**
 * The marks over pixels, transparent where there are none. Both are (height, width, 4) bytes, RGBA.
 *
 * Blown is where a channel has reached its end, so that its detail is lost; crushed is where all of them are black. In
 * focus is an edge whose rise is steep for its height, so weak edges count as strong ones do.
 */
export function marksOf(
  pixels: Uint8ClampedArray,
  width: number,
  height: number,
  { peaking, clipping }: Marks,
): Uint8ClampedArray<ArrayBuffer> {
  const marks = new Uint8ClampedArray(pixels.length);
  if (peaking) markFocus(marks, greyOf(pixels), width, height);
  if (clipping) markClipping(marks, pixels);
  return marks;
}

/** Luma (Rec. 601) of RGBA bytes. */
export function greyOf(pixels: Uint8ClampedArray): Uint8Array {
  const grey = new Uint8Array(pixels.length / 4);
  for (let at = 0, from = 0; at < grey.length; at += 1, from += 4) {
    grey[at] = (77 * pixels[from]! + 150 * pixels[from + 1]! + 29 * pixels[from + 2]!) >> 8;
  }
  return grey;
}

function markClipping(marks: Uint8ClampedArray, pixels: Uint8ClampedArray) {
  for (let at = 0; at < pixels.length; at += 4) {
    const red = pixels[at]!;
    const green = pixels[at + 1]!;
    const blue = pixels[at + 2]!;
    if (red >= WHITE || green >= WHITE || blue >= WHITE) paint(marks, at, BLOWN);
    else if (red <= BLACK && green <= BLACK && blue <= BLACK) paint(marks, at, CRUSHED);
  }
}

function markFocus(marks: Uint8ClampedArray, grey: Uint8Array, width: number, height: number) {
  const weakest = Math.max(WEAKEST_EDGE, OVER_NOISE * typicalStep(grey, width, height));
  for (let y = FAR; y < height - FAR; y += 1) {
    for (let x = FAR; x < width - FAR; x += 1) {
      const at = y * width + x;
      if (isSharp(grey, at, 1, weakest) || isSharp(grey, at, width, weakest)) paint(marks, at * 4, IN_FOCUS);
    }
  }
}

function isSharp(grey: Uint8Array, at: number, step: number, weakest: number): boolean {
  const near = Math.abs(grey[at + step]! - grey[at - step]!);
  if (near < weakest) return false;
  return near >= STEEP * Math.abs(grey[at + FAR * step]! - grey[at - FAR * step]!);
}

/** The median difference over two pixels, of a part of them: of noise and texture, because edges are rare. */
function typicalStep(grey: Uint8Array, width: number, height: number): number {
  const counts = new Uint32Array(256);
  let total = 0;
  for (let y = 0; y < height; y += 4) {
    for (let at = y * width + 1; at < (y + 1) * width - 1; at += 4) {
      counts[Math.abs(grey[at + 1]! - grey[at - 1]!)]! += 1;
      total += 1;
    }
  }
  let seen = 0;
  return counts.findIndex((count) => (seen += count) * 2 >= total);
}

function paint(marks: Uint8ClampedArray, at: number, [red, green, blue]: Colour) {
  marks[at] = red;
  marks[at + 1] = green;
  marks[at + 2] = blue;
  marks[at + 3] = 255;
}
