/** What this browser keeps under a name; nothing if that is unreadable, or something else wrote it. */
export function readKept<Key extends string>(name: string): Partial<Record<Key, unknown>> {
  try {
    const parsed: unknown = JSON.parse(localStorage.getItem(name) ?? "{}");
    return typeof parsed === "object" && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}

/** Keep it; an empty object is forgotten. Where the browser stores nothing, the next visit starts without it. */
export function writeKept(name: string, value: object): void {
  try {
    if (Object.keys(value).length === 0) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Nothing is kept.
  }
}
