import { type PointerEvent, useRef } from "react";

const HOLD = 450;
const TREMBLE = 10;

/** Long press. The click that follows does not count: check `wasHeld`. */
export function useLongPress(onHold: () => void) {
  const press = useRef<{ timer: number; x: number; y: number } | null>(null);
  const held = useRef(false);
  const end = () => {
    if (press.current) clearTimeout(press.current.timer);
    press.current = null;
  };
  return {
    wasHeld: () => {
      const was = held.current;
      held.current = false;
      return was;
    },
    handlers: {
      onPointerDown: (event: PointerEvent) => {
        held.current = false;
        if (event.pointerType === "mouse") return;
        const timer = window.setTimeout(() => {
          held.current = true;
          // Not in every browser.
          if ("vibrate" in navigator) navigator.vibrate(12);
          onHold();
        }, HOLD);
        press.current = { timer, x: event.clientX, y: event.clientY };
      },
      onPointerMove: (event: PointerEvent) => {
        const from = press.current;
        if (from && Math.hypot(event.clientX - from.x, event.clientY - from.y) > TREMBLE) end();
      },
      onPointerUp: end,
      onPointerCancel: end,
      onPointerLeave: end,
      onContextMenu: (event: { preventDefault: () => void }) => {
        if (press.current ?? held.current) event.preventDefault();
      },
    },
  };
}
