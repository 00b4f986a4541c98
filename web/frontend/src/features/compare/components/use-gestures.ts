import { type PointerEvent, type RefObject, useEffect, useEffectEvent, useState } from "react";

import { panView, type Point, toggleView, zoomView } from "../view/pan-zoom";
import { Pointers, wheelFactor } from "../view/pointers";

import type { ViewChange } from "./use-linked-views";

/** Wheel, drag, pinch and double tap on a pane, as changes of its view. */
export function useGestures(pane: RefObject<HTMLElement | null>, onChange: (change: ViewChange) => void) {
  const [pointers] = useState(() => new Pointers());
  // The browser's own listener: only one that is not passive may keep the page from scrolling or zooming.
  const onWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault();
    const around = fromMiddle(pane.current, event);
    const factor = wheelFactor(event);
    onChange((view, frame) => zoomView(view, frame, view.zoom * factor, around, devicePixelRatio));
  });
  useEffect(() => {
    const element = pane.current;
    if (!element) return;
    const listener = (event: WheelEvent) => onWheel(event);
    element.addEventListener("wheel", listener, { passive: false });
    return () => element.removeEventListener("wheel", listener);
  }, [pane]);

  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      pointers.down(event.pointerId, fromMiddle(event.currentTarget, event), event.timeStamp);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const movement = pointers.move(event.pointerId, fromMiddle(event.currentTarget, event));
      if (!movement) return;
      onChange((view, frame) => {
        const dragged = panView(view, frame, movement.by, devicePixelRatio);
        return zoomView(dragged, frame, dragged.zoom * movement.factor, movement.around, devicePixelRatio);
      });
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const around = fromMiddle(event.currentTarget, event);
      if (pointers.up(event.pointerId, event.timeStamp) !== "double tap") return;
      onChange((view, frame) => toggleView(view, frame, around, devicePixelRatio));
    },
    onPointerCancel: (event: PointerEvent<HTMLElement>) => pointers.cancel(event.pointerId),
  };
}

function fromMiddle(element: Element | null, event: { clientX: number; clientY: number }): Point {
  if (!element) return { x: 0, y: 0 };
  const box = element.getBoundingClientRect();
  return { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
}
