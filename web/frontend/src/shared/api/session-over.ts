const listeners = new Set<() => void>();

/** Called when the service no longer knows who asks, wherever that came up. */
export function reportSessionOver(): void {
  for (const listener of listeners) listener();
}

/** Be told when the session ends. Returns the way to stop. */
export function onSessionOver(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

const backListeners = new Set<() => void>();

/** Called when somebody has signed in over a page that waited for it. */
export function reportSessionBack(): void {
  for (const listener of backListeners) listener();
}

/** Be told when the session is back. Returns the way to stop. */
export function onSessionBack(listener: () => void): () => void {
  backListeners.add(listener);
  return () => void backListeners.delete(listener);
}
