import { useEffect, useEffectEvent, useState } from "react";

import type { TimelinePhoto } from "@/shared/api/schema-types";
import {
  clampView,
  type Frame,
  offsetOf,
  type Point,
  toggleView,
  type ViewChange,
  WHOLE,
} from "@/shared/zoom/pan-zoom";
import type { Swipe } from "@/shared/zoom/swipe";
import { ZoomPane } from "@/shared/zoom/zoom-pane";

import { useThumbnail } from "../hooks/use-thumbnail";

import classes from "./lightbox.module.css";

interface LargePhotoProps {
  photo: TimelinePhoto;
  alt: string;
  isZoomed: boolean;
  onZoom: (isZoomed: boolean) => void;
  onSwipe: (swipe: Swipe) => void;
}

const MIDDLE: Point = { x: 0, y: 0 };

/** One photo to zoom into; while it is shown whole, a finger swipes to another or closes it. */
export function LargePhoto({ photo, alt, isZoomed, onZoom, onSwipe }: LargePhotoProps) {
  const thumbnail = useThumbnail(photo.id);
  const [frame, setFrame] = useState<Frame>();
  const [view, setView] = useState(WHOLE);
  const [pulled, setPulled] = useState(MIDDLE);
  const change = (apply: ViewChange) => {
    if (frame) setView((before) => apply(clampView(before, frame, devicePixelRatio), frame));
  };

  // From the keys and the button: into the middle of the photo, and back.
  const [wasZoomed, setWasZoomed] = useState(isZoomed);
  if (wasZoomed !== isZoomed) {
    setWasZoomed(isZoomed);
    if (isZoomed !== view.zoom > 1) change((now, pane) => toggleView(now, pane, MIDDLE, devicePixelRatio));
  }
  const isLarger = view.zoom > 1;
  const report = useEffectEvent(() => {
    if (isLarger !== isZoomed) onZoom(isLarger);
  });
  useEffect(() => report(), [isLarger]);

  const { x, y } = frame ? offsetOf(clampView(view, frame, devicePixelRatio), frame) : MIDDLE;
  return (
    <ZoomPane
      photo={photo}
      view={view}
      onMeasured={setFrame}
      onChange={change}
      swipe={isLarger ? undefined : { onPull: setPulled, onSwipe }}
    >
      <div
        className={classes.picture}
        style={{ transform: `translate(${x + pulled.x}px, ${y + pulled.y}px) scale(${view.zoom})` }}
      >
        {thumbnail.thumbnail_url && <img src={thumbnail.thumbnail_url} alt="" aria-hidden draggable={false} />}
        {thumbnail.preview_url && <img src={thumbnail.preview_url} alt={alt} draggable={false} decoding="async" />}
      </div>
    </ZoomPane>
  );
}
