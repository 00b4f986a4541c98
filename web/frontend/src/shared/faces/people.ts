import type { CloseUp } from "@/shared/api/schema-types";

/** The place of one person under a shot. */
export interface FaceCell {
  readonly person: number;
  /** Null where the person is not found in this shot. */
  readonly closeUp: CloseUp | null;
  readonly isBest: boolean;
}

/** Between two faces, in CSS pixels. */
export const FACE_GAP = 4;
/** Of the number of faces that are not shown. */
export const MORE_WIDTH = 24;

type CloseUps = readonly CloseUp[] | null | undefined;

/**
 * The people of a shot in the places that they have under every shot of the group.
 *
 * `people` are usually in the group, and have a place in each shot. Others have one only where they are found.
 */
export function cellsOf(closeUps: CloseUps, people: number): FaceCell[] {
  if (!closeUps) return [];
  const byPerson = new Map(closeUps.map((closeUp) => [closeUp.person, closeUp]));
  const others = [...byPerson.keys()].filter((person) => person >= people).sort((a, b) => a - b);
  return [...Array.from({ length: people }, (_, person) => person), ...others].map((person) => {
    const closeUp = byPerson.get(person) ?? null;
    return { person, closeUp, isBest: closeUp?.best ?? false };
  });
}

/** The same for some shots of a group, where the best face is the best of these. Null where people are not known. */
export function cellsOfEach(shots: readonly { readonly close_ups: CloseUps }[]): FaceCell[][] | null {
  if (shots.every(({ close_ups: closeUps }) => !closeUps)) return null;
  const people = [...new Set(shots.flatMap((shot) => (shot.close_ups ?? []).map(({ person }) => person)))];
  people.sort((a, b) => a - b);
  const rows = people.map((person) => {
    const faces = shots.map((shot) => shot.close_ups?.find((closeUp) => closeUp.person === person) ?? null);
    const best = bestOf(faces);
    return faces.map((closeUp) => ({ person, closeUp, isBest: closeUp !== null && closeUp === best }));
  });
  return shots.map((_, place) => rows.flatMap((row) => row[place] ?? []));
}

/** The face that lacks the least, where another one has a flaw. */
export function bestOf(faces: readonly (CloseUp | null)[]): CloseUp | null {
  const known = faces.filter((face) => face !== null);
  if (known.length < 2 || !known.some(hasFlaw)) return null;
  return known.reduce((best, face) => (face.loss < best.loss ? face : best));
}

function hasFlaw({ flaws = [] }: CloseUp): boolean {
  return flaws.length > 0;
}

/** The person to look at first in a shot: one whose faces differ; null where there is none. */
export function firstToLookAt(cells: readonly (readonly FaceCell[])[], shot: number): number | null {
  const there = (cells[shot] ?? []).filter(({ closeUp }) => closeUp);
  const differing = there.find(({ person }) =>
    cells.some((each) => each.some((cell) => cell.person === person && cell.isBest)),
  );
  return (differing ?? there[0])?.person ?? null;
}

/** Of a close-up: faces are taller than wide, so more of them are in a row. */
export function faceWidth(height: number): number {
  return Math.round(height * 0.78);
}

/** How many of some faces of this height are shown in a row; beside them is the number of the others. */
export function shownIn(room: number, height: number, count: number): number {
  const places = (width: number) => Math.floor((width + FACE_GAP) / (faceWidth(height) + FACE_GAP));
  return count <= places(room) ? count : Math.max(1, places(room - FACE_GAP - MORE_WIDTH));
}

/** Where somebody stands among the others of the photo: from 1 for the one on the left. */
export function placeFromLeft(closeUp: CloseUp, cells: readonly FaceCell[]): { number: number; total: number } {
  const middles = cells.flatMap(({ closeUp: other }) => (other ? [other.x + other.width / 2] : []));
  const own = closeUp.x + closeUp.width / 2;
  return { number: middles.filter((middle) => middle < own).length + 1, total: middles.length };
}
