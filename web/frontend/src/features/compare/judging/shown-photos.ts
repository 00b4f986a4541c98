/**
 * What is compared after a photo of the group was pressed. One that is shown goes, as long as two stay; another comes
 * in beside the rest, or in the place of the chosen one when there is no room.
 */
export function toggleShown(
  shown: readonly string[],
  pressed: string,
  chosen: string | undefined,
  most: number,
): string[] {
  if (shown.includes(pressed)) {
    return shown.length > 2 ? shown.filter((id) => id !== pressed) : [...shown];
  }
  if (shown.length < most) return [...shown, pressed];
  const place = Math.max(0, shown.indexOf(chosen ?? ""));
  return shown.map((id, index) => (index === place ? pressed : id));
}

/**
 * The next photo of the group, or with -1 the one before, that is not shown yet, in the place of the chosen one; after
 * the last comes the first. Null when all are shown.
 */
export function swapShown(
  group: readonly string[],
  shown: readonly string[],
  chosen: string,
  step: 1 | -1,
): { shown: string[]; chosen: string } | null {
  const start = group.indexOf(chosen);
  for (let by = 1; by < group.length; by += 1) {
    const next = group[(start + step * by + group.length * by) % group.length];
    if (next !== undefined && !shown.includes(next)) {
      return { shown: shown.map((id) => (id === chosen ? next : id)), chosen: next };
    }
  }
  return null;
}
