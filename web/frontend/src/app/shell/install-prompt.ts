import { useSyncExternalStore } from "react";

/** Chromium's own event; Safari and Firefox install from their menus only. */
interface InstallPromptEvent extends Event {
  readonly prompt: () => Promise<unknown>;
}

let offered: InstallPromptEvent | null = null;
const listeners = new Set<() => void>();

function offer(event: InstallPromptEvent | null) {
  offered = event;
  for (const listener of listeners) listener();
}

/** To be called before the page is drawn: the browser says only once that the service can be installed. */
export function listenForInstallPrompt(): void {
  addEventListener("beforeinstallprompt", (event) => {
    // Without this, Chromium would ask by itself.
    event.preventDefault();
    offer(event as InstallPromptEvent);
  });
  addEventListener("appinstalled", () => offer(null));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Ask the browser to install the service as an app, or null where it does not offer that. */
export function useInstall(): (() => void) | null {
  const event = useSyncExternalStore(subscribe, () => offered);
  if (!event) return null;
  return () => {
    // A second prompt of the same event is refused.
    offer(null);
    void event.prompt();
  };
}
