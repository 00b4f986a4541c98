/* eslint-disable @typescript-eslint/no-non-null-assertion -- Every index is within its array, and a default for each pixel would cost time. */
/** Tiles along the longer side. */
const TILES = 24;

/**
 * Where a photo is sharpest, in shares of its sides: the middle of the tiles with the most fine structure.
 *
 * Fine structure is the part of each difference that the next pixels do not share (second differences), squared but cut
 * off at a strong edge, so that one hard edge does not outweigh a textured subject. Neighbouring tiles count by half,
 * and those at the rim less, because subjects are seldom there.
 */
export function sharpestPlace(grey: Uint8Array, width: number, height: number): { x: number; y: number } {
  const tile = Math.max(4, Math.floor(Math.max(width, height) / TILES));
  const columns = Math.floor(width / tile);
  const rows = Math.floor(height / tile);
  const middle = { x: 0.5, y: 0.5 };
  if (columns < 3 || rows < 3) return middle;
  const structure = new Float64Array(rows * columns);
  for (let y = 1; y < rows * tile - 1; y += 1) {
    for (let x = 1; x < columns * tile - 1; x += 1) {
      const at = y * width + x;
      const across = 2 * grey[at]! - grey[at - 1]! - grey[at + 1]!;
      const down = 2 * grey[at]! - grey[at - width]! - grey[at + width]!;
      structure[Math.floor(y / tile) * columns + Math.floor(x / tile)]! += Math.min(
        2500,
        across * across + down * down,
      );
    }
  }
  let best = 0;
  let found = middle;
  for (let row = 1; row < rows - 1; row += 1) {
    for (let column = 1; column < columns - 1; column += 1) {
      const at = row * columns + column;
      let sum = structure[at]!;
      for (const by of [-1, 1, -columns, columns]) sum += structure[at + by]! / 2;
      const x = ((column + 0.5) * tile) / width;
      const y = ((row + 0.5) * tile) / height;
      const value = sum * (1 - 2 * ((x - 0.5) ** 2 + (y - 0.5) ** 2));
      if (value > best) {
        best = value;
        found = { x, y };
      }
    }
  }
  return found;
}
