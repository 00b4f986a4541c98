import { type PointerEvent, useEffect, useRef, useState } from "react";

import type { TimelinePhoto } from "@/shared/api/schema-types";

import { useThumbnail } from "../hooks/use-thumbnail";
import { closeScale, held, scaledAt, type Swipe, swipeOf, WHOLE, type Zoom } from "../model/zoom";

import classes from "./lightbox.module.css";

interface ZoomStageProps {
  photo: TimelinePhoto;
  alt: string;
  isClose: boolean;
  onClose: (isClose: boolean) => void;
  onSwipe: (swipe: Exclude<Swipe, null>) => void;
}

interface Contact {
  x: number;
  y: number;
}

const TAP = 12;
const DOUBLE_TAP = 320;

/** One picture, to be looked at closely: wheel, pinch, double tap and drag; over the whole picture a finger swipes. */
export function ZoomStage({ photo, alt, isClose, onClose, onSwipe }: ZoomStageProps) {
  const tile = useThumbnail(photo.id);
  const stage = useRef<HTMLDivElement>(null);
  const contacts = useRef(new Map<number, Contact>());
  const start = useRef({ x: 0, y: 0, at: 0, moved: false, alone: true });
  const lastTap = useRef(0);
  const [zoom, setZoom] = useState<Zoom>(WHOLE);
  const [pulled, setPulled] = useState<Contact>({ x: 0, y: 0 });
  const picture = { width: photo.width ?? 3, height: photo.height ?? 2 };

  const frame = () => {
    const box = stage.current?.getBoundingClientRect();
    return box ?? new DOMRect(0, 0, 1, 1);
  };
  const fromMiddle = ({ x, y }: Contact) => {
    const box = frame();
    return { x: x - box.left - box.width / 2, y: y - box.top - box.height / 2 };
  };
  const change = (next: Zoom) => {
    setZoom(next);
    if (next.scale > 1 !== isClose) onClose(next.scale > 1);
  };
  const toggleAt = (point: Contact) => {
    change(zoom.scale > 1 ? WHOLE : scaledAt(WHOLE, closeScale(picture, frame()), fromMiddle(point), picture, frame()));
  };

  // From the keys and the button: to the middle of the picture, and back.
  const [wasClose, setWasClose] = useState(isClose);
  if (wasClose !== isClose) {
    setWasClose(isClose);
    if (!isClose && zoom.scale > 1) setZoom(WHOLE);
    if (isClose && zoom.scale === 1) setZoom({ scale: 3, x: 0, y: 0 });
  }

  // React listens to wheels passively; then the page behind would scroll.
  useEffect(() => {
    const element = stage.current;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      change(
        scaledAt(
          zoom,
          Math.exp(-event.deltaY * 0.002),
          fromMiddle({ x: event.clientX, y: event.clientY }),
          picture,
          frame(),
        ),
      );
    };
    element?.addEventListener("wheel", onWheel, { passive: false });
    return () => element?.removeEventListener("wheel", onWheel);
  });

  const onPointerDown = (event: PointerEvent) => {
    stage.current?.setPointerCapture(event.pointerId);
    contacts.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const alone = contacts.current.size === 1;
    if (alone) start.current = { x: event.clientX, y: event.clientY, at: event.timeStamp, moved: false, alone };
    else start.current.alone = false;
  };
  const onPointerMove = (event: PointerEvent) => {
    const before = contacts.current.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const others = [...contacts.current].filter(([id]) => id !== event.pointerId).map(([, contact]) => contact);
    contacts.current.set(event.pointerId, now);
    const [other] = others;
    if (other) {
      const spread = Math.hypot(now.x - other.x, now.y - other.y);
      const was = Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
      const middle = fromMiddle({ x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
      change(scaledAt(zoom, spread / was, middle, picture, frame()));
      return;
    }
    const way = { x: now.x - start.current.x, y: now.y - start.current.y };
    if (Math.hypot(way.x, way.y) > TAP) start.current.moved = true;
    if (zoom.scale > 1) {
      setZoom(held({ ...zoom, x: zoom.x + now.x - before.x, y: zoom.y + now.y - before.y }, picture, frame()));
    } else if (start.current.alone && event.pointerType !== "mouse") {
      setPulled(Math.abs(way.x) > Math.abs(way.y) ? { x: way.x, y: 0 } : { x: 0, y: Math.max(0, way.y) });
    }
  };
  const onPointerEnd = (event: PointerEvent) => {
    if (!contacts.current.delete(event.pointerId)) return;
    setPulled({ x: 0, y: 0 });
    if (event.type === "pointercancel" || contacts.current.size > 0 || !start.current.alone) return;
    const { x, y, at, moved } = start.current;
    if (!moved) {
      const isSecond = event.timeStamp - lastTap.current < DOUBLE_TAP;
      lastTap.current = isSecond ? 0 : event.timeStamp;
      if (isSecond) toggleAt({ x: event.clientX, y: event.clientY });
    } else if (zoom.scale === 1 && event.pointerType !== "mouse") {
      const swipe = swipeOf({ x: event.clientX - x, y: event.clientY - y }, event.timeStamp - at);
      if (swipe) onSwipe(swipe);
    }
  };

  const { scale, x, y } = zoom;
  return (
    <div
      ref={stage}
      className={classes.stage}
      data-close={scale > 1}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerEnd}
      onPointerCancel={onPointerEnd}
    >
      <div
        className={classes.picture}
        style={{ transform: `translate(${x + pulled.x}px, ${y + pulled.y}px) scale(${scale})` }}
      >
        {tile.thumbnail_url && <img src={tile.thumbnail_url} alt="" aria-hidden draggable={false} />}
        {tile.preview_url && <img src={tile.preview_url} alt={alt} draggable={false} decoding="async" />}
      </div>
    </div>
  );
}
