import { type FullGestureState, useGesture } from "@use-gesture/react";
import { type RefObject, useRef, useState } from "react";

import { DoubleTap } from "./double-tap";
import { panView, type Point, toggleView, type ViewChange, zoomView } from "./pan-zoom";
import { type Swipe, swipeOf } from "./swipe";
import { wheelFactor } from "./wheel-factor";

/** A finger may move this far and still tap, in CSS pixels. */
const TAP_PIXELS = 8;
const TAP_MILLISECONDS = 350;

export interface ZoomGestures {
  readonly onChange: (change: ViewChange) => void;
  readonly onPress?: () => void;
  /** While given, a finger swipes instead of moving the photo. */
  readonly swipe?:
    | {
        /** How far the finger has pulled the photo; zero again when it is lifted. */
        readonly onPull: (by: Point) => void;
        readonly onSwipe: (swipe: Swipe) => void;
      }
    | undefined;
}

type Pixels = readonly [x: number, y: number];

interface Pinch {
  readonly scale: number;
  readonly origin: Pixels;
}

type DragState = Omit<FullGestureState<"drag">, "event"> & { event: Event };

/** Wheel, drag, pinch and double tap on a pane, as changes of its view. */
export function useZoomGestures(pane: RefObject<HTMLElement | null>, gestures: ZoomGestures): void {
  const { onChange, onPress, swipe } = gestures;
  const [doubleTap] = useState(() => new DoubleTap());
  // A pinch is neither a tap nor a swipe, whichever finger is lifted last.
  const wasPinch = useRef(false);

  function drag({ event, xy, initial, tap, last, elapsedTime, pinching, memo }: DragState) {
    if (last) swipe?.onPull({ x: 0, y: 0 });
    if (pinching || event.type === "pointercancel") return;
    if (tap) {
      if (wasPinch.current || elapsedTime > TAP_MILLISECONDS) return;
      const around = fromMiddle(pane.current, xy);
      if (doubleTap.isSecond(around, event.timeStamp)) {
        onChange((view, frame) => toggleView(view, frame, around, devicePixelRatio));
      }
      return;
    }
    if (!swipe) {
      // The library's own delta leaves out a direction in which the finger has moved little.
      const by = difference(xy, (memo as Pixels | undefined) ?? xy);
      onChange((view, frame) => panView(view, frame, by, devicePixelRatio));
      return;
    }
    if (wasPinch.current || !isFinger(event)) return;
    const by = difference(xy, initial);
    if (!last) swipe.onPull(Math.abs(by.x) > Math.abs(by.y) ? { x: by.x, y: 0 } : { x: 0, y: Math.max(0, by.y) });
    const meant = last ? swipeOf(by, elapsedTime) : null;
    if (meant) swipe.onSwipe(meant);
  }

  useGesture(
    {
      onPointerDown: ({ event }) => {
        if (event.isPrimary) wasPinch.current = false;
        if (event.button === 0) onPress?.();
      },
      onDrag: (state) => {
        drag(state);
        return state.xy;
      },
      onPinch: ({ first, origin, movement: [scale], memo }) => {
        wasPinch.current = true;
        if (first) swipe?.onPull({ x: 0, y: 0 });
        const before = first ? { scale: 1, origin } : (memo as Pinch);
        const by = difference(origin, before.origin);
        const around = fromMiddle(pane.current, origin);
        onChange((view, frame) => {
          const moved = panView(view, frame, by, devicePixelRatio);
          return zoomView(moved, frame, (moved.zoom * scale) / before.scale, around, devicePixelRatio);
        });
        return { scale, origin } satisfies Pinch;
      },
      onWheel: ({ event, last }) => {
        // The last call repeats the event before it.
        if (last) return;
        event.preventDefault();
        const around = fromMiddle(pane.current, [event.clientX, event.clientY]);
        const factor = wheelFactor(event);
        onChange((view, frame) => zoomView(view, frame, view.zoom * factor, around, devicePixelRatio));
      },
    },
    {
      target: pane,
      // Only a listener that is not passive may keep the page from scrolling or zooming.
      eventOptions: { passive: false },
      // The pages have keys of their own.
      drag: { filterTaps: true, tapsThreshold: TAP_PIXELS, pointer: { keys: false } },
      // `onWheel` zooms with the control key too.
      pinch: { pinchOnWheel: false },
    },
  );
}

function difference([x, y]: Pixels, [fromX, fromY]: Pixels): Point {
  return { x: x - fromX, y: y - fromY };
}

function isFinger(event: Event): boolean {
  return event instanceof PointerEvent && event.pointerType !== "mouse";
}

function fromMiddle(element: Element | null, [x, y]: Pixels): Point {
  if (!element) return { x: 0, y: 0 };
  const box = element.getBoundingClientRect();
  return { x: x - box.left - box.width / 2, y: y - box.top - box.height / 2 };
}
