const listeners = new Set<() => void>();
const backListeners = new Set<() => void>();

/** Called when the service no longer knows who asks, wherever that came up. */
export function reportSessionOver(): void {
  for (const listener of listeners) listener();
}

/** Be told when the session ends. Returns the way to stop. */
export function onSessionOver(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Called when somebody has signed in over a page that waited for it. */
export function reportSessionBack(): void {
  for (const listener of backListeners) listener();
}

/** Be told when the session is back. Returns the way to stop. */
export function onSessionBack(listener: () => void): () => void {
  backListeners.add(listener);
  return () => void backListeners.delete(listener);
}

/**
 * Ask for a sign-in over the page, and wait for it. False at once where nobody can sign in over the page, and when the
 * signal aborts.
 */
export function sessionBack(signal: AbortSignal): Promise<boolean> {
  if (listeners.size === 0 || signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const settle = (isBack: boolean) => {
      stop();
      signal.removeEventListener("abort", giveUp);
      resolve(isBack);
    };
    const giveUp = () => settle(false);
    const stop = onSessionBack(() => settle(true));
    signal.addEventListener("abort", giveUp);
    reportSessionOver();
  });
}
