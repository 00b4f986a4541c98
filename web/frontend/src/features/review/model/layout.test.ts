import { describe, expect, it } from "vitest";

import { breakIntoRows, FACE, GAP, heroHeight, layOutGroup, shotWidth, singleHeight } from "./layout";

const landscape = { width: 6000, height: 4000 };
const portrait = { width: 4000, height: 6000 };
const shots = (count: number) => Array.from({ length: count }, () => landscape);

describe("the place of the shots of a group", () => {
  it("is beside the pick where there is room, in as few rows as they need", () => {
    expect(layOutGroup(landscape, shots(1), 1300).rows).toBe(1);
    const four = layOutGroup(landscape, shots(4), 1300);
    expect(four.rows).toBe(2);
    expect(four.shown).toBe(4);
    expect(four.shotHeight * 2 + GAP).toBeLessThanOrEqual(four.height);
  });

  it("never is taller than the pick until all of a long burst are asked for", () => {
    const folded = layOutGroup(landscape, shots(60), 1300);
    expect(folded.shown).toBeLessThan(60);
    expect(folded.height).toBe(folded.hero.height);
    const rows = breakIntoRows(shots(folded.shown), folded.shotHeight, 1300 - folded.hero.width - 2 * GAP);
    expect(rows).toHaveLength(3);
    const expanded = layOutGroup(landscape, shots(60), 1300, { expanded: true });
    expect(expanded.shown).toBe(60);
    expect(expanded.height).toBeGreaterThan(folded.height);
  });

  it("leaves room for the faces below each shot", () => {
    for (const [available, count] of [
      [1300, 1],
      [1300, 5],
      [1300, 30],
      [358, 5],
    ] as const) {
      const [bare, layout] = [false, true].map((faces) => layOutGroup(landscape, shots(count), available, { faces }));
      if (!bare || !layout) throw new Error("There is no layout.");
      expect(layout.hero).toEqual(bare.hero);
      expect(layout.rows).toBeLessThanOrEqual(2);
      const column = layout.rows * (layout.shotHeight + FACE.above + FACE.shot) + (layout.rows - 1) * GAP;
      const below = layout.scrolls ? heroHeight(layout) + GAP : 0;
      expect(below + column).toBeLessThanOrEqual(layout.height);
      expect(heroHeight(layout)).toBe(bare.hero.height + FACE.above + FACE.hero);
    }
    const all = layOutGroup(landscape, shots(30), 1300, { faces: true, expanded: true });
    expect(all.height).toBeGreaterThanOrEqual(all.rows * (all.shotHeight + FACE.above + FACE.shot));
  });

  it("is behind a button where they fold, until they are asked for", () => {
    for (const available of [358, 1300]) {
      const folded = layOutGroup(landscape, shots(6), available, { folded: true });
      expect([folded.shown, folded.folds]).toEqual([0, true]);
      const unfolded = layOutGroup(landscape, shots(6), available, { folded: true, expanded: true });
      expect([unfolded.shown, unfolded.folds]).toEqual([6, true]);
      expect(unfolded.height).toBeGreaterThanOrEqual(folded.height);
    }
    expect(layOutGroup(landscape, [], 1300, { folded: true }).folds).toBe(false);
  });

  it("is below the pick on a phone, which takes its whole width", () => {
    const phone = layOutGroup(landscape, shots(4), 358);
    expect(phone.hero.width).toBe(358);
    expect(phone.scrolls).toBe(true);
    expect(phone.height).toBe(phone.hero.height + GAP + phone.shotHeight);
    expect(layOutGroup(landscape, [], 358).height).toBe(phone.hero.height);
  });

  it("leaves room on the screen for the others of a tall pick", () => {
    const phone = layOutGroup(portrait, shots(2), 358, { viewport: 640 });
    expect(phone.height).toBeLessThan(640 * 0.75);
    expect(layOutGroup(portrait, [], 1300).hero.width).toBeLessThan(300);
  });

  it("is known for photos whose size is not", () => {
    expect(layOutGroup({ width: null, height: null }, [{ width: null, height: null }], 1300).height).toBeGreaterThan(0);
  });
});

describe("lines of photos", () => {
  it.each([288, 343, 358, 398])("have two photos in no group on a phone, at %i pixels", (available) => {
    expect(breakIntoRows(shots(2), singleHeight(available), available)).toHaveLength(1);
  });

  it("are filled up to the width and never over it", () => {
    const lines = breakIntoRows(shots(7), 100, 470);
    expect(lines.map((line) => line.length)).toEqual([3, 3, 1]);
    expect(3 * shotWidth(landscape, 100) + 2 * GAP).toBeLessThanOrEqual(470);
  });

  it("hold at least one photo, however narrow", () => {
    expect(breakIntoRows(shots(2), 400, 100).map((line) => line.length)).toEqual([1, 1]);
  });
});
