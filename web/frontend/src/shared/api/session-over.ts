const listeners = new Set<() => void>();
const backListeners = new Set<() => void>();

/** Report that the session has expired. */
export function reportSessionOver(): void {
  for (const listener of listeners) listener();
}

/** Subscribe to the end of the session. Returns the function that unsubscribes. */
export function onSessionOver(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Report that somebody signed in again in the dialog over a page. */
export function reportSessionBack(): void {
  for (const listener of backListeners) listener();
}

/** Subscribe to the session's return. Returns the function that unsubscribes. */
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
