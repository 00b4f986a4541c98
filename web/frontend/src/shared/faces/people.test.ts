import { describe, expect, it } from "vitest";

import type { CloseUp } from "@/shared/api/schema-types";

import { bestOf, cellsOf, cellsOfEach, firstToLookAt, placeFromLeft, shownIn } from "./people";

const face = (person: number, more: Partial<CloseUp> = {}): CloseUp => ({
  x: 0.2 * person,
  y: 0.3,
  width: 0.1,
  height: 0.1,
  person,
  loss: 0,
  ...more,
});

describe("the people of a shot", () => {
  it("have the places that they have in every shot, also where they change places or are missing", () => {
    const cells = cellsOf([face(2, { x: 0 }), face(0, { x: 0.8 })], 3);
    expect(cells.map(({ person, closeUp }) => [person, closeUp?.x ?? null])).toEqual([
      [0, 0.8],
      [1, null],
      [2, 0],
    ]);
  });

  it("come before those who only walked past, and who are missing nowhere", () => {
    expect(cellsOf([face(0), face(7), face(4)], 1).map(({ person }) => person)).toEqual([0, 4, 7]);
    expect(cellsOf([face(0)], 1)).toHaveLength(1);
  });

  it("are nobody where they are not known", () => {
    expect(cellsOf(null, 3)).toEqual([]);
    expect(cellsOfEach([{ close_ups: null }, { close_ups: null }])).toBeNull();
  });
});

describe("the people of some shots of a group", () => {
  const shut = face(1, { loss: 1, flaws: ["eyes_shut"] });
  const shots = [{ close_ups: [face(0), shut] }, { close_ups: [face(1, { loss: 0.2 })] }, { close_ups: null }];
  const cells = cellsOfEach(shots) ?? [];

  it("have one place in all of them", () => {
    expect(cells.map((of) => of.map(({ closeUp }) => closeUp?.person ?? null))).toEqual([
      [0, 1],
      [null, 1],
      [null, null],
    ]);
  });

  it("have a best face where another one has a flaw", () => {
    expect(cells.map((of) => of.map(({ isBest }) => isBest))).toEqual([
      [false, false],
      [false, true],
      [false, false],
    ]);
    expect(bestOf([face(0), face(0, { loss: 0.4 })])).toBeNull();
  });

  it("are looked at first where they differ", () => {
    expect(firstToLookAt(cells, 0)).toBe(1);
    expect(firstToLookAt(cellsOfEach([{ close_ups: [face(3), face(5)] }]) ?? [], 0)).toBe(3);
    expect(firstToLookAt(cells, 2)).toBeNull();
  });
});

describe("a row of faces", () => {
  it("shows as many as there is room, beside the number of the others", () => {
    expect(shownIn(156, 44, 4)).toBe(4);
    expect(shownIn(156, 44, 5)).toBe(3);
    expect(shownIn(139, 44, 8)).toBe(3);
    expect(shownIn(20, 44, 2)).toBe(1);
  });

  it("says where somebody stands among the others", () => {
    const cells = cellsOf([face(2), face(0), face(1)], 3);
    expect(placeFromLeft(face(0), cells)).toEqual({ number: 1, total: 3 });
    expect(placeFromLeft(face(2), cells)).toEqual({ number: 3, total: 3 });
  });
});
