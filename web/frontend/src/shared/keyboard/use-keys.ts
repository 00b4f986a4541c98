import { useEffect, useEffectEvent } from "react";

import type { CommandName, Handler, HandlersOn, Page } from "./commands";
import { PRESETS } from "./presets";
import { commandOf, isForControl } from "./pressed";
import { useKeyPreset } from "./use-key-preset";

/** A page by keyboard. A control that has the focus keeps the keys it needs; menus and dialogs keep all of them. */
export function useKeys<P extends Page>(page: P, handlers: HandlersOn<P>): void {
  const [preset] = useKeyPreset();
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    const focused = document.activeElement;
    // Where the key went to, and not what has the focus now: Escape may have closed a dialog already.
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("[role=menu], [role=dialog]:not([data-lightbox])")) return;
    const pressed = commandOf(PRESETS[preset], page, event);
    if (!pressed || isForControl(event.key, focused)) return;
    const handle = (handlers as Partial<Record<CommandName, Handler>>)[pressed.name];
    if (handle && handle(pressed.index) !== false) event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    // Firefox presses a focused button when the space bar comes up again.
    const onKeyUp = (event: KeyboardEvent) => {
      if (event.key === " " && document.activeElement?.matches("[data-shot]")) event.preventDefault();
    };
    addEventListener("keydown", listener);
    addEventListener("keyup", onKeyUp);
    return () => {
      removeEventListener("keydown", listener);
      removeEventListener("keyup", onKeyUp);
    };
  }, []);
}
