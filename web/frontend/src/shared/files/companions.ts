/** What a photo's other files are, in a word or two: NEF of DSC1.NEF. */
export function companionKinds(names: readonly string[]): string {
  return names.map((name) => name.slice(name.lastIndexOf(".") + 1).toUpperCase()).join(" + ");
}
