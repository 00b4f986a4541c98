import { useEffect, useEffectEvent, useState } from "react";

/** Browsers fill the screen only right after a tap or a key; iPhones never do, and then the page fills the window. */
export async function enterFullScreen(): Promise<void> {
  if (!document.fullscreenEnabled || document.fullscreenElement) return;
  await document.documentElement.requestFullscreen({ navigationUI: "hide" }).catch(() => undefined);
}

async function leaveFullScreen(): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen().catch(() => undefined);
}

/** Whether the screen is filled; undefined where it cannot be. `onLeft` is called when somebody leaves by Escape. */
export function useFullScreen(onLeft: () => void) {
  const [isFull, setFull] = useState(() => document.fullscreenElement !== null);
  const [isByButton, setByButton] = useState(false);
  const onChange = useEffectEvent(() => {
    const isNow = document.fullscreenElement !== null;
    setFull(isNow);
    // A full screen takes Escape for itself: the page never gets the key.
    if (!isNow && !isByButton) onLeft();
    setByButton(false);
  });
  useEffect(() => {
    const listener = () => onChange();
    document.addEventListener("fullscreenchange", listener);
    return () => {
      document.removeEventListener("fullscreenchange", listener);
      void leaveFullScreen();
    };
  }, []);
  return {
    isFull: document.fullscreenEnabled ? isFull : undefined,
    toggle: () => {
      setByButton(isFull);
      void (isFull ? leaveFullScreen() : enterFullScreen());
    },
  };
}
