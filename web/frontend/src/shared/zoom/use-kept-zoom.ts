import { useEffect, useEffectEvent, useState } from "react";

import { closeUp, type Place, placeOf, placeOfBox, viewAt } from "./kept-place";
import { type Frame, type Point, toggleView, type View, type ViewChange, WHOLE } from "./pan-zoom";

interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** Where to look first: a face, or a point of the photo, in shares of its sides. */
export type Focus = Box | Point;

interface Zoomed {
  /** Null shows the whole photo. */
  readonly place: Place | null;
  /** Where somebody looked last in these shots. */
  readonly before: { readonly shots: string; readonly place: Place } | null;
}

interface KeptZoomOptions {
  /** What is shown; null for what cannot be zoomed. */
  readonly photo: { readonly width: number | null; readonly height: number | null } | null;
  /** Names the shots that show the same: in others, one begins at the focus again. */
  readonly shots: string;
  readonly focus: Focus | null;
  /** From the keys and the button. */
  readonly isZoomed: boolean;
  readonly onZoom: (isZoomed: boolean) => void;
}

const MIDDLE: Point = { x: 0, y: 0 };

/** The zoom of the large view, which stays at its place and scale from shot to shot. */
export function useKeptZoom({ photo, shots, focus, isZoomed, onZoom }: KeptZoomOptions) {
  const [pane, setPane] = useState<{ width: number; height: number }>();
  const frame: Frame | undefined =
    pane && photo ? { ...pane, photoWidth: photo.width ?? 1, photoHeight: photo.height ?? 1 } : undefined;
  const [{ place, before }, setZoomed] = useState<Zoomed>({ place: null, before: null });
  const view: View = frame ? viewAt(place, frame, devicePixelRatio) : WHOLE;

  const took = (old: Zoomed, next: Place | null): Zoomed => ({
    place: next,
    before: next ? { shots, place: next } : old.before,
  });
  const goTo = (next: Place | null) => setZoomed((old) => took(old, next));
  const change = (apply: ViewChange) => {
    if (!frame) return;
    setZoomed((old) => {
      const after = apply(viewAt(old.place, frame, devicePixelRatio), frame);
      return took(old, after.zoom > WHOLE.zoom ? placeOf(after, frame, devicePixelRatio) : null);
    });
  };
  const open = (pane: Frame) => {
    if (before?.shots === shots) goTo(before.place);
    else if (!focus) change((now) => toggleView(now, pane, MIDDLE, devicePixelRatio));
    else goTo("width" in focus ? placeOfBox(focus, pane, devicePixelRatio) : closeUp(focus, pane, devicePixelRatio));
  };

  const isLarger = place !== null;
  const [wasZoomed, setWasZoomed] = useState(isZoomed);
  // Asked before the pane is measured, it zooms as soon as it is.
  const isDue = wasZoomed !== isZoomed && (frame !== undefined || photo === null || !isZoomed);
  if (isDue) {
    setWasZoomed(isZoomed);
    if (isZoomed !== isLarger) {
      if (!isZoomed) goTo(null);
      else if (frame) open(frame);
    }
  }
  const report = useEffectEvent(() => {
    if (isLarger !== isZoomed && wasZoomed === isZoomed) onZoom(isLarger);
  });
  useEffect(() => report(), [isLarger, isZoomed, wasZoomed]);

  return {
    view,
    frame,
    isLarger: view.zoom > WHOLE.zoom,
    change,
    measured: ({ width, height }: Frame) =>
      setPane((old) => (old?.width === width && old.height === height ? old : { width, height })),
  };
}

export type KeptZoom = ReturnType<typeof useKeptZoom>;
