interface Sized {
  readonly id: string;
  readonly width: number | null;
  readonly height: number | null;
}

/** All photos that can be looked at, those to compare first. Swiping goes through them in this order. */
export function phoneOrder<T extends { readonly id: string }>(group: readonly T[], wanted: readonly T[]): T[] {
  const first = new Set(wanted.map(({ id }) => id));
  return [...wanted, ...group.filter(({ id }) => !first.has(id))];
}

/**
 * How many panes a phone shows first. Held upright, two wide photos one above the other are as large as one alone; two
 * upright ones would be a quarter of the size, so those are flipped through in one pane.
 */
export function firstPaneCount(photos: readonly Sized[], isUpright: boolean): 1 | 2 {
  const [first] = photos;
  return isUpright && first && isTall(first) ? 1 : 2;
}

export function isTall({ width, height }: Sized): boolean {
  return (height ?? 3) > (width ?? 4);
}

/** The photos of this many panes: the chosen one stays, and the next one that is not shown comes beside it. */
export function panesOf(
  order: readonly string[],
  panes: readonly string[],
  count: 1 | 2,
  chosen: string | undefined,
): string[] {
  const left = panes.filter((id) => order.includes(id));
  const [kept] = chosen !== undefined && left.includes(chosen) ? [chosen] : [...left, ...order];
  if (kept === undefined) return [];
  if (count === 1) return [kept];
  if (left.length === 2) return left;
  const place = order.indexOf(kept);
  const other = order[place + 1] ?? order[place - 1];
  return other === undefined ? [kept] : [kept, other];
}

/** The photo that a swipe over this one brings, or null at the ends. One in another pane is passed over. */
export function flipped(order: readonly string[], panes: readonly string[], from: string, step: 1 | -1): string | null {
  for (let place = order.indexOf(from) + step; place >= 0 && place < order.length; place += step) {
    const id = order[place];
    if (id !== undefined && !panes.includes(id)) return id;
  }
  return null;
}
