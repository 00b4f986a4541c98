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
