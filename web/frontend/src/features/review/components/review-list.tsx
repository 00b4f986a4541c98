import { Button, Text } from "@mantine/core";
import { useElementScrollRestoration } from "@tanstack/react-router";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";

import { useMessages } from "@/shared/i18n/language-context";

import { COVERED, useScrollPlace } from "../hooks/use-scroll-place";
import { useThumbnailsAhead } from "../hooks/use-thumbnails-ahead";
import type { LoadedTimeline } from "../hooks/use-timeline";
import type { Place } from "../model/places";
import { photosOf, placesOf, type Row, rowAt, topsOf } from "../model/rows";

import { DayRow, GroupRow, SinglesRow } from "./group-row";
import classes from "./rows.module.css";
import { ShelfRow } from "./shelf-row";
import { TimeRail } from "./time-rail";

export interface ListHandle {
  /** Bring a photo into view. */
  readonly reveal: (photoId: string) => void;
  /** Bring a photo into view and put the focus on it. */
  readonly focus: (photoId: string) => void;
  /** The first photo in view. */
  readonly firstInView: () => string | null;
  /** Bring a row to the top, below the tools. */
  readonly jump: (index: number) => void;
}

interface ReviewListProps {
  rows: readonly Row[];
  /** Its days and hours; none where it is not in order of time. */
  places: readonly Place[];
  timeline: LoadedTimeline;
  activeId: string | null;
  selected: ReadonlySet<string>;
  handle: RefObject<ListHandle | null>;
}

/** The groups and photos, of which only those near the window are in the page. */
export function ReviewList({ rows, places, timeline, activeId, selected, handle }: ReviewListProps) {
  const t = useMessages("review");
  const list = useRef<HTMLDivElement>(null);
  const wanted = useRef<string | null>(null);
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => {
    if (list.current) setMargin(Math.round(list.current.getBoundingClientRect().top + window.scrollY));
  }, [rows]);
  const [placed, setPlaced] = useState(() => ({ rows, tops: topsOf(rows), places: placesOf(rows) }));
  if (placed.rows !== rows) setPlaced({ rows, tops: topsOf(rows), places: placesOf(rows) });
  const reveal = useScrollPlace({ ...placed, margin }, activeId);
  // On the way back and after a reload, the router scrolls before there is a list, when the page is too short.
  const left = useElementScrollRestoration({ getElement: () => window });
  const virtualizer = useWindowVirtualizer({
    initialOffset: left?.scrollY ?? window.scrollY,
    count: rows.length,
    estimateSize: (index) => rows[index]?.size ?? 0,
    // A new function with new rows: that is what makes the sizes be asked for again.
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    overscan: 2,
    // Each turn of the wheel would be drawn before the browser goes on; it draws when it can, and rows wait beyond the
    // edges of the window.
    useFlushSync: false,
    scrollMargin: margin,
  });
  const items = virtualizer.getVirtualItems();

  useThumbnailsAhead(rows, items[0]?.index ?? 0, items.at(-1)?.index ?? -1);

  useEffect(() => {
    if (wanted.current === null) return;
    const shot = list.current?.querySelector<HTMLElement>(`[data-shot="${wanted.current}"]`);
    if (!shot) return;
    wanted.current = null;
    shot.focus({ preventScroll: true });
    shot.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  useImperativeHandle(
    handle,
    () => ({
      reveal: (photoId) => {
        const index = placed.places.get(photoId);
        if (index !== undefined) reveal(index);
      },
      focus: (photoId) => {
        const index = placed.places.get(photoId);
        if (index === undefined) return;
        wanted.current = photoId;
        reveal(index);
      },
      firstInView: () => {
        const top = window.scrollY - margin;
        let index = Math.max(0, rowAt(placed.tops, top));
        // What is less than half in view is not what is looked at.
        const isHalfOut = (placed.tops[index] ?? 0) + (rows[index]?.size ?? 0) / 2 <= top;
        if (isHalfOut) index += 1;
        if (rows[index]?.kind === "day") index += 1;
        const row = rows[index];
        return (row && photosOf(row)[0]?.id) ?? null;
      },
      jump: (index) => {
        const top = (placed.tops[index] ?? 0) + margin - COVERED;
        window.scrollTo({ top, behavior: "instant" });
      },
    }),
    [placed, rows, margin, reveal],
  );

  const isActiveThere = activeId !== null && placed.places.has(activeId);
  const first = rows.find((row) => row.kind !== "day");
  const tabStop = isActiveThere ? activeId : ((first && photosOf(first)[0]?.id) ?? null);
  return (
    <>
      <div
        ref={list}
        className={classes.list}
        style={{ height: virtualizer.getTotalSize() }}
        role="region"
        aria-label={t("list")}
      >
        {items.map(({ index, key, start }) => {
          const row = rows[index];
          // Only the row that has it: the others need not be drawn again when the keys move.
          const stop = row && tabStop !== null && placed.places.get(tabStop) === index ? tabStop : null;
          return (
            row && (
              <div key={key} className={classes.row} style={{ transform: `translateY(${start - margin}px)` }}>
                {row.kind === "day" && <DayRow row={row} />}
                {row.kind === "group" && <GroupRow row={row} tabStop={stop} selected={selected} />}
                {row.kind === "singles" && <SinglesRow row={row} tabStop={stop} selected={selected} />}
                {row.kind === "shelf" && <ShelfRow row={row} tabStop={stop} selected={selected} />}
              </div>
            )
          );
        })}
      </div>
      <TimeRail rows={rows} tops={placed.tops} places={places} total={virtualizer.getTotalSize()} margin={margin} />
      {timeline.error && (
        <div className={classes.foot} role="alert">
          <Text>{t("notLoaded")}</Text>
          <Button variant="default" onClick={timeline.retry}>
            {t("tryAgain")}
          </Button>
        </div>
      )}
    </>
  );
}
