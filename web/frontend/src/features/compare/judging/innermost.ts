/** The last of the folders that a photo lies in: `church` of `day/church`. */
export function innermost(folder: string): string {
  return folder.slice(folder.lastIndexOf("/") + 1);
}
