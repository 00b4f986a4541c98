import { type ReactNode, useEffect, useEffectEvent, useRef } from "react";

import { type Frame, type View, WHOLE } from "./pan-zoom";
import { useZoomGestures, type ZoomGestures } from "./use-zoom-gestures";
import classes from "./zoom-pane.module.css";

interface ZoomPaneProps extends ZoomGestures {
  /** The photo in the pane, as far as its size is known. */
  photo: { readonly id: string; readonly width: number | null; readonly height: number | null };
  view: View;
  onMeasured: (frame: Frame) => void;
  children: ReactNode;
}

/** A pane in which a photo is zoomed and moved. The keys of the pages do all of this too. */
export function ZoomPane({ photo, view, onMeasured, children, ...gestures }: ZoomPaneProps) {
  const pane = useRef<HTMLDivElement>(null);
  useZoomGestures(pane, gestures);
  const measure = useEffectEvent((width: number, height: number) => {
    if (width > 0 && height > 0) {
      onMeasured({ width, height, photoWidth: photo.width ?? 1, photoHeight: photo.height ?? 1 });
    }
  });
  useEffect(() => {
    const element = pane.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) measure(entry.contentRect.width, entry.contentRect.height);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [photo.id]);
  return (
    <div ref={pane} className={classes.pane} data-zoomed={view.zoom > WHOLE.zoom}>
      {children}
    </div>
  );
}
