import { useViewportSize } from "@mantine/hooks";
import { IconSelector } from "@tabler/icons-react";
import { memo, type PointerEvent, useEffect, useMemo, useRef } from "react";

import { usePlaceWords } from "../hooks/use-place-words";
import { useRailCursor } from "../hooks/use-rail-cursor";
import { COVERED } from "../hooks/use-scroll-place";
import { type Place, spansYears, timeOfRow } from "../model/places";
import { type Row, rowAt } from "../model/rows";
import { labelsOf, ticksOf } from "../model/time-rail";

import classes from "./time-rail.module.css";

const TOP = COVERED + 16;
const BOTTOM = 32;

interface TimeRailProps {
  rows: readonly Row[];
  tops: readonly number[];
  places: readonly Place[];
  /** The height of the list. */
  total: number;
  /** From the top of the page to the list. */
  margin: number;
}

/**
 * The times of the list along the right edge, with a tick for each moment, and where one is. It is for pointers; the
 * menu "Find" has the same times for keys and screen readers.
 */
export const TimeRail = memo(function TimeRail({ rows, tops, places, total, margin }: TimeRailProps) {
  const words = usePlaceWords();
  const { height: viewport } = useViewportSize();
  const height = Math.max(0, viewport - TOP - BOTTOM);
  const scale = total > 0 ? height / total : 0;
  const years = useMemo(() => spansYears(places), [places]);
  const ticks = useMemo(() => ticksOf(rows, places, tops, scale), [rows, places, tops, scale]);
  const labels = useMemo(() => labelsOf(places, tops, scale), [places, tops, scale]);
  const rail = useRef<HTMLDivElement>(null);
  const hint = useRef<HTMLDivElement>(null);
  /** From the pointer to the handle that it holds. */
  const held = useRef(0);

  const textAt = (index: number) => {
    const row = rows[index];
    return row ? words.moment(timeOfRow(row), row.kind === "shelf", years) : "";
  };
  const cursor = useRailCursor({ rail, tops, scale, margin, textAt });
  // React draws the rail again for a new list, but does not place the cursor.
  useEffect(() => cursor.place());

  const isLong = places.length > 1 && total > 2 * viewport && height > 100;
  if (!isLong) return null;

  const yOf = (event: PointerEvent) => event.clientY - TOP;
  const press = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    const { currentTarget, pointerId } = event;
    currentTarget.setPointerCapture(pointerId);
    currentTarget.dataset.dragging = "";
    const onHandle = event.target instanceof Element && event.target.closest("[data-handle]") !== null;
    held.current = onHandle ? yOf(event) - cursor.y() : 0;
    if (!onHandle) cursor.scrollTo(yOf(event));
  };
  const move = (event: PointerEvent<HTMLDivElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) {
      cursor.scrollTo(yOf(event) - held.current);
      return;
    }
    if (event.pointerType !== "mouse" || !hint.current) return;
    event.currentTarget.dataset.hovering = "";
    const y = Math.min(height, Math.max(0, yOf(event)));
    hint.current.style.transform = `translateY(${y}px)`;
    const [bubble] = hint.current.children;
    if (bubble) bubble.textContent = textAt(Math.max(0, rowAt(tops, y / scale)));
  };
  return (
    <div
      ref={rail}
      className={classes.rail}
      style={{ top: TOP, height }}
      aria-hidden
      data-rail
      onPointerDown={press}
      onPointerMove={move}
      onPointerLeave={({ currentTarget }) => delete currentTarget.dataset.hovering}
      onLostPointerCapture={({ currentTarget }) => delete currentTarget.dataset.dragging}
    >
      <svg className={classes.ticks}>
        <path d={ticks.map((y) => `M4 ${y + 0.5}h6`).join("")} />
      </svg>
      {labels.map(({ place, y }) => (
        <span key={place.photoId} className={classes.label} data-level={place.level} style={{ top: y }}>
          {words.short(place, years)}
        </span>
      ))}
      <div ref={hint} className={classes.hint}>
        <div className={classes.bubble} />
      </div>
      <div className={classes.cursor} data-cursor>
        <div className={classes.bar} style={{ height: Math.min(height, (viewport - COVERED) * scale) }} />
        <div className={classes.handle} data-handle>
          <IconSelector size={20} stroke={1.6} />
        </div>
        <div className={classes.bubble} data-bubble />
      </div>
    </div>
  );
});
