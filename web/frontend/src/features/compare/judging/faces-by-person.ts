import type { Face, Photo } from "@/shared/api/schema-types";

/** One person: the face in each photo, in the photos' order. */
export type FaceRow = (Face | null)[];

type Faces = Pick<Photo, "faces" | "person_numbers" | "cluster_id">;

/** Whether the service followed the people through these photos, as it does within a group. */
export function arePeopleKnown(photos: readonly Faces[]): boolean {
  const group = photos[0]?.cluster_id ?? null;
  return (
    group !== null &&
    photos.every(
      ({ cluster_id: own, faces, person_numbers: numbers }) => own === group && (numbers?.length ?? 0) === faces.length,
    )
  );
}

/** A row for each person, the largest first; where they are not known, for the largest face of each photo, and so on. */
export function facesByPerson(photos: readonly Faces[]): FaceRow[] {
  const areKnown = arePeopleKnown(photos);
  const rows = new Map<number, FaceRow>();
  photos.forEach(({ faces, person_numbers: numbers }, column) => {
    faces.forEach((face, place) => {
      const number = (areKnown ? numbers?.[place] : undefined) ?? place;
      const row = rows.get(number) ?? photos.map(() => null);
      row[column] = face;
      rows.set(number, row);
    });
  });
  return [...rows].sort(([a], [b]) => a - b).map(([, row]) => row);
}
