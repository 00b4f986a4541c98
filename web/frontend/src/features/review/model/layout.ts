/**
 * The positions of all items in pixels, before any is drawn. So nothing jumps when pictures load, and the place in the
 * list is kept when the groups change.
 */

export const GAP = 8;
/** From this width on the others are beside the pick, otherwise below it. */
export const WIDE = 720;

interface Shape {
  readonly width: number | null;
  readonly height: number | null;
}

export interface GroupLayout {
  readonly hero: { readonly width: number; readonly height: number };
  /** Height of the other shots; their widths follow from their shapes. */
  readonly shotHeight: number;
  readonly rows: number;
  /** How many of the others are shown; the rest is behind a button, or scrolls sideways where `scrolls`. */
  readonly shown: number;
  readonly scrolls: boolean;
  /** The others can be folded away; they are where none is shown. */
  readonly folds: boolean;
  /** Of all pictures together, with the faces below them. */
  readonly height: number;
  /** Below each shot are the faces of its people. */
  readonly faces: boolean;
}

/** The heights of the faces below the large and the small shots of a group. A finger meets a row of them. */
export const FACE = { hero: 56, shot: 44, above: 6 };

const HERO_HEIGHT = { narrow: 420, wide: 300, widest: 360 };
const STRIP_HEIGHT = 104;
/** Of the buttons in place of the others. */
const FOLD_HEIGHT = 44;
const FOLD_BUTTON = { width: 1, height: 1 };
const MOST_ROWS = 3;
const MOST_ROWS_WITH_FACES = 2;
/** Very wide and very tall photos are cropped in the list, and whole when opened. */
const NARROWEST = 0.6;
const WIDEST = 2.2;

export function aspectOf({ width, height }: Shape): number {
  return width && height ? Math.min(WIDEST, Math.max(NARROWEST, width / height)) : 1.5;
}

/** The height of the large shot with the faces below it. */
export function heroHeight({ hero, faces }: Pick<GroupLayout, "hero" | "faces">): number {
  return hero.height + (faces ? FACE.hero + FACE.above : 0);
}

interface LayoutOptions {
  /** Show all of the others. */
  readonly expanded?: boolean;
  /** Show none of the others otherwise. */
  readonly folded?: boolean;
  readonly viewport?: number;
  /** Leave room for faces below each shot. */
  readonly faces?: boolean;
}

export function layOutGroup(
  hero: Shape,
  others: readonly Shape[],
  available: number,
  { expanded = false, folded = false, viewport = 900, faces = false }: LayoutOptions = {},
): GroupLayout {
  const aspect = aspectOf(hero);
  const folds = folded && others.length > 0;
  const isFolded = folds && !expanded;
  if (available < WIDE) return layOutNarrow(aspect, others, available, { viewport, folds, isFolded, faces });
  const highest = available >= 1100 ? HERO_HEIGHT.widest : HERO_HEIGHT.wide;
  const width = Math.round(Math.min(highest * aspect, available * 0.5));
  const large = { width, height: Math.round(Math.min(highest, width / Math.min(aspect, 1.6))) };
  const height = heroHeight({ hero: large, faces });
  const below = faces ? FACE.shot + FACE.above : 0;
  const most = faces ? MOST_ROWS_WITH_FACES : MOST_ROWS;
  const beside = available - width - GAP * 2;
  const common = { hero: large, scrolls: false, folds, height, faces };
  if (isFolded) return { shotHeight: FOLD_HEIGHT, rows: 1, shown: 0, ...common };
  const tiles = folds ? [...others, FOLD_BUTTON] : others;
  for (let rows = 1; rows <= most; rows += 1) {
    const shotHeight = rows === 1 ? Math.round(large.height * 0.66) : rowHeight(height, rows) - below;
    if (rowsNeeded(tiles, shotHeight, beside) <= rows) {
      return { shotHeight, rows, shown: others.length, ...common };
    }
  }
  const shotHeight = rowHeight(height, most) - below;
  if (expanded) {
    const rows = rowsNeeded(tiles, shotHeight, beside);
    const all = Math.max(height, rows * (shotHeight + below) + (rows - 1) * GAP);
    return { shotHeight, rows, shown: others.length, ...common, height: all };
  }
  const shown = fitting(others, shotHeight, beside, most);
  return { shotHeight, rows: most, shown, ...common };
}

function layOutNarrow(
  aspect: number,
  others: readonly Shape[],
  available: number,
  options: { viewport: number; folds: boolean; isFolded: boolean; faces: boolean },
): GroupLayout {
  const { viewport, folds, isFolded, faces } = options;
  const highest = Math.min(HERO_HEIGHT.narrow, Math.max(200, viewport * 0.55));
  const height = Math.round(Math.min(available / aspect, highest));
  const width = Math.round(Math.min(available, Math.max(height * aspect, available * 0.62)));
  const hero = { width, height };
  const shotHeight = isFolded ? FOLD_HEIGHT : STRIP_HEIGHT;
  const strip = others.length > 0 ? GAP + shotHeight + (faces && !isFolded ? FACE.shot + FACE.above : 0) : 0;
  return {
    hero,
    shotHeight,
    rows: 1,
    shown: isFolded ? 0 : others.length,
    scrolls: true,
    folds,
    faces,
    height: heroHeight({ hero, faces }) + strip,
  };
}

function rowHeight(height: number, rows: number): number {
  return Math.floor((height - (rows - 1) * GAP) / rows);
}

export function shotWidth(shape: Shape, height: number): number {
  return Math.round(aspectOf(shape) * height);
}

function rowsNeeded(shapes: readonly Shape[], height: number, available: number): number {
  return breakIntoRows(shapes, height, available).length;
}

/** How many of the shapes fit in `rows` rows, with room for a square button behind the last. */
function fitting(shapes: readonly Shape[], height: number, available: number, rows: number): number {
  const lines = breakIntoRows(shapes, height, available).slice(0, rows);
  const last = lines.at(-1) ?? [];
  let width = last.reduce((sum, shape) => sum + shotWidth(shape, height) + GAP, 0);
  let room = last.length;
  while (room > 0 && width + height > available) {
    room -= 1;
    width -= shotWidth(last[room] ?? { width: 1, height: 1 }, height) + GAP;
  }
  return lines.slice(0, -1).reduce((count, line) => count + line.length, 0) + room;
}

/** Break shapes of one height into lines, as text is broken into them. */
export function breakIntoRows<Item extends Shape>(items: readonly Item[], height: number, available: number): Item[][] {
  const rows: Item[][] = [];
  let left = 0;
  for (const item of items) {
    const width = shotWidth(item, height);
    const row = rows.at(-1);
    if (row && left >= width + GAP) {
      row.push(item);
      left -= width + GAP;
    } else {
      rows.push([item]);
      left = available - width;
    }
  }
  return rows;
}

/** The height of photos in no group: on a phone, two of the usual shape (3:2) are side by side. */
export function singleHeight(available: number): number {
  return available < WIDE ? Math.min(132, Math.floor((available - GAP - 1) / 3)) : 180;
}
