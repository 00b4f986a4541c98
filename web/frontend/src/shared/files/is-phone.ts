/** Whether this is a device for fingers: it has a gallery of photos rather than folders. */
export function isPhone(): boolean {
  return matchMedia("(pointer: coarse)").matches;
}
