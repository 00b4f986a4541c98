import { useEffect } from "react";

/** Keep the screen on: phones stop what a page does when it goes dark. Where it cannot be had, all works without. */
export function useWakeLock(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded || !("wakeLock" in navigator)) return;
    let lock: WakeLockSentinel | null = null;
    let isOver = false;
    const request = async () => {
      if (document.visibilityState !== "visible") return;
      const next = await navigator.wakeLock.request("screen").catch(() => null);
      if (isOver) await next?.release();
      else lock = next;
    };
    // It is lost whenever the page goes out of sight.
    const onVisibility = () => void request();
    void request();
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      isOver = true;
      document.removeEventListener("visibilitychange", onVisibility);
      void lock?.release();
    };
  }, [isNeeded]);
}
