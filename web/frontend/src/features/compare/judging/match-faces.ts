import type { Face, Photo } from "@/shared/api/schema-types";

/** One person, as far as the place in the picture tells: the face in each photo, in the photos' order. */
export type FaceRow = (Face | null)[];

/** People move a little between shots: this many face widths, and half as much larger or smaller. */
const NEAR = 1.5;

const middle = (face: Face) => ({ x: face.x + face.width / 2, y: face.y + face.height / 2 });

/** How far two faces are apart in their own widths; infinite when they are not one person's. */
function apart(a: Face, b: Face): number {
  const [one, other] = [middle(a), middle(b)];
  const size = Math.max(a.width, b.width);
  if (size === 0 || Math.min(a.width, b.width) < size / 2) return Number.POSITIVE_INFINITY;
  const distance = Math.hypot(one.x - other.x, one.y - other.y) / size;
  return distance <= NEAR ? distance : Number.POSITIVE_INFINITY;
}

/**
 * Put the faces that belong together into rows, the largest first. In shots of one moment people are at nearly the same
 * place, so the nearest pairs are taken first; a face without its like gets a row of its own.
 */
export function matchFaces(photos: readonly Pick<Photo, "faces">[]): FaceRow[] {
  const rows: FaceRow[] = [];
  photos.forEach((photo, column) => {
    const free = new Set(photo.faces);
    const pairs = rows
      .flatMap((row, index) =>
        photo.faces.map((face) => ({
          index,
          face,
          far: Math.min(...row.flatMap((one) => (one ? apart(one, face) : []))),
        })),
      )
      .filter((pair) => Number.isFinite(pair.far))
      .sort((a, b) => a.far - b.far);
    const taken = new Set<number>();
    for (const { index, face } of pairs) {
      const row = rows[index];
      if (!row || taken.has(index) || !free.has(face)) continue;
      row[column] = face;
      taken.add(index);
      free.delete(face);
    }
    for (const face of free) rows.push(photos.map((_, place) => (place === column ? face : null)));
  });
  const size = (row: FaceRow) => Math.max(...row.map((face) => face?.width ?? 0));
  return rows.sort((a, b) => size(b) - size(a));
}

interface Crop {
  /** Of the photo's picture, in shares of the side of the square it is shown in. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** The side of the square in the photo's own pixels. */
  readonly side: number;
}

/** A square around a face with some air, moved inside the photo where that is large enough. */
export function cropOf(face: Face, photoWidth: number, photoHeight: number): Crop {
  const wanted = Math.max(face.width * photoWidth, face.height * photoHeight) * 1.7;
  const side = Math.max(1, Math.min(wanted, photoWidth, photoHeight));
  const at = middle(face);
  const start = (centre: number, length: number) => Math.min(length - side, Math.max(0, centre * length - side / 2));
  return {
    left: -start(at.x, photoWidth) / side,
    top: -start(at.y, photoHeight) / side,
    width: photoWidth / side,
    height: photoHeight / side,
    side,
  };
}
